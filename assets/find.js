/* The search of the catalogue: it hides rows whose words do not hold what was typed, marks and
   capitals aside (đ is d), and rows of another domain, owner or state. No request is made, the
   address follows. "/" goes to the field, Escape empties it, arrows walk the rows, Enter opens one. */
(function () {
  "use strict";
  var KEPT = ["q", "domain", "owner", "state"];
  var asked = null;
  var address = "";
  var typing = false;

  function folded(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase().trim();
  }

  function form() {
    return document.querySelector("#page [data-find-form]") || document.querySelector("[data-find-form]");
  }

  function hide(node, hidden) {
    if (node.hidden !== hidden) {
      node.hidden = hidden;
    }
  }

  function said(name, text) {
    document.querySelectorAll(name).forEach(function (node) {
      if (node.textContent !== text) {
        node.textContent = text;
      }
    });
  }

  function fits(row, group, wanted) {
    var words = folded(row.dataset.words);
    return wanted.every(function (word) { return words.indexOf(word) >= 0; })
      && (!asked.domain || group.dataset.domain === asked.domain)
      && (!asked.owner || row.dataset.owner === asked.owner)
      && (!asked.state || row.dataset.state === asked.state);
  }

  function apply() {
    var wanted = folded(asked.q).split(/\s+/).filter(Boolean);
    var found = 0;
    document.querySelectorAll("[data-domain]").forEach(function (group) {
      var left = 0;
      group.querySelectorAll("[data-words]").forEach(function (row) {
        var kept = fits(row, group, wanted);
        hide(row, !kept);
        left += kept ? 1 : 0;
      });
      hide(group, !left);
      var held = group.querySelector("[data-held]");
      if (held.textContent !== String(left)) {
        held.textContent = String(left);
      }
      found += left;
    });
    said("#page [data-found], #first-paint [data-found]", String(found));
    said("[data-asked]", asked.q.trim());
    document.querySelectorAll("[data-nothing]").forEach(function (node) { hide(node, found > 0); });
  }

  function fromAddress() {
    var given = new URLSearchParams(window.location.search);
    address = window.location.pathname + window.location.search;
    asked = {};
    KEPT.forEach(function (name) { asked[name] = given.get(name) || ""; });
  }

  function toAddress() {
    var given = new URLSearchParams();
    KEPT.forEach(function (name) {
      if (asked[name].trim()) {
        given.set(name, asked[name].trim());
      }
    });
    var search = given.toString();
    window.history.replaceState(window.history.state, "", window.location.pathname + (search ? "?" + search : ""));
    address = window.location.pathname + window.location.search;
  }

  function read(of) {
    KEPT.forEach(function (name) { asked[name] = of.elements[name].value; });
    toAddress();
    apply();
  }

  /* The page is drawn anew when data or address changes: what was asked is put back. */
  function restore() {
    var here = form();
    if (!here) {
      asked = null;
      return;
    }
    if (!asked || address !== window.location.pathname + window.location.search) {
      fromAddress();
    }
    KEPT.forEach(function (name) {
      if (here.elements[name].value !== asked[name]) {
        here.elements[name].value = asked[name];
      }
    });
    if (typing && document.activeElement === document.body) {
      here.elements.q.focus();
    }
    apply();
  }

  function rows() {
    return Array.prototype.filter.call(
      document.querySelectorAll("#page [data-words] .ix-name a"),
      function (link) { return link.offsetParent !== null; }
    );
  }

  function walk(step) {
    var all = rows();
    var at = all.indexOf(document.activeElement);
    var next = at + step;
    if (next < 0) {
      form().elements.q.focus();
    } else if (next < all.length) {
      all[next].focus();
      all[next].scrollIntoView({ block: "nearest" });
    }
  }

  function key(event) {
    var here = form();
    var field = here && here.elements.q;
    if (!here || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    var at = event.target;
    var inside = at === field || (at.closest && at.closest("[data-words]"));
    if (event.key === "/" && !at.matches("input, textarea, select")) {
      event.preventDefault();
      field.focus();
      field.select();
    } else if (event.key === "Escape" && at === field) {
      field.value = "";
      read(here);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && inside) {
      event.preventDefault();
      walk(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && at === field) {
      event.preventDefault();
      var first = rows()[0];
      if (first) {
        first.click();
      }
    }
  }

  ["input", "change"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      if (event.target.form && event.target.form.matches("[data-find-form]")) {
        read(event.target.form);
      }
    });
  });
  document.addEventListener("submit", function (event) {
    if (event.target.matches("[data-find-form]")) {
      event.preventDefault();
      read(event.target);
    }
  });
  ["focusin", "pointerdown"].forEach(function (name) {
    document.addEventListener(name, function (event) { typing = event.target.matches("[data-find]"); });
  });
  document.addEventListener("keydown", key);

  /* What was typed into the server's copy before this script came. */
  var early = form();
  if (early) {
    fromAddress();
    KEPT.forEach(function (name) { asked[name] = early.elements[name].value; });
    typing = document.activeElement === early.elements.q;
  }
  ["lantern:page", "lantern:address"].forEach(function (name) { document.addEventListener(name, restore); });
  restore();
})();
