/* The server's copy of the page goes when Dash has drawn its own. A MutationObserver runs before
   the browser paints, so both changes are in the same frame and nothing flashes. */
(function () {
  "use strict";
  function settle() {
    var copy = document.getElementById("first-paint");
    var page = document.getElementById("page");
    if (!copy) {
      return true;
    }
    if (!page || copy.contains(page) || !page.firstElementChild) {
      return false;
    }
    copy.remove();
    return true;
  }
  if (settle()) {
    return;
  }
  var observer = new MutationObserver(function () {
    if (settle()) {
      observer.disconnect();
    }
  });
  observer.observe(document.documentElement, { childList: true, subtree: true });
})();
