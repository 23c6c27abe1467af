/* The analysis page: every control is a form field or a link, so one change becomes one new
   address, and back undoes it. This file spares the reload and adds keys. The address itself is written by layouts/view.py. */
(function () {
  "use strict";
  var root = document.documentElement;
  var steps = 0;

  function page() {
    return document.querySelector(".an");
  }

  function go(search) {
    if (search === window.location.search) {
      return;
    }
    steps += 1;
    root.dataset.steps = steps;
    window.dash_clientside.set_props("location", { search: search });
  }

  /* The form's fields as a search string; empty fields are left out, as the browser cannot do. */
  function ofForm(form) {
    var kept = new URLSearchParams();
    new FormData(form).forEach(function (value, name) {
      if (value) {
        kept.append(name, value);
      }
    });
    return "?" + kept.toString();
  }

  /* A range dragged over days, as whole days of a new period; anything else changes nothing. */
  function ofDrag(moved) {
    var from = moved && moved["xaxis.range[0]"];
    var to = moved && moved["xaxis.range[1]"];
    if (typeof from !== "string" || typeof to !== "string") {
      return;
    }
    var asked = new URLSearchParams(window.location.search);
    asked.set("from", day(from));
    asked.set("to", day(to));
    asked.delete("page");
    go("?" + asked.toString());
  }

  /* A point stands for its bucket from half a day before, so the range is read half a day later. */
  function day(text) {
    var at = new Date(text.replace(" ", "T").slice(0, 19) + "Z");
    return new Date(at.getTime() + 12 * 3600000).toISOString().slice(0, 10);
  }

  function follow(link) {
    var there = new URL(link.href);
    if (there.origin !== window.location.origin || there.pathname !== window.location.pathname) {
      return false;
    }
    go(there.search);
    return true;
  }

  function table(button) {
    var card = button.closest("[data-figure]");
    var shown = card.dataset.shows === "table";
    card.dataset.shows = shown ? "figure" : "table";
    button.setAttribute("aria-pressed", String(!shown));
    if (shown) {
      window.dispatchEvent(new Event("resize"));
    }
  }

  function help() {
    var box = document.querySelector(".an-help");
    if (box && !box.open) {
      box.showModal();
    }
  }

  function undo() {
    if (steps > 0) {
      window.history.back();
    }
  }

  var acts = { table: table, help: help, undo: undo };

  document.addEventListener("click", function (event) {
    var target = event.target.closest ? event.target : null;
    if (!target || !page()) {
      return;
    }
    var open = document.querySelector(".an-period[open]");
    if (open && !open.contains(target)) {
      open.open = false;
    }
    var button = target.closest(".an [data-act]");
    if (button) {
      acts[button.dataset.act](button);
      return;
    }
    var link = target.closest(".an a[href]");
    var plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button);
    if (link && plain && !link.hasAttribute("download") && follow(link)) {
      event.preventDefault();
    }
  });

  document.addEventListener("change", function (event) {
    var form = event.target.form;
    if (form && form.matches("[data-view]") && event.target.tagName === "SELECT") {
      go(ofForm(form));
    }
  });

  document.addEventListener("submit", function (event) {
    if (event.target.matches("[data-view]")) {
      event.preventDefault();
      go(ofForm(event.target));
    }
  });

  window.addEventListener("popstate", function () {
    steps = Math.max(0, steps - 1);
    root.dataset.steps = steps;
  });

  function press(key) {
    var link = document.querySelector('.an [data-shortcut="' + key + '"]');
    if (link) {
      link.click();
    }
  }

  function compare() {
    var field = document.querySelector('.an select[name="compare"]');
    if (!field) {
      return;
    }
    field.focus();
    if (field.showPicker) {
      field.showPicker();
    }
  }

  function tableKey() {
    var near = document.activeElement.closest("[data-figure]") || document.querySelector(".an [data-figure]");
    var button = near && near.querySelector('[data-act="table"]');
    if (button) {
      table(button);
    }
  }

  function escape() {
    var open = document.querySelector(".an-period[open]");
    if (open) {
      open.open = false;
    } else if (document.activeElement && document.activeElement !== document.body) {
      document.activeElement.blur();
    } else {
      press("Escape");
    }
  }

  var keys = {
    "[": function () { press("["); },
    "]": function () { press("]"); },
    g: function () { press("g"); },
    w: function () { press("w"); },
    c: compare,
    t: tableKey,
    z: undo,
    "?": help,
    escape: escape,
  };

  document.addEventListener("keydown", function (event) {
    var modal = document.querySelector(".an-help");
    if (!page() || event.ctrlKey || event.metaKey || event.altKey || (modal && modal.open)) {
      return;
    }
    var key = event.key.toLowerCase();
    var typing = event.target.matches("input, textarea, select");
    if (!keys[key] || (typing && key !== "escape")) {
      return;
    }
    event.preventDefault();
    keys[key]();
  });

  document.addEventListener("lantern:drag", function (event) {
    ofDrag(event.detail);
  });
})();
