/* Light or dark, and the language: kept in cookies, so the server's first paint already knows.
   Loaded in the head it sets the theme before anything is painted. */
(function () {
  "use strict";
  var YEAR = 31536000;
  var root = document.documentElement;
  function cookie(name) {
    var found = document.cookie.match(new RegExp("(?:^|; )" + name + "=([a-z]+)"));
    return found && found[1];
  }
  function keep(name, value) {
    document.cookie = name + "=" + value + ";path=/;max-age=" + YEAR + ";samesite=lax";
  }
  function show(theme) {
    root.dataset.theme = theme;
    document.dispatchEvent(new CustomEvent("lantern:theme", { detail: theme }));
  }
  var kept = cookie("theme");
  if (kept !== "light" && kept !== "dark") {
    kept = window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }
  if (root.dataset.theme !== kept) {
    show(kept);
  }
  document.addEventListener("click", function (event) {
    var pressed = event.target.closest && event.target.closest("[data-switch]");
    if (!pressed) {
      return;
    }
    if (pressed.dataset.switch === "theme") {
      var next = root.dataset.theme === "dark" ? "light" : "dark";
      keep("theme", next);
      show(next);
    } else {
      keep("lang", pressed.dataset.switch);
      window.location.reload();
    }
  });
})();
