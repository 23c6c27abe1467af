/* The client half of layouts/markup.py's Sheet: the page comes as markup and is laid over the one that
   stands. Nodes that did not change are left alone, so focus, scroll and open menus stay. The first page came
   with the first answer; another is asked for when the address is another, or the data. */
(function () {
  "use strict";
  var drawn = null;
  var tell = null; /* how Dash hears what is asked for, once it runs */
  var shown = address(); /* asked for last */
  var stands = shown; /* drawn last */
  var asks = 0;

  function address() {
    return window.location.pathname + window.location.search;
  }

  function ask(came) {
    shown = address();
    asks += 1;
    tell({ asked: { path: window.location.pathname, search: window.location.search, came: came, number: asks } });
  }

  function turned() {
    if (tell && address() !== shown) {
      ask(true);
    }
    document.dispatchEvent(new CustomEvent("lantern:address"));
  }

  /* To another address of ours, without a reload. */
  function go(href) {
    if (!tell) {
      window.location.assign(href);
      return;
    }
    window.history.pushState({}, "", href);
    turned();
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

  function turn(sheet, markup) {
    var held = sheet.contains(document.activeElement);
    var fresh = document.createElement("template");
    fresh.innerHTML = markup;
    sheet.replaceChildren(fresh.content);
    drawn = window.location.pathname;
    window.scrollTo(0, 0);
    var main = document.getElementById("main");
    if (held && main) {
      main.focus({ preventScroll: true });
    }
  }

  function draw(sheet, markup, title) {
    var again = stands === shown; /* the same page, of newer data */
    stands = shown;
    if (drawn === window.location.pathname) {
      window.lantern.lay(sheet, markup, again);
    } else {
      turn(sheet, markup);
    }
    document.title = title || document.title;
    document.dispatchEvent(new CustomEvent("lantern:page"));
  }

  function begin(sheet, setProps) {
    adopt(sheet);
    tell = setProps;
    window.lantern.again = function again() { ask(false); };
    document.dispatchEvent(new CustomEvent("lantern:page"));
    turned();
  }

  window.lantern = window.lantern || {};
  window.lantern.go = go;
  window.lantern.Sheet = function Sheet(props) {
    var place = window.React.useRef(null);
    window.React.useLayoutEffect(function () {
      if (props.html) {
        draw(place.current, props.html, props.title);
      } else {
        begin(place.current, props.setProps);
      }
    }, [props.html, props.title]);
    return window.React.createElement("div", { id: props.id, ref: place });
  };
  window.lantern.Sheet.displayName = "Sheet";

  window.addEventListener("popstate", turned);

  /* A link to a page of ours turns it without a reload. */
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
      go(there.href);
    }
  });
})();
