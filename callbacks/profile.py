"""The profile of whoever asks: read as a page, changed by plain forms."""

from __future__ import annotations

from datetime import datetime
from functools import partial

import flask
from dash.development.base_component import Component

from callbacks.asker import Asker, asker
from callbacks.guard import COOKIE, Guard
from data.accounts import Accounts, Session, WeakPassword
from data.catalogue import ACTIONS, LANGUAGES, Catalogue
from data.kpis.sight import Sight
from layouts import profile as layout
from layouts.passport import Passport, Stay

SAID = ("kept", "changed", "ended", "wrong", "weak", "differ")
THEMES = ("light", "dark")
YEAR = 365 * 24 * 3600


def passport(found: Asker, session: Session, accounts: Accounts, catalogue: Catalogue, now: datetime) -> Passport:
    """What the page shows of a reader."""
    user = session.user
    top = {area.id for area in catalogue.areas.values() if area.level == "unit" and area.valid_to is None}
    seen = None if found.grant.scope.areas is None else tuple(sorted(top & found.grant.scope.areas))
    stays = tuple(
        Stay(one.id, one.began_at, one.seen_at, one.address, one.agent, one.id == session.id)
        for one in accounts.sessions_of(user, now)
    )
    return Passport(
        user.name, user.display, user.roles, tuple(name for name in ACTIONS if found.grant.may(name)), seen,
        found.grant.scope.personal, user.language, user.theme, user.landing, stays,
    )  # fmt: skip


def page(sight: Sight, guard: Guard | None, search: str, language: str) -> Component | None:
    """The profile of the asker; None in a demonstration, where nobody has one."""
    found = asker()
    if guard is None or guard.accounts is None or found.session is None:
        return None
    now = guard.clock.now()
    held = passport(found, found.session, guard.accounts, sight.catalogue, now)
    said = search.removeprefix("?")
    return layout.profile(held, sight.catalogue, sight.catalogue.boards, language, now, said if said in SAID else "")


def preferences(guard: Guard) -> flask.Response:
    """Keep what is preferred; a value there is none of counts as none."""
    accounts, session = _signed_in(guard)
    form = flask.request.form
    known = {"language": LANGUAGES, "theme": THEMES, "landing": tuple(guard.catalogue.boards)}
    chosen = {name: form.get(name) if form.get(name) in values else None for name, values in known.items()}
    user = accounts.prefer(session.user, **chosen)
    answer = flask.redirect("/profile?kept", 303)
    remember(answer, user.language, user.theme)
    return answer


def password(guard: Guard) -> flask.Response:
    """Change the password of who knows the old one; every session ends but a new one in the same place."""
    accounts, session = _signed_in(guard)
    form, now = flask.request.form, guard.clock.now()
    if form.get("new", "") != form.get("again", ""):
        return flask.redirect("/profile?differ", 303)
    address, agent = flask.request.remote_addr or "", flask.request.headers.get("User-Agent", "")
    name = session.user.name
    if accounts.sign_in(name, form.get("old", ""), address, agent, now).token is None:
        guard.note(name, "password_reset", name, "refused")
        return flask.redirect("/profile?wrong", 303)
    try:
        accounts.set_password(name, form.get("new", ""), now)
    except WeakPassword:
        return flask.redirect("/profile?weak", 303)
    guard.note(name, "password_reset", name)
    token = accounts.sign_in(name, form.get("new", ""), address, agent, now).token
    answer = flask.redirect("/profile?changed", 303)
    answer.set_cookie(COOKIE, token or "", httponly=True, samesite="Lax", secure=flask.request.is_secure, path="/")
    return answer


def end(guard: Guard, session: int) -> flask.Response:
    """End one of the asker's own sessions: 404 for any other."""
    accounts, held = _signed_in(guard)
    if not accounts.end(held.user, guard.clock.now(), session):
        flask.abort(404)
    guard.note(held.user.name, "session_end", str(session))
    return flask.redirect("/profile?ended", 303)


def remember(answer: flask.Response, language: str | None, theme: str | None) -> None:
    """Tell the browser what a user prefers, as the switches in the bar do."""
    for name, value in (("lang", language), ("theme", theme)):
        if value is not None:
            answer.set_cookie(name, value, max_age=YEAR, samesite="Lax", path="/")


def _signed_in(guard: Guard) -> tuple[Accounts, Session]:
    session = asker().session
    if guard.accounts is None or session is None:
        flask.abort(404)
    return guard.accounts, session


def register(server: flask.Flask, guard: Guard) -> None:
    """Serve the forms of the profile."""
    for name, act in (("preferences", preferences), ("password", password)):
        server.add_url_rule(f"/profile/{name}", f"profile_{name}", partial(act, guard), methods=["POST"])
    server.add_url_rule("/profile/sessions/<int:session>/end", "profile_end", partial(end, guard), methods=["POST"])
