/* The client half of layouts/markup.py: markup written on the server, put in place as it is. */
(function () {
  "use strict";
  window.lantern = window.lantern || {};
  window.lantern.Markup = function Markup(props) {
    var given = {
      className: props.className,
      dangerouslySetInnerHTML: { __html: props.html || "" },
    };
    if (props.id) {
      given.id = typeof props.id === "string" ? props.id : JSON.stringify(props.id);
    }
    return window.React.createElement(props.inline ? "span" : "div", given);
  };
  window.lantern.Markup.displayName = "Markup";
})();
