"""The emblem: the lantern in a browser's tab, in the colours of the tokens."""

from __future__ import annotations

import flask

from layouts.emblem import emblem

PATH = "/lantern.svg"
WEEK = 7 * 24 * 3600


def register(server: flask.Flask) -> None:
    """Serve the emblem; a browser keeps it for a week."""

    @server.get(PATH)
    def lantern() -> flask.Response:
        headers = {"Cache-Control": f"public, max-age={WEEK}"}
        return flask.Response(emblem(), mimetype="image/svg+xml", headers=headers)
