/* On a phone the groups of the navigation open from the last button of the bar. They close when
   a place is chosen, when something else is touched, and by Escape. */
(function () {
  "use strict";

  function button() {
    return document.querySelector("#page [data-menu]") || document.querySelector("[data-menu]");
  }

  function set(open) {
    var here = button();
    if (here) {
      here.setAttribute("aria-expanded", open ? "true" : "false");
    }
  }

  document.addEventListener("click", function (event) {
    var pressed = event.target.closest && event.target.closest("[data-menu]");
    if (pressed) {
      pressed.setAttribute("aria-expanded", pressed.getAttribute("aria-expanded") === "true" ? "false" : "true");
    } else if (!event.target.closest || !event.target.closest(".nav-groups") || event.target.closest("a")) {
      set(false);
    }
  });

  document.addEventListener("keydown", function (event) {
    var here = button();
    if (event.key === "Escape" && here && here.getAttribute("aria-expanded") === "true") {
      set(false);
      here.focus();
    }
  });
})();
