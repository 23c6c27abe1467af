"""The entrance: signing in and out, on pages that need neither Dash nor a script."""

from __future__ import annotations

from functools import partial

import flask
from dash import Dash

from callbacks import emblem
from callbacks.asker import asker
from callbacks.first_paint import THEME
from callbacks.guard import COOKIE, Guard, inside
from callbacks.profile import remember
from callbacks.session import chosen_language, chosen_theme
from data.accounts import User
from data.messages import t
from layouts.entrance import entrance
from layouts.html import render

SHEETS = ("app.css", "entrance.css", "tokens.css")
HEAD = """<!doctype html>
<html lang="{language}" data-theme="{theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" type="image/svg+xml" href="{emblem}">
{css}
<script src="{script}"></script>
</head>
<body>{body}</body>
</html>"""


def sign_in(guard: Guard, app: Dash) -> flask.Response:
    """The form, and what comes of it: 303 to where the reader was going, 401 or 429 with the form again."""
    asked = flask.request.values.get("next", "/")
    there = asked if inside(asked) else "/"
    if guard.accounts is None:
        return flask.redirect(there, 303)
    if flask.request.method == "GET":
        return form(guard, app, there)
    name = flask.request.form.get("name", "").strip()[:64]
    password = flask.request.form.get("password", "")[:1000]
    agent = flask.request.headers.get("User-Agent", "")
    tried = guard.accounts.sign_in(name, password, flask.request.remote_addr or "", agent, guard.clock.now())
    if tried.token is None or tried.user is None:
        waits = round(tried.wait.total_seconds() + 0.5)
        guard.note(name.casefold(), "sign_in", outcome="refused", waits=waits)
        return form(guard, app, there, name, waits, 429 if waits else 401)
    guard.note(tried.user.name, "sign_in")
    return welcome(guard, tried.user, tried.token, there)


def welcome(guard: Guard, user: User, token: str, there: str) -> flask.Response:
    """Hand over a session and lead to where its user was going, or to where they like to begin."""
    begins = user.landing if user.landing in guard.catalogue.boards else None
    answer = flask.redirect(f"/board/{begins}" if begins and there == "/" else there, 303)
    remember(answer, user.language, user.theme)
    answer.set_cookie(COOKIE, token, httponly=True, samesite="Lax", secure=flask.request.is_secure, path="/")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def sign_out(guard: Guard) -> flask.Response:
    """End the session the request came with, and show the entrance."""
    session = asker().session
    if guard.accounts is not None and session is not None:
        guard.accounts.end(session.user, guard.clock.now(), session.id)
        guard.note(session.user.name, "sign_out")
    answer = flask.redirect("/sign-in", 303)
    answer.delete_cookie(COOKIE, path="/")
    return answer


def form(
    guard: Guard, app: Dash, there: str, name: str = "", waits: int | None = None, status: int = 200, said: str = ""
) -> flask.Response:
    """The form that leads ``there``; ``said`` is the key of what just went wrong."""
    language = chosen_language(guard.catalogue.city.language)
    css = "\n".join(f'<link rel="stylesheet" href="{app.get_asset_url(sheet)}">' for sheet in SHEETS)
    title = f"{t(language, 'entrance.title')} · {guard.catalogue.city.name.get(language)}"
    first = not guard.accounts.all() if guard.accounts else False
    others = tuple(guard.catalogue.providers.values())
    body = render(entrance(guard.catalogue.city, language, there, name, waits, first, others, said))
    html = HEAD.format(
        language=language, theme=chosen_theme(), title=title, emblem=emblem.PATH, css=css,
        script=app.get_asset_url(THEME), body=body,
    )  # fmt: skip
    return flask.Response(html, status, mimetype="text/html", headers={"Cache-Control": "no-store"})


def register(server: flask.Flask, guard: Guard, app: Dash) -> None:
    """Serve the entrance."""
    server.add_url_rule("/sign-in", "sign_in", partial(sign_in, guard, app), methods=["GET", "POST"])
    server.add_url_rule("/sign-out", "sign_out", partial(sign_out, guard), methods=["POST"])
