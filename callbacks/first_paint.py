"""First paint: the page an address shows, written into the first answer as HTML.

Dash needs a second to start; a leader should not wait for it. When it has, `assets/sheet.js` takes
over the very nodes that were painted. Dash's scripts lie in a template, where a browser leaves them
alone, until `assets/start.js` has seen the first paint.
"""

from __future__ import annotations

import re
from functools import partial
from html import escape
from typing import Any

import flask
from dash import Dash
from werkzeug.exceptions import NotFound

from callbacks import emblem
from callbacks.bundle import bundle
from callbacks.guard import PAGES, SAFE
from callbacks.lectern import Lectern
from callbacks.stream import Watch
from layouts import ids
from layouts.markup import Sheet

THEME, START = "theme.js", "start.js"
# Letters that arrive after the first paint would push tiles about.
FONTS = ("hanken-grotesk-latin-wght-normal.woff2", "hanken-grotesk-vietnamese-wght-normal.woff2")
PRELOAD = '<link rel="preload" as="font" type="font/woff2" href="{address}" crossorigin>'
# Packages of components that Dash offers to every app; ours is laid out by assets/sheet.js alone.
UNUSED = re.compile(r"<script [^>]*/dash/(?:dcc|html|dash_table)/[^>]*></script>\n?")
HEAD = """<!doctype html>
<html lang="{language}" data-theme="{theme}">
<head>
{metas}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="mark" content="{mark}">
<title>{title}</title>
<link rel="icon" type="image/svg+xml" href="{emblem}">
{fonts}
<link rel="stylesheet" href="{css}">
<script src="{theme_script}"></script>
<script defer src="{start_script}"></script>
</head>
<body>
<div id="{first}">{painted}</div>
{entry}
<footer>
{config}
<template id="{later}">
{scripts}
<script src="{own}"></script>
{renderer}
</template>
</footer>
</body>
</html>"""


class CityApp(Dash):
    """A Dash app whose first answer already holds the numbers.

    Set ``lectern`` and ``watch`` before serving.
    """

    lectern: Lectern
    watch: Watch

    def interpolate_index(self, **given: Any) -> str:
        """The first answer for the address asked."""
        mark = self.watch.mark()  # taken first: a page may be newer than its mark, never older
        reader = self.lectern.reader
        asked = flask.request.query_string.decode("utf-8", "replace")
        page = self.lectern.turned(flask.request.path, f"?{asked}" if asked else "", mark)
        flask.after_this_request(partial(_told, page.status))
        return HEAD.format(
            language=reader.language,
            theme=reader.theme,
            metas=given["metas"],
            mark=mark,
            title=escape(page.title),
            emblem=emblem.PATH,
            fonts="\n".join(PRELOAD.format(address=self.get_asset_url(f"fonts/{name}")) for name in FONTS),
            css=bundle("css").address,
            theme_script=self.get_asset_url(THEME),
            first=ids.FIRST_PAINT,
            later=ids.LATER,
            painted=page.markup,
            entry=given["app_entry"],
            config=given["config"],
            start_script=self.get_asset_url(START),
            scripts=UNUSED.sub("", given["scripts"]),
            own=bundle("js").address,
            renderer=given["renderer"],
        )


def _told(status: int, answer: flask.Response) -> flask.Response:
    answer.status_code = status
    return answer


def lost(app: Dash, error: NotFound) -> Any:
    """The page that says that there is none, for who asked for a page: not only Dash's addresses are pages."""
    request, found = flask.request, flask.g.get("asker")
    person = found is not None and found.screen is None
    return app.index() if person and request.method in SAFE and request.endpoint in PAGES else error


def register(server: flask.Flask, app: CityApp) -> None:
    """Answer whoever asks for a page that there is none of in their language."""
    server.register_error_handler(404, partial(lost, app))


def frame() -> Sheet:
    """What Dash itself lays out: the page, which knows its address and hears what is pushed."""
    return Sheet(id=ids.PAGE)
