/* Figures for reading by pointer: what the server describes in data-plot, drawn by Plotly once, in the
   page's theme and at the page's size. A drag over days and a press on a point are told to whoever listens. */
(function () {
  "use strict";
  var root = document.documentElement;
  var SIZED = ["size", "width", "l", "r", "t", "b", "xshift", "yshift", "ticklabelstandoff", "spikethickness"];
  var drawn = new WeakMap();
  var fetching = false;
  var sizes = new ResizeObserver(function (entries) {
    entries.forEach(function (entry) { draw(entry.target); });
  });

  function coloured(text, to) {
    if (Object.prototype.hasOwnProperty.call(to, text)) {
      return to[text];
    }
    return text.indexOf("px #") < 0 ? text : text.replace(/#[0-9A-Fa-f]{6}/g, function (old) { return to[old] || old; });
  }

  /* A copy of a figure with its colours swapped and its lengths in px times ``k``. */
  function fitted(node, to, k) {
    if (typeof node === "string") {
      return coloured(node, to);
    }
    if (Array.isArray(node)) {
      return node.map(function (child) { return fitted(child, to, k); });
    }
    if (!node || typeof node !== "object") {
      return node;
    }
    var found = {};
    Object.keys(node).forEach(function (name) {
      var sized = typeof node[name] === "number" && SIZED.indexOf(name) >= 0 && node.type !== "bar";
      found[name] = sized ? node[name] * k : fitted(node[name], to, k);
    });
    return found;
  }

  /* Every n-th tick, counted back from the newest. */
  function thinned(ticks, every) {
    return ticks.filter(function (_, index) { return (ticks.length - 1 - index) % every === 0; });
  }

  function colours(named, style) {
    var to = {};
    Object.keys(named).forEach(function (name) {
      to[named[name]] = style.getPropertyValue("--" + name).trim();
    });
    return to;
  }

  /* The figure for a box: its colours, its lengths, and as many ticks as have room. */
  function made(given, box) {
    var style = window.getComputedStyle(root);
    var k = parseFloat(style.fontSize) / 16;
    var layout = given.layout;
    var to = layout.meta && layout.meta.colours ? colours(layout.meta.colours, style) : {};
    var found = { data: fitted(given.data, to, k), layout: fitted(Object.assign({}, layout, { meta: null }), to, k) };
    if (layout.xaxis && layout.xaxis.tickvals) {
      var room = box.clientWidth - (layout.margin.l + layout.margin.r) * k;
      var every = Math.max(1, Math.ceil(layout.xaxis.tickvals.length / Math.max(1, Math.floor(room / (58 * k)))));
      found.layout.xaxis.tickvals = thinned(layout.xaxis.tickvals, every);
      found.layout.xaxis.ticktext = thinned(layout.xaxis.ticktext, every);
    }
    found.layout.width = box.clientWidth;
    found.layout.height = box.clientHeight;
    return found;
  }

  function fetchPlotly(address) {
    if (!fetching) {
      fetching = true;
      var script = document.createElement("script");
      script.src = address;
      script.onload = drawAll;
      document.body.appendChild(script);
    }
  }

  function draw(box) {
    var text = box.dataset.plot;
    if (!text || !box.isConnected || !box.clientWidth || !box.clientHeight) {
      return;
    }
    if (!window.Plotly) {
      fetchPlotly(box.dataset.script);
      return;
    }
    var state = [root.dataset.theme, window.getComputedStyle(root).fontSize, box.clientWidth, box.clientHeight, text].join();
    if (drawn.get(box) === state) {
      return;
    }
    drawn.set(box, state);
    var given = JSON.parse(text);
    var figure = made(given, box);
    var plot = box.querySelector(".js-plotly-plot");
    if (plot) {
      window.Plotly.react(plot, figure.data, figure.layout, given.config);
      return;
    }
    plot = document.createElement("div");
    box.replaceChildren(plot); /* in place of the still figure */
    window.Plotly.newPlot(plot, figure.data, figure.layout, given.config);
    plot.on("plotly_relayout", function (moved) {
      document.dispatchEvent(new CustomEvent("lantern:drag", { detail: moved }));
    });
    plot.on("plotly_click", function (pressed) {
      document.dispatchEvent(new CustomEvent("lantern:pick", { detail: String(pressed.points[0].x) }));
    });
    plot.on("plotly_hover", function (event) {
      others(plot).forEach(function (other) { read(other, event.points[0].x); });
    });
    plot.on("plotly_unhover", function () {
      others(plot).forEach(function (other) { window.Plotly.Fx.unhover(other); });
    });
  }

  function others(plot) {
    return Array.from(document.querySelectorAll("[data-plot] > .js-plotly-plot")).filter(function (one) {
      return one !== plot;
    });
  }

  /* What a pointer reads off one figure is read off all that stand on the same time; they tell nobody. */
  function read(plot, x) {
    window.Plotly.Fx.hover(plot, { xval: plot._fullLayout.xaxis.d2c(x) }, "xy", true);
  }

  function drawAll() {
    document.querySelectorAll("[data-plot]").forEach(function (box) {
      sizes.observe(box);
      draw(box);
    });
  }

  /* Arrows walk the points of the figure under the hand as a pointer would, Enter picks the one that is read. It is
     said from the table behind the figure, whose first line is the newest point. */
  var STEPS = { ArrowLeft: -1, ArrowRight: 1 };
  var walked = new WeakMap();

  function under(node) {
    return node.matches && node.matches("[data-walked]") ? node.querySelector("[data-plot] > .js-plotly-plot") : null;
  }

  function along(plot) {
    return plot.data.filter(function (trace) { return trace.hoverinfo !== "skip"; })[0].x;
  }

  function say(plot, back) {
    var card = plot.closest("[data-figure]");
    var line = card.querySelector("table").tBodies[0].rows[back];
    card.querySelector("[data-said]").textContent = Array.from(line.cells, function (cell) { return cell.textContent; }).join(" ");
  }

  document.addEventListener("keydown", function (event) {
    var plot = under(event.target);
    if (!plot || event.ctrlKey || event.metaKey || event.altKey || !(STEPS[event.key] || event.key === "Enter")) {
      return;
    }
    var points = along(plot);
    var at = walked.get(plot);
    event.preventDefault();
    if (STEPS[event.key]) {
      at = at === undefined ? points.length - 1 : Math.max(0, Math.min(points.length - 1, at + STEPS[event.key]));
      walked.set(plot, at);
      [plot].concat(others(plot)).forEach(function (one) { read(one, points[at]); });
      say(plot, points.length - 1 - at);
    } else if (at !== undefined) {
      document.dispatchEvent(new CustomEvent("lantern:pick", { detail: String(points[at]) }));
    }
  });

  document.addEventListener("focusout", function (event) {
    var plot = under(event.target);
    if (plot) {
      walked.delete(plot);
      [plot].concat(others(plot)).forEach(function (one) { window.Plotly.Fx.unhover(one); });
    }
  });

  document.addEventListener("lantern:page", drawAll);
  document.addEventListener("lantern:theme", drawAll);
  drawAll(); /* of the page that came with the first answer, without waiting for Dash */
})();
