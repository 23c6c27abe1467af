/* Orders: while something on the page is being made it is asked how far it has come; when that has
   changed the page is asked for again. */
(function () {
  "use strict";
  var EVERY = 1000;
  var waiting = null;

  function shown(told) {
    var moved = false;
    document.querySelectorAll("[data-order]").forEach(function (line) {
      var now = told[line.dataset.order];
      if (!now || now[0] !== line.dataset.standing) {
        moved = true;
      } else if (now[0] === "working" && line.querySelector("progress[value]")) {
        line.querySelector("progress").value = now[1];
      }
    });
    if (moved && window.lantern.again) {
      window.lantern.again();
    }
  }

  function look() {
    waiting = null;
    var lines = Array.from(document.querySelectorAll("[data-order]"));
    if (!lines.length) {
      return;
    }
    if (document.hidden) {
      wait();
      return;
    }
    var numbers = lines.map(function (line) { return line.dataset.order; }).join(",");
    fetch("/orders.json?of=" + numbers).then(function (answer) {
      return answer.ok ? answer.json().then(shown) : null;
    }).catch(function () { return null; }).finally(wait);
  }

  function wait() {
    if (waiting === null) {
      waiting = window.setTimeout(look, EVERY);
    }
  }

  document.addEventListener("lantern:page", wait);
  window.addEventListener("load", wait);
})();
