/* The page follows the city: one stream while it can be seen, none while it is hidden. A stream
   that the server closed for good is opened anew. After 30 seconds of silence the page says so. */
(function () {
  "use strict";
  var AGAIN = 3000;
  var LOST = 30000;
  var SILENT = 45000;
  var stream = null;
  var heard = Date.now();
  var opened = heard;
  var shown = null;

  function tell(number) {
    if (!window.lantern || !window.lantern.again) {
      window.setTimeout(tell, 100, number);
      return;
    }
    if (shown !== null && shown !== number) {
      window.lantern.again();
    }
    shown = number;
  }

  function open() {
    if (stream || document.hidden) {
      return;
    }
    stream = new EventSource("/stream");
    opened = Date.now();
    stream.onmessage = function (event) {
      heard = Date.now();
      document.documentElement.dataset.live = "1";
      tell(event.data);
    };
    stream.onerror = function () {
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
      heard = Date.now();
      open();
    }
  });
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", open);
  window.setInterval(function () {
    if (!document.hidden && Date.now() - heard > LOST) {
      document.documentElement.dataset.live = "0";
    }
    if (stream && Date.now() - opened > SILENT && Date.now() - heard > SILENT) {
      close();
      open();
    }
  }, AGAIN);
  var first = document.querySelector("meta[name=mark]");
  shown = first ? first.content : null;
  open();
})();
