"""Sign-in by a provider: to it, and back."""

from __future__ import annotations

import hmac
import logging
from functools import partial

import flask
from dash import Dash

from callbacks.entrance import form, welcome
from callbacks.guard import Guard, inside
from data.signin import Journey, Journeys, OpenId, ProviderError

LOG = logging.getLogger(__name__)
COOKIE = "journey"
PATH = "/sign-in/"


def leave(guard: Guard, app: Dash, known: dict[str, OpenId], name: str) -> flask.Response:
    """Send a browser to a provider: 404 for one there is none of, 503 with the form when it cannot be reached."""
    provider = _known(guard, known, name)
    asked = flask.request.args.get("next", "/")
    journey = Journey.to(name, asked if inside(asked) else "/")
    try:
        answer = flask.redirect(provider.address(journey, _back(name)), 303)
    except ProviderError as error:
        return _turned_away(guard, app, journey.there, error)
    token = Journeys(guard.accounts.state).begin(journey, guard.clock.now())
    answer.set_cookie(COOKIE, token, httponly=True, samesite="Lax", secure=flask.request.is_secure, path=PATH)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def come_back(guard: Guard, app: Dash, known: dict[str, OpenId], name: str) -> flask.Response:
    """Let in whom the provider vouches for; whoever brings another's journey, or an old one, begins again."""
    provider, now = _known(guard, known, name), guard.clock.now()
    journey = Journeys(guard.accounts.state).end(flask.request.cookies.get(COOKIE, ""), now)
    state, code = flask.request.args.get("state", ""), flask.request.args.get("code", "")
    if journey is None or journey.provider != name or not hmac.compare_digest(journey.state.encode(), state.encode()):
        return _turned_away(guard, app, "/", ProviderError("refused", f"{name}: not a journey of this browser"))
    try:
        if not code:
            raise ProviderError("refused", f"{name} lets nobody in: {flask.request.args.get('error', '')[:100]!r}")
        identity = provider.identity(journey, code, _back(name), now)
    except ProviderError as error:
        return _turned_away(guard, app, journey.there, error)
    agent = flask.request.headers.get("User-Agent", "")
    came = guard.accounts.receive(identity, flask.request.remote_addr or "", agent, now)
    if came.user is not None and came.before is not None and came.before != came.user.roles:
        guard.note(came.user.name, "role_change", came.user.name, before=list(came.before), roles=list(came.user.roles))
    if came.token is None or came.user is None:
        guard.note(identity.name.casefold(), "sign_in", name, "refused")
        return _turned_away(guard, app, journey.there, ProviderError("stranger", f"{name}: {identity.subject!r}"))
    guard.note(came.user.name, "sign_in", name)
    answer = welcome(guard, came.user, came.token, journey.there)
    answer.delete_cookie(COOKIE, path=PATH)
    return answer


def _known(guard: Guard, known: dict[str, OpenId], name: str) -> OpenId:
    if guard.accounts is None or name not in known:
        flask.abort(404)
    return known[name]


def _back(name: str) -> str:
    return f"{flask.request.url_root}sign-in/{name}/return"


def _turned_away(guard: Guard, app: Dash, there: str, error: ProviderError) -> flask.Response:
    """The form again, and what happened; the reason goes to the log only."""
    LOG.warning("sign-in by a provider: %s", error)
    status = {"down": 503, "stranger": 403}.get(error.key, 400)
    answer = form(guard, app, there, status=status, said=f"entrance.provider.{error.key}")
    answer.delete_cookie(COOKIE, path=PATH)
    return answer


def register(server: flask.Flask, guard: Guard, app: Dash, known: dict[str, OpenId]) -> None:
    """Serve the way to every provider and back."""
    server.add_url_rule("/sign-in/<name>", "provider_leave", partial(leave, guard, app, known))
    server.add_url_rule("/sign-in/<name>/return", "provider_return", partial(come_back, guard, app, known))
