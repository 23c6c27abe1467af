/* The search of the catalogue: it hides rows whose words do not hold what was typed, marks and
   capitals aside (đ is d). No request is made; "/" goes to the field, Escape empties it. */
(function () {
  "use strict";
  var asked = "";
  var typing = false;

  function folded(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase().trim();
  }

  function field() {
    return document.querySelector("#page [data-find], [data-find]");
  }

  function said(name, text) {
    document.querySelectorAll(name).forEach(function (node) {
      if (node.textContent !== text) {
        node.textContent = text;
      }
    });
  }

  function hide(node, hidden) {
    if (node.hidden !== hidden) {
      node.hidden = hidden;
    }
  }

  function apply() {
    var wanted = folded(asked).split(/\s+/).filter(Boolean);
    var found = 0;
    document.querySelectorAll("[data-domain]").forEach(function (group) {
      var left = 0;
      group.querySelectorAll("[data-words]").forEach(function (row) {
        var words = folded(row.dataset.words);
        var kept = wanted.every(function (word) { return words.indexOf(word) >= 0; });
        hide(row, !kept);
        left += kept ? 1 : 0;
      });
      hide(group, !left);
      found += left;
    });
    said("[data-found]", String(found));
    said("[data-asked]", asked.trim());
    document.querySelectorAll("[data-nothing]").forEach(function (node) { hide(node, found > 0); });
  }

  function ask(text) {
    asked = text;
    apply();
  }

  /* Dash draws the page anew when data comes: what was typed, and where, is put back. */
  function restore() {
    var input = field();
    if (!input) {
      return;
    }
    if (input.value !== asked) {
      input.value = asked;
    }
    if (typing && document.activeElement === document.body) {
      input.focus();
    }
    apply();
  }

  document.addEventListener("input", function (event) {
    if (event.target.matches("[data-find]")) {
      ask(event.target.value);
    }
  });

  document.addEventListener("focusin", function (event) {
    typing = event.target.matches("[data-find]");
  });

  document.addEventListener("pointerdown", function (event) {
    typing = event.target.matches("[data-find]");
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest && event.target.closest("[data-find-clear]")) {
      ask("");
      restore();
      field().focus();
    }
  });

  document.addEventListener("keydown", function (event) {
    var input = field();
    if (!input || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.key === "/" && !event.target.matches("input, textarea, select")) {
      event.preventDefault();
      input.focus();
      input.select();
    } else if (event.key === "Escape" && event.target === input) {
      input.value = "";
      ask("");
    }
  });

  /* What was typed into the server's copy before this script came. */
  var early = field();
  if (early) {
    asked = early.value;
    typing = document.activeElement === early;
  }
  new MutationObserver(restore).observe(document.body, { childList: true, subtree: true });
  restore();
})();
