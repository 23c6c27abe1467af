/* Waiting: a line at the top after 300 ms, a way out after five seconds. Who asks for something else, or wants no
   answer any more, hangs up; the server then stops to look for it. */
(function () {
  "use strict";
  var CHANGE = "_dash-update-component";
  var LINE = 300;
  var LONG = 5000;
  var root = document.documentElement;
  var ask = window.fetch;
  var leave = null; /* ends the request that is under way */
  var shown = window.location.href;

  function told(state) {
    if (state) {
      root.dataset.wait = state;
    } else {
      delete root.dataset.wait;
    }
  }

  /* One request for a page: an answer nobody waits for is "nothing changed". */
  function asked(resource, options) {
    var line = new AbortController();
    if (leave) {
      leave();
    }
    return new Promise(function (answer, fail) {
      var timers = [window.setTimeout(told, LINE, "line"), window.setTimeout(told, LONG, "long")];
      function end(act, value) {
        timers.forEach(window.clearTimeout);
        if (leave === hang) {
          leave = null;
          told("");
        }
        act(value);
      }
      function hang() {
        end(answer, new Response(null, { status: 204 }));
        line.abort();
      }
      leave = hang;
      ask.call(window, resource, Object.assign({}, options, { signal: line.signal })).then(
        function (response) { end(answer, response); },
        function (error) { end(fail, error); }
      );
    });
  }

  window.fetch = function fetch(resource, options) {
    var there = String(resource && resource.url ? resource.url : resource);
    return there.indexOf(CHANGE) < 0 ? ask.apply(window, arguments) : asked(resource, options);
  };

  /* The page that stands is the one before: its address comes back with it. */
  function cancel() {
    if (!leave) {
      return;
    }
    leave();
    if (window.location.href !== shown) {
      window.history.back();
    }
  }

  document.addEventListener("lantern:page", function () { shown = window.location.href; });

  document.addEventListener("click", function (event) {
    if (event.target.closest && event.target.closest("[data-cancel]")) {
      cancel();
    }
  });

  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && root.dataset.wait === "long") {
      event.stopPropagation();
      cancel();
    }
  }, true);
})();
