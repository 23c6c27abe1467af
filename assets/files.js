/* Files: a PNG is drawn here from the SVG the server sends, at twice its size; a menu closes when one
   is taken, with Escape, or by a press elsewhere. */
(function () {
  "use strict";
  var TWICE = 2;

  function taken(blob, name) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    window.setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
  }

  function drawn(svg) {
    return new Promise(function (done, failed) {
      var image = new Image();
      image.onload = function () {
        var canvas = document.createElement("canvas");
        canvas.width = image.width * TWICE;
        canvas.height = image.height * TWICE;
        canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
        canvas.toBlob(done, "image/png");
      };
      image.onerror = failed;
      image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svg);
    });
  }

  function png(link) {
    link.setAttribute("aria-busy", "true");
    fetch(link.href).then(function (answer) {
      var named = /filename="([^"]+)\.svg"/.exec(answer.headers.get("Content-Disposition") || "");
      return answer.ok && answer.text().then(drawn).then(function (blob) {
        taken(blob, (named ? named[1] : "figure") + ".png");
      });
    }).finally(function () { link.removeAttribute("aria-busy"); });
  }

  document.addEventListener("click", function (event) {
    var open = document.querySelector(".files[open]");
    var link = event.target.closest && event.target.closest(".files a");
    if (link && link.dataset.draw) {
      event.preventDefault();
      png(link);
    }
    if (open && (link || !open.contains(event.target))) {
      open.open = false;
    }
  });

  document.addEventListener("keydown", function (event) {
    var open = document.querySelector(".files[open]");
    if (open && event.key === "Escape") {
      open.open = false;
      open.querySelector("summary").focus();
      event.stopPropagation();
    }
  }, true);
})();
