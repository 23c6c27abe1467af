/* The page follows the city: one stream while it can be seen, none while it is hidden. A stream
   that the server closed for good is opened anew; a silent one is given up after 45 seconds. */
(function () {
  "use strict";
  var AGAIN = 3000;
  var SILENT = 45000;
  var stream = null;
  var heard = Date.now();
  var shown = null;

  function tell(number) {
    var client = window.dash_clientside;
    if (!client || !client.set_props || !document.getElementById("page")) {
      window.setTimeout(tell, 100, number);
      return;
    }
    if (shown !== null && shown !== number) {
      client.set_props("push", { data: number });
    }
    shown = number;
  }

  function open() {
    if (stream || document.hidden) {
      return;
    }
    stream = new EventSource("/stream");
    heard = Date.now();
    stream.onmessage = function (event) {
      heard = Date.now();
      document.documentElement.dataset.live = "1";
      tell(event.data);
    };
    stream.onerror = function () {
      document.documentElement.dataset.live = "0";
      if (stream && stream.readyState === 2) {
        close();
        window.setTimeout(open, AGAIN);
      }
    };
  }

  function close() {
    if (stream) {
      stream.close();
      stream = null;
    }
  }

  document.addEventListener("visibilitychange", function () {
    if (document.hidden) {
      close();
    } else {
      open();
    }
  });
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", open);
  window.setInterval(function () {
    if (stream && Date.now() - heard > SILENT) {
      close();
      open();
    }
  }, AGAIN);
  var first = document.querySelector("meta[name=mark]");
  shown = first ? first.content : null;
  open();
})();
