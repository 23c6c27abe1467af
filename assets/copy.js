/* A button that copies the command beside it, or what it is told to, and says that it did. On a plain http address the
   browser's clipboard is closed, so there the command is selected and copied the old way. */
(function () {
  "use strict";
  var SAID = 2500;

  function done(button) {
    button.dataset.copied = "true";
    window.setTimeout(function () { delete button.dataset.copied; }, SAID);
  }

  function code(button) {
    return button.parentElement.querySelector("code");
  }

  function selected(button) {
    var range = document.createRange();
    range.selectNodeContents(code(button));
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
    navigator.clipboard.writeText(button.dataset.copy || code(button).textContent).then(
      function () { done(button); },
      function () { selected(button); }
    );
  });
})();
