/* The client half of layouts/markup.py's Sheet: the page comes as markup and is laid over the one that
   stands. Nodes that did not change are left alone, so focus, scroll and open menus stay. */
(function () {
  "use strict";
  var OURS = ["open", "data-shows"]; /* what a reader opened, the server does not close */
  var drawn = null;

  function attributes(old, fresh) {
    Array.from(old.attributes).forEach(function (given) {
      if (!fresh.hasAttribute(given.name) && OURS.indexOf(given.name) < 0) {
        old.removeAttribute(given.name);
      }
    });
    Array.from(fresh.attributes).forEach(function (given) {
      var pressed = (given.name === "aria-pressed" && old.dataset && old.dataset.act)
        || (given.name === "aria-expanded" && old.hasAttribute("data-menu"));
      if (old.getAttribute(given.name) !== given.value && OURS.indexOf(given.name) < 0 && !pressed) {
        old.setAttribute(given.name, given.value);
      }
    });
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

  function morph(old, fresh) {
    if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName) {
      old.replaceWith(fresh);
    } else if (old.nodeType !== 1) {
      if (old.data !== fresh.data) {
        old.data = fresh.data;
      }
    } else {
      attributes(old, fresh);
      if (!old.hasAttribute("data-plot")) { /* what Plotly has drawn inside is its own */
        children(old, fresh);
      }
      field(old, fresh);
    }
  }

  function children(old, fresh) {
    var stand = Array.from(old.childNodes);
    Array.from(fresh.childNodes).forEach(function (child, place) {
      if (place < stand.length) {
        morph(stand[place], child);
      } else {
        old.appendChild(child);
      }
    });
    stand.slice(fresh.childNodes.length).forEach(function (rest) { rest.remove(); });
  }

  /* The server's first copy becomes the page: the same nodes, moved before the browser paints. */
  function adopt(sheet) {
    var copy = document.getElementById("first-paint");
    if (copy) {
      sheet.append.apply(sheet, Array.from(copy.childNodes));
      copy.remove();
      drawn = window.location.pathname;
    }
  }

  function turn(sheet, fresh) {
    var held = sheet.contains(document.activeElement);
    sheet.replaceChildren(fresh);
    drawn = window.location.pathname;
    window.scrollTo(0, 0);
    var main = document.getElementById("main");
    if (held && main) {
      main.focus({ preventScroll: true });
    }
  }

  function draw(sheet, markup, title) {
    var fresh = document.createElement("template");
    fresh.innerHTML = markup;
    adopt(sheet);
    if (drawn === window.location.pathname) {
      children(sheet, fresh.content);
    } else {
      turn(sheet, fresh.content);
    }
    document.title = title || document.title;
    document.dispatchEvent(new CustomEvent("lantern:page"));
  }

  window.lantern = window.lantern || {};
  window.lantern.Sheet = function Sheet(props) {
    var place = window.React.useRef(null);
    window.React.useLayoutEffect(function () {
      if (props.html) {
        draw(place.current, props.html, props.title);
      }
    }, [props.html, props.title]);
    return window.React.createElement("div", { id: props.id, ref: place });
  };
  window.lantern.Sheet.displayName = "Sheet";

  /* A link to a page of ours turns it without a reload; Dash's Location hears of the new address. */
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("#page a[href]");
    var plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button);
    if (!link || !plain || event.defaultPrevented || link.hasAttribute("download") || link.target) {
      return;
    }
    var there = new URL(link.href);
    var here = window.location;
    if (there.origin !== here.origin || (there.hash && there.pathname === here.pathname)) {
      return;
    }
    event.preventDefault();
    if (there.href !== here.href) {
      window.history.pushState({}, "", there.href);
      window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    }
  });
})();
