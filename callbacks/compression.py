"""Compression: text leaves small, and a file of the release is compressed once."""

from __future__ import annotations

import functools

import brotli
import flask

SMALLEST = 1000
PACKAGES = "/_dash-component-suites/"
FAST, GOOD = 5, 7
TEXT = (
    "text/html",
    "text/css",
    "text/csv",
    "text/javascript",
    "application/javascript",
    "application/json",
    "image/svg+xml",
)


@functools.lru_cache(maxsize=128)
def _once(tag: str, content: bytes) -> bytes:
    return brotli.compress(content, quality=GOOD)


def _lasting(request: flask.Request, response: flask.Response) -> str | None:
    """What names a file of the release: its tag, or an address with the version in it; None of what changes."""
    if request.method != "GET":
        return None
    return request.path if request.path.startswith(PACKAGES) else response.get_etag()[0]


def register(server: flask.Flask) -> None:
    """Compress what is text, long enough and not a stream."""

    @server.after_request
    def compress(response: flask.Response) -> flask.Response:
        accepted = "br" in flask.request.headers.get("Accept-Encoding", "")
        if (
            not accepted
            or response.status_code != 200
            or response.mimetype not in TEXT
            or (response.is_streamed and not response.direct_passthrough)
        ):
            return response
        if "Content-Encoding" in response.headers:
            return response
        response.direct_passthrough = False
        content = response.get_data()
        if len(content) < SMALLEST:
            return response
        tag = _lasting(flask.request, response)
        response.set_data(_once(tag, content) if tag else brotli.compress(content, quality=FAST))
        response.headers["Content-Encoding"] = "br"
        response.headers.add("Vary", "Accept-Encoding")
        return response
