/* A wall. What stands on it follows from the programme and the city's clock alone: every timer only asks
   "what now?", and every message of the server asks the same, so none of them has to be trusted. */
(function () {
  "use strict";
  var LOST = 30000;
  var SILENT = 25000;
  var AGAIN = 3000;
  var PAUSE = 60000;
  var SHIFT = 600;
  var BEAT = 30000;
  var root = document.documentElement;
  var words = JSON.parse(document.body.dataset.words);
  var glyphs = JSON.parse(document.body.dataset.glyphs);
  var told = JSON.parse(document.body.dataset.told);
  var have = told.have;
  var place = document.getElementById("scenes");
  var home = told.home;
  var as = told.screen ? "as=screen&" : "";
  var offset = told.now - Date.now();
  var born = told.now;
  var heard = Date.now();
  var opened = 0;
  var stream = null;
  var forsaken = false; /* the server was away: what this page did to its tiles meanwhile has to go */
  var asking = false;
  var wanted = told.mark;
  var shown = null;
  var moved = 0; /* seconds the keyboard has turned the playlist by; in a room the remote leads, for all its screens */
  var pinned = false;
  var paused = 0; /* until when, in the city's milliseconds */
  var frozen = 0; /* the moment that stands while it is paused */

  function byId(id) { return document.getElementById(id); }
  function now() { return Date.now() + offset; }
  /* In an exercise time stands at the step of its script that is shown; turns, pauses and beats go by the city's clock as ever. */
  function lived(ms) {
    var drawn = told.exercise ? place.querySelector(".is-here [data-drawn]") : null;
    return drawn ? Number(drawn.dataset.drawn) * 1000 : told.exercise || ms;
  }
  function put(node, text) { if (node && node.textContent !== text) { node.textContent = text; } }
  function two(n) { return (n < 10 ? "0" : "") + n; }
  function say(key, values) {
    return words[key].replace(/\{(\w+)\}/g, function (whole, name) { return name in values ? values[name] : whole; });
  }
  function strong(node, text) {
    var markup = text.split("*");
    if (node.dataset.said === text) { return; }
    node.dataset.said = text;
    node.replaceChildren.apply(node, markup.map(function (piece, odd) {
      var held = document.createElement(odd % 2 ? "b" : "span");
      held.textContent = piece;
      return held;
    }));
  }
  function minutes(ms) { var s = Math.ceil(ms / 1000); return Math.floor(s / 60) + ":" + two(s % 60); }
  function clockOf(ms) { var at = new Date(ms); return two(at.getUTCHours()) + ":" + two(at.getUTCMinutes()); }

  /* ---- what stands now -------------------------------------------------------------- */
  function length() { return told.turns.reduce(function (sum, turn) { return sum + turn[1]; }, 0); }
  function led(ms) { return told.hand && ms < told.hand.until ? told.hand : null; }
  function turnAt(ms) {
    var hand = led(ms);
    var since = hand ? hand.from + Math.max(0, ms - hand.still) / 1000 : ms / 1000 + moved;
    var left = ((since % length()) + length()) % length();
    for (var i = 0; i < told.turns.length; i += 1) {
      if (left < told.turns[i][1]) { return { index: i, left: told.turns[i][1] - left, spent: left }; }
      left -= told.turns[i][1];
    }
    return { index: 0, left: told.turns[0][1], spent: 0 };
  }
  function standing(ms) { return pinned || paused > ms ? frozen : ms; }

  function show(ms) {
    var turn = turnAt(standing(ms));
    var name = told.turns[turn.index][0];
    var scene = byId("scene-" + name);
    if (scene && shown !== name) {
      Array.from(place.children).forEach(function (one) {
        one.classList.toggle("is-here", one === scene);
        one.inert = one !== scene;
        one.setAttribute("aria-hidden", one === scene ? "false" : "true");
      });
      shown = name;
      root.dataset.scene = name;
    }
    progress(turn, ms);
  }

  function progress(turn, ms) {
    var list = byId("turns");
    var next = byId("next");
    var loud = told.state === "alert" || told.state === "emergency";
    var count = loud ? 0 : told.turns.length;
    while (list.children.length > count) { list.lastChild.remove(); }
    while (list.children.length < count) { list.appendChild(document.createElement("li")); }
    Array.from(list.children).forEach(function (item, index) {
      var full = index === turn.index ? Math.round(10 * turn.spent / told.turns[turn.index][1]) : index < turn.index ? 10 : 0;
      var kind = "full-" + full + (index === turn.index ? " is-here" : "");
      if (item.className !== kind) { item.className = kind; }
    });
    var hand = led(ms);
    if (loud) { strong(next, words["wall.held"]); }
    else if (hand && ms < hand.still) { strong(next, say("wall.room." + (hand.act === "pin" ? "pinned" : "paused"), { left: minutes(hand.still - ms) })); }
    else if (pinned) { strong(next, words["wall.pinned"]); }
    else if (paused > ms) { strong(next, say("wall.paused", { n: Math.ceil((paused - ms) / 1000) })); }
    else if (told.turns.length > 1) {
      var after = told.turns[(turn.index + 1) % told.turns.length];
      strong(next, say("wall.next", { name: after[2], n: Math.ceil(turn.left) }));
    } else { strong(next, ""); }
  }

  /* ---- every tile follows its own clock ------------------------------------------------ */
  function span(seconds) {
    if (seconds < 60) { return say("format.age.seconds", { n: Math.floor(seconds) }); }
    if (seconds < 7200) { return say("format.age.minutes", { n: Math.floor(seconds / 60) }); }
    if (seconds < 172800) { return say("format.age.hours", { n: Math.floor(seconds / 3600) }); }
    return say("format.age.days", { n: Math.floor(seconds / 86400) });
  }

  function lamp(age, name) {
    var icon = age.previousElementSibling;
    if (icon && icon.classList.contains("icon-box") && !icon.querySelector(".lamp-" + name)) { icon.innerHTML = glyphs[name]; }
  }

  function darken(tile, at) {
    var number = tile.querySelector(".number");
    var unit = tile.querySelector(".unit");
    var status = tile.querySelector(".status");
    var said = tile.querySelector(".tile-words");
    if (!number || tile.dataset.state === "stale") { return; }
    var value = number.textContent + (unit ? "\u00a0" + unit.textContent : "");
    put(number, words["format.missing"]);
    if (unit) { unit.remove(); }
    if (status) {
      status.classList.remove("is-quiet");
      status.firstElementChild.innerHTML = glyphs.stale;
      put(status.lastElementChild, words["state.stale"]);
    }
    if (said) { said.innerHTML = ""; said.appendChild(document.createElement("p")); said.firstChild.className = "last-known";
      put(said.firstChild, say("tile.last", { value: value, at: clockOf(at) })); }
    tile.dataset.state = "stale";
  }

  function ages(ms) {
    Array.from(place.querySelectorAll(".age[data-age]")).forEach(function (age) {
      var drawn = Number(age.closest("[data-drawn]").dataset.drawn) * 1000;
      var seconds = Number(age.dataset.age) + Math.max(0, (ms - drawn) / 1000);
      var promise = Number(age.dataset.promise);
      var lost = seconds > 3 * promise || age.classList.contains("age-lost");
      var late = lost || seconds > promise || age.classList.contains("age-late");
      var text = span(seconds);
      if (lost) { text = say("tile.silent", { age: text }); }
      else if (late) { text = say("tile.late", { age: text }); }
      put(age, text);
      if (lost && !age.classList.contains("age-lost")) {
        age.classList.remove("age-late");
        age.classList.add("age-lost");
        lamp(age, "lost");
        var tile = age.closest(".driver") || age.closest(".tile");
        if (tile) { darken(tile, ms - seconds * 1000); }
      } else if (late && !lost && !age.classList.contains("age-late")) {
        age.classList.add("age-late");
        lamp(age, "late");
      }
    });
    Array.from(place.querySelectorAll("[data-since]")).forEach(function (node) {
      put(node, span(ms / 1000 - Number(node.dataset.since)));
    });
  }

  /* ---- the clock of the city, and whether the server still speaks -------------------------- */
  /* A paired screen says every half minute what it shows; a frame is one the browser has really painted. */
  var painted = false;
  var spoken = 0;
  function beat() {
    if (!told.screen || Date.now() - spoken < BEAT) { return; }
    spoken = Date.now();
    var body = new URLSearchParams({ scene: shown || "", painted: painted ? "1" : "0", size: window.innerWidth + "x" + window.innerHeight });
    painted = false;
    window.requestAnimationFrame(function () { painted = true; });
    window.fetch("/wall/beat?" + as, { method: "POST", body: body }).catch(function () { /* said by the header when it lasts */ });
  }

  var minute = null;
  function look() {
    var ms = now();
    var live = Date.now() - heard <= LOST;
    put(byId("minutes"), clockOf(lived(ms)));
    put(byId("seconds"), told.exercise ? "" : two(new Date(ms).getUTCSeconds()));
    if (root.dataset.live !== (live ? "1" : "0")) {
      root.dataset.live = live ? "1" : "0";
      if (!live) { forsaken = true; put(byId("lost-since"), words["wall.lost"].replace("{at}", clockOf(heard + offset))); }
    }
    show(ms);
    var step = Math.floor(ms / 5000);
    if (step !== minute) { minute = step; ages(lived(ms)); }
    root.dataset.shift = String(Math.floor(ms / 1000 / SHIFT) % 4);
    restart(ms, live);
    beat();
    if (Date.now() - opened > SILENT && Date.now() - heard > SILENT) { open(); }
  }

  /* Once a night the page begins anew: only when the server is there to give it. */
  function restart(ms, live) {
    var day = Math.floor(ms / 86400000) * 86400000;
    var parts = told.reload.split(":");
    var due = day + (Number(parts[0]) * 60 + Number(parts[1])) * 60000;
    if (live && born < due && ms >= due) { window.location.reload(); }
  }

  /* ---- what the server has -------------------------------------------------------------- */
  function take(fresh) {
    Object.keys(fresh.scenes).forEach(function (name) {
      var scene = byId("scene-" + name);
      if (!scene) {
        scene = document.createElement("div");
        scene.id = "scene-" + name;
        scene.className = "scene";
        scene.inert = true;
        scene.setAttribute("aria-hidden", "true");
        place.appendChild(scene);
      }
      window.lantern.lay(scene, fresh.scenes[name][1]);
      have[name] = fresh.scenes[name][0];
    });
    if (JSON.stringify(fresh.turns) !== JSON.stringify(told.turns) && told.state !== fresh.state) { moved = 0; pinned = false; paused = 0; }
    fresh.screen = told.screen;
    told = fresh;
    var kept = fresh.turns.map(function (turn) { return turn[0]; });
    shown = null;
    show(now());
    Array.from(place.children).forEach(function (scene) {
      var name = scene.id.slice(6);
      if (!fresh.part && kept.indexOf(name) < 0) { scene.remove(); delete have[name]; }
    });
    window.lantern.lay(byId("lamps"), fresh.lamps);
    window.lantern.lay(byId("times"), fresh.times);
    put(byId("ceased"), fresh.ceased);
    root.dataset.state = fresh.state;
    if (fresh.theme) { root.dataset.theme = fresh.theme; } /* a screen follows the day; a person chose */
    if (fresh.dimmed) { root.dataset.dimmed = "1"; } else { delete root.dataset.dimmed; }
    ages(lived(now()));
    if (!fresh.part) { root.dataset.mark = fresh.mark; }
  }

  function ask(rest) {
    if (asking) { return; }
    asking = true;
    var known = forsaken ? "" : Object.keys(have).map(function (name) { return name + ":" + have[name]; }).join(",");
    window.fetch(home + "/scenes?" + as + "have=" + encodeURIComponent(known)
      + (rest === true || !shown ? "" : "&first=" + encodeURIComponent(shown)), { cache: "no-store" }).then(function (answer) {
      if (answer.status === 401 || answer.status === 403 || answer.status === 404) { window.location.assign("/wall"); }
      if (!answer.ok) { throw new Error(String(answer.status)); }
      return answer.json();
    }).then(function (fresh) {
      asking = false;
      heard = Date.now();
      if (fresh.language !== root.lang) { window.location.reload(); return; }
      take(fresh);
      forsaken = forsaken && fresh.part;
      look();
      if (fresh.part) { ask(true); } else if (wanted !== fresh.mark) { window.setTimeout(ask, 200); }
    }).catch(function () {
      asking = false;
      window.setTimeout(function () { if (forsaken || wanted !== root.dataset.mark) { ask(); } }, AGAIN);
    });
  }

  function open() {
    if (stream) { stream.close(); }
    opened = Date.now();
    stream = new EventSource(home + "/stream?" + as);
    stream.onmessage = function (event) {
      var parts = event.data.split(" ");
      heard = Date.now();
      offset = Number(parts[1]) - heard;
      wanted = parts[0];
      if (wanted !== root.dataset.mark || forsaken) { ask(); }
      look();
    };
    stream.onerror = function () {
      if (stream && stream.readyState === 2) {
        stream.close();
        ask();
        stream = null;
        opened = Date.now() - SILENT + AGAIN;
      }
    };
  }

  /* ---- keyboard, remote and pointer --------------------------------------------------------- */
  function hold(until) {
    var ms = now();
    if (!(pinned || paused > ms)) { frozen = ms; }
    paused = until;
  }
  function go(by) {
    var turn = turnAt(standing(now()));
    var previous = told.turns[(turn.index + told.turns.length - 1) % told.turns.length];
    moved += by > 0 ? turn.left + 0.01 : -(turn.spent + previous[1] - 0.01);
    look();
  }
  function resume() {
    if (pinned || paused > now()) { moved -= (now() - frozen) / 1000; }
    pinned = false;
    paused = 0;
  }
  var keys = {
    ArrowRight: function () { go(1); }, PageDown: function () { go(1); }, n: function () { go(1); },
    ArrowLeft: function () { go(-1); }, PageUp: function () { go(-1); }, b: function () { go(-1); },
    p: function () { if (pinned) { resume(); } else { hold(0); frozen = frozen || now(); pinned = true; } },
    " ": function () { if (paused > now()) { resume(); } else { hold(now() + PAUSE); } },
    Escape: function () { resume(); },
    f: function () { if (document.fullscreenElement) { document.exitFullscreen(); } else if (root.requestFullscreen) { root.requestFullscreen(); } }
  };
  document.addEventListener("keydown", function (event) {
    var act = keys[event.key];
    if (act && (!told.room || event.key === "f") && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); act(); look(); }
  });
  document.addEventListener("pointermove", function () {
    root.dataset.hand = "1";
    if (!told.room) { hold(now() + PAUSE); }
    window.clearTimeout(document.body.hand);
    document.body.hand = window.setTimeout(function () { delete root.dataset.hand; }, 5000);
  });
  window.addEventListener("pagehide", function () { if (stream) { stream.close(); stream = null; } });
  window.addEventListener("pageshow", function (event) { if (event.persisted) { open(); } });
  window.addEventListener("error", function () { window.setTimeout(function () { window.location.reload(); }, LOST); });

  if (told.screen) {
    document.addEventListener("click", function (event) { event.preventDefault(); });
  }
  root.dataset.live = "1";
  window.requestAnimationFrame(function () { painted = true; });
  look();
  open();
  ask();
  /* On the city's whole seconds, so that all screens of a room turn at the same moment. */
  (function tick() {
    window.setTimeout(function () { tick(); look(); }, 1000 - now() % 1000);
  })();
})();
