/* A button that copies the command beside it, and says that it did. On a plain http address the
   browser's clipboard is closed, so there the command is selected and copied the old way. */
(function () {
  "use strict";
  var SAID = 2500;

  function done(button) {
    button.dataset.copied = "true";
    window.setTimeout(function () { delete button.dataset.copied; }, SAID);
  }

  function selected(button) {
    var code = button.parentElement.querySelector("code");
    var range = document.createRange();
    range.selectNodeContents(code);
    var chosen = window.getSelection();
    chosen.removeAllRanges();
    chosen.addRange(range);
    if (document.execCommand("copy")) {
      done(button);
    }
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("[data-copy]");
    if (!button) {
      return;
    }
    if (!navigator.clipboard) {
      selected(button);
      return;
    }
    navigator.clipboard.writeText(button.dataset.copy).then(
      function () { done(button); },
      function () { selected(button); }
    );
  });
})();
