/* The palette: what fits what is typed, marks and capitals aside (đ is d), best first. "/" goes to the field,
   arrows walk, Enter goes there, Escape leaves. On an analysis page an area or an occasion is taken over. */
(function () {
  "use strict";
  var MOST = 9;
  var known = {};
  var shown = [];
  var at = 0;

  function field() {
    return document.querySelector("#page [data-palette]") || document.querySelector("[data-palette]");
  }

  function list(of) {
    return of.form.querySelector(".find-all-list");
  }

  function folded(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase().trim();
  }

  function fetched() {
    var language = document.documentElement.lang;
    known[language] = known[language] || fetch("/palette.json").then(function (answer) {
      return answer.ok ? answer.json() : Promise.reject(answer.status);
    }).then(function (all) {
      all.forEach(function (entry) {
        entry.called = folded(entry.name);
        entry.heard = folded([entry.name, entry.kind, entry.words || ""].join(" "));
      });
      return all;
    }).catch(function () { /* asked again at the next letter */
      delete known[language];
      return [];
    });
    return known[language];
  }

  window.lantern = window.lantern || {};
  window.lantern.places = fetched;

  /* 0 for a name in which some word begins so, 1 for one in which all words do, 2 for any other that holds them;
     -1 does not fit. */
  function fit(entry, wanted, whole) {
    function begins(word) { return (" " + entry.called).indexOf(" " + word) >= 0; }
    if (!wanted.every(function (word) { return entry.heard.indexOf(word) >= 0; })) {
      return -1;
    }
    return begins(whole) ? 0 : wanted.every(begins) ? 1 : 2;
  }

  function there(entry) {
    if (!entry.asks || window.location.pathname.indexOf("/kpi/") !== 0) {
      return entry.href;
    }
    var asked = new URLSearchParams(window.location.search);
    new URLSearchParams(entry.asks).forEach(function (value, name) { asked.set(name, value); });
    ["page", "row"].forEach(function (name) { asked.delete(name); });
    return window.location.pathname + "?" + asked.toString();
  }

  function item(entry, index) {
    var link = document.createElement("a");
    link.href = there(entry);
    link.id = "found-" + index;
    link.tabIndex = -1;
    link.setAttribute("role", "option");
    link.appendChild(document.createElement("span")).textContent = entry.name;
    link.appendChild(document.createElement("small")).textContent = entry.kind;
    return link;
  }

  function point(of, to) {
    at = Math.max(0, Math.min(to, shown.length - 1));
    shown.forEach(function (link, index) { link.setAttribute("aria-selected", String(index === at)); });
    if (shown.length) {
      of.setAttribute("aria-activedescendant", shown[at].id);
      shown[at].scrollIntoView({ block: "nearest" });
    } else {
      of.removeAttribute("aria-activedescendant");
    }
  }

  function open(of, is) {
    list(of).hidden = !is;
    of.setAttribute("aria-expanded", String(is));
  }

  function draw(of) {
    fetched().then(function (all) {
      if (!all.length) { /* the server was away: Enter still searches the catalogue */
        open(of, false);
        return;
      }
      var whole = folded(of.value);
      var wanted = whole.split(/\s+/).filter(Boolean);
      var fits = all.map(function (entry) { return [fit(entry, wanted, whole), entry]; }).filter(function (pair) {
        return pair[0] >= 0;
      }).sort(function (a, b) { return a[0] - b[0] || a[1].name.length - b[1].name.length; }).slice(0, MOST);
      shown = fits.map(function (pair, index) { return item(pair[1], index); });
      list(of).replaceChildren.apply(list(of), shown);
      if (!shown.length) {
        list(of).appendChild(document.createElement("p")).textContent = of.dataset.none;
      }
      open(of, document.activeElement === of);
      point(of, 0);
    });
  }

  function leave(of) {
    open(of, false);
    of.value = "";
    of.blur();
  }

  var keys = {
    ArrowDown: function (of) { point(of, at + 1); },
    ArrowUp: function (of) { point(of, at - 1); },
    Escape: leave,
    Enter: function (of) {
      if (shown[at]) {
        shown[at].click();
        leave(of);
      }
    },
  };

  document.addEventListener("keydown", function (event) {
    var of = field();
    if (!of || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.target === of && keys[event.key]) {
      event.preventDefault();
      event.stopPropagation();
      keys[event.key](of);
    } else if (event.key === "/" && !event.target.matches("input, textarea, select") && !document.querySelector("[data-find]")) {
      event.preventDefault();
      of.focus();
    }
  }, true);

  ["input", "focusin"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      if (event.target === field()) {
        draw(event.target);
      }
    });
  });

  /* The field keeps the focus while a line is pressed: some browsers would give it to nobody, and the list would go. */
  document.addEventListener("mousedown", function (event) {
    if (event.target.closest && event.target.closest(".find-all-list")) {
      event.preventDefault();
    }
  });

  document.addEventListener("focusout", function (event) {
    if (event.target === field() && !event.target.form.contains(event.relatedTarget)) {
      open(event.target, false);
    }
  });

  document.addEventListener("click", function (event) {
    var of = field();
    if (of && event.target.closest && event.target.closest(".find-all-list a")) {
      leave(of);
    }
  });
})();
