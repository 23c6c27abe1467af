/* What the figures below the chart of an analysis page tell or take only when asked: the indicators that can be put
   beside the one shown, and the number of an hour of the week. */
(function () {
  "use strict";

  /* Indicators to put beside the one shown, told once and filled in when their menu opens. */
  document.addEventListener("toggle", function (event) {
    if (event.target.open && event.target.matches && event.target.matches(".an-add")) {
      fill(event.target);
    }
  }, true);

  /* A page that is laid anew knows nothing of the list. */
  document.addEventListener("lantern:page", function () {
    document.querySelectorAll(".an-add[open]").forEach(fill);
  });

  function fill(menu) {
    var asked = new URLSearchParams(window.location.search);
    var held = (asked.get("with") || "").split(",").filter(Boolean);
    var here = window.location.pathname;
    menu.querySelector("input").removeAttribute("name");
    window.lantern.places().then(function (all) {
      var items = all.filter(function (one) {
        return !one.asks && /^\/kpi\//.test(one.href) && one.href !== here && held.indexOf(one.href.slice(5)) < 0;
      }).map(function (one) {
        var code = one.href.slice(5);
        asked.set("with", held.concat(code).join(","));
        asked.set("show", "beside");
        var item = document.createElement("li");
        var link = item.appendChild(document.createElement("a"));
        link.href = "?" + asked.toString();
        link.appendChild(document.createElement("small")).textContent = code;
        link.appendChild(document.createTextNode(one.name));
        return item;
      });
      menu.querySelector("ul").replaceChildren.apply(menu.querySelector("ul"), items);
      menu.querySelector("input").dispatchEvent(new Event("input", { bubbles: true }));
    });
  }

  document.addEventListener("keydown", function (event) {
    var first = event.key === "Enter" && event.target.matches(".an-add input")
      && event.target.closest("fieldset").querySelector("li:not([hidden]) a");
    if (first) {
      event.preventDefault();
      first.click();
    }
  });

  /* An hour of the week is read off the table behind it, when a pointer comes to it. */
  document.addEventListener("pointerover", function (event) {
    var cell = event.target.closest && event.target.closest('.an [data-figure="hours"] .heat');
    if (!cell || cell.firstChild) {
      return;
    }
    var day = Math.round(parseFloat(cell.getAttribute("y")) / 100 * 7);
    var hour = 1 + Math.round(parseFloat(cell.getAttribute("x")) / 100 * 24);
    var table = cell.closest("[data-figure]").querySelector("table");
    var line = table.tBodies[0].rows[day];
    var title = cell.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "title"));
    title.textContent = line.cells[0].textContent + " " + table.tHead.rows[0].cells[hour].textContent + ": "
      + line.cells[hour].textContent;
  });
})();
