/* The remote of a room. The server says what stands; this page only counts what is left of it, asks again when that
   is over or when it is woken, and sends a button without leaving the page. */
(function () {
  "use strict";
  var LOST = 30000;
  var SILENT = 25000;
  var AGAIN = 3000;
  var root = document.documentElement;
  var home = document.body.dataset.home;
  var held = document.getElementById("held");
  var stream = null;
  var opened = 0;
  var heard = Date.now();
  var shown = "";
  var asked = 0; /* the newest question: an older answer that comes later is not laid over a newer one */
  var due = 0;
  var offset = 0;

  function stands() { return held.querySelector(".rc-stands"); }
  function now() { return Date.now() + offset; }
  function clock() {
    var said = stands().dataset;
    offset = Number(said.at) - Date.now();
    due = Number(said.turns);
  }
  function two(n) { return (n < 10 ? "0" : "") + n; }

  function ask() {
    var mine = asked += 1;
    return window.fetch(home + "/now", { cache: "no-store" }).then(function (answer) {
      if (answer.status === 401 || answer.status === 403 || answer.status === 404) { window.location.reload(); }
      if (!answer.ok) { throw new Error(String(answer.status)); }
      return answer.text();
    }).then(function (markup) {
      if (mine !== asked) { return; }
      heard = Date.now();
      window.lantern.lay(held, markup);
      clock();
      look();
    }).catch(function () { window.setTimeout(function () { if (mine === asked) { ask(); } }, AGAIN); });
  }

  function look() {
    var left = Math.max(0, Math.ceil((due - now()) / 1000));
    var node = held.querySelector(".rc-left");
    var text = Math.floor(left / 60) + ":" + two(left % 60);
    if (node && node.textContent !== text) { node.textContent = text; }
    root.dataset.live = Date.now() - heard > LOST ? "0" : "1";
    if (due && now() >= due) { due = 0; ask(); }
    if (!document.hidden && Date.now() - opened > SILENT && Date.now() - heard > SILENT) { open(); }
  }

  function open() {
    close();
    opened = Date.now();
    stream = new EventSource(home + "/stream");
    stream.onmessage = function (event) {
      heard = Date.now();
      if (shown !== event.data) { shown = event.data; ask(); }
    };
  }
  function close() { if (stream) { stream.close(); stream = null; } }

  document.addEventListener("submit", function (event) {
    event.preventDefault();
    window.fetch(event.target.action, { method: "POST", redirect: "manual" }).then(function () { return ask(); })
      .catch(function () { heard = 0; look(); });
  });
  document.addEventListener("visibilitychange", function () {
    if (document.hidden) { close(); } else { open(); ask(); }
  });
  window.addEventListener("pagehide", close);
  clock();
  open();
  (function tick() { window.setTimeout(function () { tick(); look(); }, 1000 - now() % 1000); })();
})();
