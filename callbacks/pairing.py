"""Pairing: the page of a screen that nobody has paired yet, and what a paired one says of itself."""

from __future__ import annotations

import json
from functools import partial

import flask
from dash import Dash

from callbacks import emblem, walls
from callbacks.first_paint import FONTS, PRELOAD
from callbacks.guard import SCREEN_COOKIE
from callbacks.session import chosen_language
from callbacks.walls import Walls
from data.messages import t
from data.walls.screens import ScreenError
from layouts.html import render
from layouts.wall.pairing import pairing

SHEETS = ("tokens.css", "app.css", "wall.css", "wall_pairing.css")
LASTS = 10 * 365 * 24 * 3600
HEAD = """<!doctype html>
<html lang="{language}" data-theme="dark" data-density="wall">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" type="image/svg+xml" href="{emblem}">
{fonts}
{css}
<script defer src="{script}"></script>
</head>
<body data-until="{until}">{body}</body>
</html>"""


def hang(showing: Walls, app: Dash) -> flask.Response:
    """/wall: the playlist of the screen that asks, or the code by which it can be paired."""
    guard, now = showing.guard, showing.now
    if guard.screens is None:
        flask.abort(404)
    token = flask.request.cookies.get(SCREEN_COOKIE, "")
    screen = guard.screens.known(token)
    if screen is not None:
        flask.g.asker = guard.shown(screen)
        return walls.page(showing, app, screen.choice.playlist, screen=screen)
    waiting = guard.screens.code(token, now) if token else None
    if waiting is None:
        try:
            token, code = guard.screens.announce(now)
        except ScreenError:
            flask.abort(503)
        waiting = (code, guard.screens.code(token, now)[1])
    code, until = waiting
    language = chosen_language(guard.catalogue.city.language)
    left = max(0, int((until - now).total_seconds()))
    address = app.get_asset_url
    html = HEAD.format(
        language=language, title=t(language, "pair.title"), emblem=emblem.PATH, until=left,
        fonts="\n".join(PRELOAD.format(address=address(f"fonts/{font}")) for font in FONTS),
        css="\n".join(f'<link rel="stylesheet" href="{address(sheet)}">' for sheet in SHEETS),
        script=address("wall_pairing.js"), body=render(pairing(code, -(-left // 60), flask.request.host, language)),
    )  # fmt: skip
    answer = flask.Response(html, mimetype="text/html", headers={"Cache-Control": "no-store"})
    secure = flask.request.is_secure
    answer.set_cookie(SCREEN_COOKIE, token, max_age=LASTS, httponly=True, samesite="Lax", secure=secure, path="/")
    return answer


def waiting(showing: Walls) -> flask.Response:
    """Whether the screen that asks has been paired, and the code it is to show."""
    guard = showing.guard
    token = flask.request.cookies.get(SCREEN_COOKIE, "")
    if guard.screens is None or not token:
        flask.abort(404)
    if guard.screens.known(token) is not None:
        return _told({"paired": True})
    found = guard.screens.code(token, showing.now)
    if found is None:
        return _told({"paired": False, "code": ""})
    return _told({"paired": False, "code": found[0], "left": int((found[1] - showing.now).total_seconds())})


def beat(showing: Walls) -> flask.Response:
    """A paired screen says what it shows; whoever else looks at a wall is not kept."""
    guard = showing.guard
    screen = guard.screens.known(flask.request.cookies.get(SCREEN_COOKIE, "")) if guard.screens else None
    if screen is not None and guard.screens is not None:
        form = flask.request.form
        guard.screens.beat(
            screen.id, showing.now, form.get("painted") == "1", form.get("scene", ""), form.get("size", "")
        )
    return flask.Response(status=204)


def _told(answer: dict) -> flask.Response:
    return flask.Response(json.dumps(answer), mimetype="application/json", headers={"Cache-Control": "no-store"})


def register(server: flask.Flask, app: Dash, showing: Walls) -> None:
    """Serve /wall to screens."""
    server.add_url_rule("/wall", "wall_hang", partial(hang, showing, app))
    server.add_url_rule("/wall/paired", "wall_paired", partial(waiting, showing))
    server.add_url_rule("/wall/beat", "wall_beat", partial(beat, showing), methods=["POST"])
