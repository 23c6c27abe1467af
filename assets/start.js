/* Dash, and all that listens, starts when the numbers have been painted: its scripts take longer to
   read than the page takes to draw. They wait in a template and are put in place here, in their order. */
(function () {
  "use strict";
  var LATEST = 1000;
  var begun = false;

  function place(old, done) {
    var script = document.createElement("script");
    Array.from(old.attributes).forEach(function (given) { script.setAttribute(given.name, given.value); });
    script.async = false;
    script.onload = done;
    script.text = old.text;
    document.body.appendChild(script);
  }

  function begin() {
    if (begun) {
      return;
    }
    begun = true;
    var scripts = Array.from(document.getElementById("later").content.querySelectorAll("script"));
    var files = scripts.filter(function (script) { return script.hasAttribute("src"); });
    var inline = scripts.filter(function (script) { return !script.hasAttribute("src"); });
    var waiting = files.length;
    files.forEach(function (script) {
      place(script, function () {
        waiting -= 1;
        if (waiting === 0) {
          inline.forEach(function (last) { place(last, null); });
        }
      });
    });
  }

  /* A hidden tab paints nothing, and an old browser does not tell. */
  window.setTimeout(begin, document.hidden ? 0 : LATEST);
  new PerformanceObserver(function (list) {
    if (list.getEntriesByName("first-contentful-paint").length) {
      window.setTimeout(begin);
    }
  }).observe({ type: "paint", buffered: true });
})();
