/* Lays markup over the nodes that stand. What did not change is left alone, so focus, scroll and open
   menus stay, and a screen paints only what is new. Where only the data is new a field keeps what a reader
   has put in it, unless the server says something else of it than before. */
(function () {
  "use strict";
  var OURS = ["open", "data-shows"]; /* what a reader opened, the server does not close */
  var TYPED = /^(INPUT|OPTION)$/; /* what they hold is no attribute */
  var SAID = ["value", "checked", "selected"]; /* what the server says they hold */
  var typed = false; /* whether what was put in stays */

  /* Whether an attribute says what a reader did, not what the server sent. */
  function held(node, name) {
    return OURS.indexOf(name) >= 0 || (name === "aria-pressed" && node.dataset && node.dataset.act)
      || (name === "aria-expanded" && node.hasAttribute("data-menu"));
  }

  function attributes(old, fresh) {
    var stand = old.attributes;
    var wanted = fresh.attributes;
    var at;
    for (at = stand.length - 1; at >= 0; at -= 1) {
      if (!fresh.hasAttribute(stand[at].name) && OURS.indexOf(stand[at].name) < 0) {
        old.removeAttribute(stand[at].name);
      }
    }
    for (at = 0; at < wanted.length; at += 1) {
      if (old.getAttribute(wanted[at].name) !== wanted[at].value && !held(old, wanted[at].name)) {
        old.setAttribute(wanted[at].name, wanted[at].value);
      }
    }
  }

  function said(node) {
    return SAID.map(function (name) { return node.getAttribute(name); }).join("\n");
  }

  /* What a field holds is more than its attributes once a reader has touched it. */
  function field(old, fresh) {
    if (old.nodeName === "OPTION" && old.selected !== fresh.hasAttribute("selected")) {
      old.selected = fresh.hasAttribute("selected");
    } else if (old.nodeName === "INPUT" && old !== document.activeElement) {
      old.value = fresh.getAttribute("value") || "";
      old.checked = fresh.hasAttribute("checked");
    }
  }

  /* A figure is laid over itself only: what a reader or Plotly made of another is not its own. */
  function another(old, fresh) {
    return old.nodeType === 1 && (old.getAttribute("data-figure") !== fresh.getAttribute("data-figure")
      || (old.hasAttribute("data-plot") && old.id !== fresh.id));
  }

  function morph(old, fresh) {
    if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName || another(old, fresh)) {
      old.replaceWith(fresh);
    } else if (old.nodeType !== 1) {
      if (old.data !== fresh.data) {
        old.data = fresh.data;
      }
    } else if (!old.hasAttribute("data-own")) { /* what a script of ours fills */
      var stays = typed && TYPED.test(old.nodeName) && said(old) === said(fresh);
      attributes(old, fresh);
      if (!old.hasAttribute("data-plot")) { /* what Plotly has drawn inside is its own */
        children(old, fresh);
      }
      if (!stays) {
        field(old, fresh);
      }
    }
  }

  function children(old, fresh) {
    var stand = Array.from(old.childNodes);
    var wanted = Array.from(fresh.childNodes); /* a child that is taken over leaves the list of the fresh ones */
    wanted.forEach(function (child, place) {
      if (place < stand.length) {
        if (child.firstElementChild || !stand[place].isEqualNode(child) || TYPED.test(child.nodeName)) {
          morph(stand[place], child);
        }
      } else {
        old.appendChild(child);
      }
    });
    stand.slice(wanted.length).forEach(function (rest) { rest.remove(); });
  }

  window.lantern = window.lantern || {};
  window.lantern.lay = function lay(place, markup, again) {
    typed = Boolean(again);
    var fresh = document.createElement("template");
    fresh.innerHTML = markup;
    children(place, fresh.content);
  };
})();
