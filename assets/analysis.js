/* The analysis page: every control is a form field or a link, so one change becomes one new
   address, and back undoes it. This file spares the reload and adds keys. The address itself is written by layouts/view.py. */
(function () {
  "use strict";
  var root = document.documentElement;
  var steps = 0;
  var top = 0;
  var awaited = false; /* whether the menu of other indicators opens when its figure is there */

  function page() {
    return document.querySelector(".an");
  }

  function go(search) {
    if (search === window.location.search) {
      return;
    }
    steps += 1;
    top = steps;
    awaited = false;
    told();
    window.lantern.go(window.location.pathname + search);
  }

  /* What was asked stands in the history with its number, so that back is undo and forward is redo. */
  function told() {
    root.dataset.steps = steps;
    root.dataset.ahead = top - steps;
  }

  function numbered() {
    var state = window.history.state || {};
    if (page() && state.step === undefined) {
      window.history.replaceState(Object.assign({}, state, { step: steps }), "");
    }
  }

  /* Filters of a search string: dimension -> values, both as the address writes them. */
  function filters(asked) {
    var found = {};
    asked.getAll("filter").forEach(function (text) {
      var at = text.indexOf(":");
      var name = text.slice(0, at);
      found[name] = (found[name] || []).concat(text.slice(at + 1).split(","));
    });
    return found;
  }

  function withFilters(asked, found) {
    asked.delete("filter");
    Object.keys(found).sort().forEach(function (name) {
      if (found[name].length) {
        asked.append("filter", name + ":" + found[name].join(","));
      }
    });
    return "?" + asked.toString();
  }

  function areas(asked) {
    return asked.getAll("area").join(",").split(",").filter(Boolean);
  }

  function withAreas(asked, found) {
    asked.delete("area");
    if (found.length) {
      asked.set("area", found.join(","));
    }
  }

  /* A press on a mark filters to it alone, again drops it; with Shift it joins those picked. */
  function pick(text, adds) {
    var asked = new URLSearchParams(window.location.search);
    var at = text.indexOf(":");
    var name = text.slice(0, at);
    var value = text.slice(at + 1);
    asked.delete("page");
    var found = filters(asked);
    var held = name === "area" ? areas(asked) : found[name] || [];
    var rest = held.filter(function (one) { return one !== value; });
    var kept = rest.length < held.length ? rest : adds ? held.concat(value) : [value];
    if (name === "area") {
      withAreas(asked, kept);
    } else {
      found[name] = kept;
    }
    go(withFilters(asked, found));
  }

  /* The form's fields as a search string; empty fields are left out, as the browser cannot do. */
  function ofForm(form) {
    var kept = new URLSearchParams();
    new FormData(form).forEach(function (value, name) {
      if (value) {
        kept.append(name, value);
      }
    });
    return withFilters(kept, filters(kept));
  }

  /* A bucket picked on the figure becomes the period, drawn in finer buckets where there are any. */
  function ofPick(text) {
    var main = document.querySelector("[data-finer]");
    var grain = main.dataset.grain;
    var first = new Date(text.slice(0, 10) + "T00:00:00Z");
    var end = new Date(first);
    var months = { month: 1, quarter: 3, year: 12 }[grain];
    if (months) {
      end.setUTCMonth(end.getUTCMonth() + months);
    } else {
      end.setUTCDate(end.getUTCDate() + (grain === "week" ? 7 : 1));
    }
    var asked = new URLSearchParams(window.location.search);
    asked.set("from", first.toISOString().slice(0, 10));
    asked.set("to", new Date(end.getTime() - 86400000).toISOString().slice(0, 10));
    asked.set("grain", main.dataset.finer);
    asked.delete("page");
    go("?" + asked.toString());
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

  function redo() {
    if (steps < top) {
      window.history.forward();
    }
  }

  /* A list of values is cut to those that hold what was typed, marks and capitals aside (đ is d). */
  function folded(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase().trim();
  }

  function sift(field) {
    var wanted = folded(field.value).split(/\s+/).filter(Boolean);
    field.closest("fieldset").querySelectorAll("li").forEach(function (item) {
      var words = folded(item.textContent);
      item.hidden = !wanted.every(function (word) { return words.indexOf(word) >= 0; });
    });
  }

  var acts = { table: table, help: help, undo: undo, redo: redo };

  document.addEventListener("click", function (event) {
    var target = event.target.closest ? event.target : null;
    if (!target || !page()) {
      return;
    }
    document.querySelectorAll(".an-period[open]").forEach(function (menu) {
      if (!menu.contains(target)) {
        menu.open = false;
      }
    });
    var button = target.closest(".an [data-act]");
    if (button) {
      acts[button.dataset.act](button);
      return;
    }
    var mark = target.closest(".an [data-pick]");
    if (mark && (event.shiftKey || !mark.href) && !(event.ctrlKey || event.metaKey || event.altKey)) {
      event.preventDefault();
      pick(mark.dataset.pick, event.shiftKey);
      return;
    }
    var link = target.closest(".an a[href]");
    var plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button);
    if (link && plain && !link.hasAttribute("download") && follow(link)) {
      event.preventDefault();
      var menu = link.closest(".an-add");
      if (menu) {
        menu.open = false;
      }
    }
  });

  document.addEventListener("change", function (event) {
    var form = event.target.form;
    if (form && form.matches("[data-view]") && event.target.tagName === "SELECT") {
      go(ofForm(form));
    }
  });

  /* The page that comes after a form of remarks shows them again. */
  function returned() {
    var place = document.getElementById("remarks");
    if (place && window.sessionStorage.getItem("remarks")) {
      place.scrollIntoView({ block: "nearest" });
    }
    window.sessionStorage.removeItem("remarks");
  }

  document.addEventListener("submit", function (event) {
    if (event.target.matches(".rk-form")) {
      window.sessionStorage.setItem("remarks", "1");
    }
    if (event.target.matches("[data-view]")) {
      event.preventDefault();
      document.querySelectorAll(".an-period[open],.an-sift[open]").forEach(function (menu) { menu.open = false; });
      go(ofForm(event.target));
    }
  });

  document.addEventListener("input", function (event) {
    if (event.target.matches(".an [data-sift]")) {
      sift(event.target);
    }
  });

  window.addEventListener("popstate", function (event) {
    steps = (event.state && event.state.step) || 0;
    top = Math.max(top, steps);
    told();
  });

  /* A list that is laid anew is whole again. */
  document.addEventListener("lantern:page", function () {
    document.querySelectorAll(".an [data-sift]").forEach(sift);
  });
  document.addEventListener("lantern:page", numbered);
  document.addEventListener("lantern:page", returned);

  function press(key) {
    var link = document.querySelector('.an [data-shortcut~="' + key + '"]');
    if (link) {
      link.click();
    }
    return Boolean(link);
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

  /* A menu opens with its first field under the hand. */
  function open(name, field) {
    var menu = document.querySelector(name);
    if (menu) {
      menu.open = true;
      menu.querySelector(field).focus();
    }
  }

  /* The menu of other indicators, of a figure that has first to come. */
  function beside() {
    if (document.querySelector(".an-add")) {
      open(".an-add", "input");
    } else {
      awaited = press("b");
    }
  }

  document.addEventListener("lantern:page", function () {
    if (awaited && document.querySelector(".an-add")) {
      awaited = false;
      open(".an-add", "input");
    }
  });

  function seen(mark) {
    return mark.offsetParent !== null;
  }

  /* Arrows walk the marks of the figure under the hand; Enter picks, as a press does. */
  function walk(step) {
    var here = document.activeElement.closest(".an-region a[data-pick]");
    var marks = here ? Array.from(here.closest(".an-card").querySelectorAll("a[data-pick]")).filter(seen) : [];
    var next = marks[marks.indexOf(here) + step];
    if (next) {
      next.focus();
    }
    return marks.length > 0;
  }

  function keep() {
    var link = document.querySelector(".an .rk-kept .an-button") || document.querySelector('.bar a[href^="/workspaces?save="]');
    if (link) {
      link.click();
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
    var menu = document.querySelector(".an-period[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (document.activeElement && document.activeElement !== document.body) {
      document.activeElement.blur();
    } else {
      press("Escape");
    }
  }

  var ARROWS = { arrowdown: 1, arrowright: 1, arrowup: -1, arrowleft: -1 };
  var keys = {
    "[": function () { press("["); },
    "]": function () { press("]"); },
    g: function () { press("g"); },
    w: function () { press("w"); },
    s: function () { press("s"); },
    b: beside,
    c: compare,
    t: tableKey,
    f: function () { open(".an-more", "input"); },
    e: function () { open(".an .files", "a"); },
    n: function () { open(".an [data-remark]", "textarea"); },
    k: keep,
    z: undo,
    "shift z": redo,
    "?": help,
    escape: escape,
  };

  document.addEventListener("keydown", function (event) {
    var modal = document.querySelector(".an-help");
    if (!page() || event.ctrlKey || event.metaKey || event.altKey || (modal && modal.open)) {
      return;
    }
    var key = (event.shiftKey && /^[a-z]$/i.test(event.key) ? "shift " : "") + event.key.toLowerCase();
    var typing = event.target.matches("input, textarea, select");
    if (ARROWS[key] && walk(ARROWS[key])) {
      event.preventDefault();
      return;
    }
    if (!keys[key] || (typing && key !== "escape")) {
      return;
    }
    event.preventDefault();
    keys[key]();
  });

  document.addEventListener("lantern:drag", function (event) {
    ofDrag(event.detail);
  });

  document.addEventListener("lantern:pick", function (event) {
    if (page()) {
      ofPick(event.detail);
    }
  });

  told();
})();
