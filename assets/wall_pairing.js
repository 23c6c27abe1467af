/* A screen that waits to be paired: it asks whether it has been, and shows the code that holds. */
(function () {
  "use strict";
  function ask() {
    window.fetch("/wall/paired", { cache: "no-store" }).then(function (answer) {
      return answer.ok ? answer.json() : null;
    }).then(function (told) {
      if (!told) { return; }
      if (told.paired || !told.code) { window.location.reload(); return; }
      var code = document.getElementById("code");
      var spoken = told.code.slice(0, 3) + " " + told.code.slice(3);
      if (code.textContent !== spoken) { window.location.reload(); }
    }).catch(function () { /* the server is away: the next question is asked in three seconds */ });
  }
  window.setInterval(ask, 3000);
})();
