"""The page of screens, and the forms by which their operator keeps them."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

import flask
from dash.development.base_component import Component

from callbacks.asker import asker
from callbacks.guard import Guard
from callbacks.spot import spot
from data.catalogue import LANGUAGES
from data.kpis.sight import Sight
from data.messages import t
from data.walls.programme import ALARM, ENDED
from data.walls.screens import Choice, ScreenError, Screens
from layouts import screens as layout


def page(sight: Sight, guard: Guard, asked: dict[str, str], language: str) -> Component | None:
    """The page of screens; None where no screen can be paired."""
    if guard.screens is None:
        return None
    now = sight.clock.now()
    found = [
        layout.Shown(
            one.id, one.choice.name, one.choice.room, one.choice.playlist, one.choice.theme, one.choice.language,
            _scene(sight, one.scene, language), one.size, one.standing(now), one.seen_at, one.frame_at,
            one.paired_at, one.paired_by, one.choice.place,
        )
        for one in guard.screens.all()
    ]  # fmt: skip
    playlists = {key: held.name.get(language) for key, held in sight.catalogue.playlists.items()}
    said = asked.get("said", "")
    known = said if said in SAID else ""
    typed = {name: asked[name][:LONGEST] for name in TYPED if name in asked}
    places = {f"{room.id}/{place.id}": f"{place.id.upper()} · {place.name.get(language)}, {room.name.get(language)}"
              for room in sight.catalogue.rooms.values() for place in room.places}  # fmt: skip
    return layout.screens(found, playlists, places, now, known, typed, language)


def _scene(sight: Sight, scene: str, language: str) -> str:
    """The name of the board a screen shows; of an alert, what it is."""
    board = sight.catalogue.boards.get(scene.rsplit("-", 1)[0]) or sight.catalogue.boards.get(scene)
    if board is not None:
        return board.name.get(language)
    return t(language, "screens.alarm") if scene in (ALARM, ENDED) else scene


SAID = ("done.paired", "done.changed", "done.revoked", "code", "name", "theme", "playlist")
TYPED = ("code", "name", "room", "playlist", "theme", "language")  # the form of pairing
LONGEST = 64  # letters of each


def pair(guard: Guard) -> flask.Response:
    """Pair the screen whose code was typed."""
    form = flask.request.form
    code = form.get("code", "").replace(" ", "")
    try:
        screen = _screens(guard).pair(code, _choice(guard), asker().name, guard.clock.now())
    except ScreenError as error:
        return _back(str(error), **{name: form[name][:LONGEST] for name in TYPED if name in form})
    return _back("done.paired", f"#screen-{screen.id}")


def act(guard: Guard, number: int, name: str) -> flask.Response:
    """Change or revoke a screen; 404 for one there is none of."""
    try:
        if name == "change":
            _screens(guard).change(number, _choice(guard))
        elif name == "revoke":
            _screens(guard).revoke(number, guard.clock.now())
        else:
            flask.abort(404)
    except KeyError:
        flask.abort(404)
    except ScreenError as error:
        return _back(str(error))
    return _back("done.changed" if name == "change" else "done.revoked")


def _screens(guard: Guard) -> Screens:
    if guard.screens is None:
        flask.abort(404)
    return guard.screens


def _choice(guard: Guard) -> Choice:
    form = flask.request.form
    shows, language = form.get("playlist", ""), form.get("language", "")
    hung = spot(guard.catalogue, *shows.split("/", 1))
    if hung is None:
        raise ScreenError("playlist")
    language = language if language in LANGUAGES else guard.catalogue.city.language
    theme, place = form.get("theme", "dark"), shows if hung.place is not None else ""
    return Choice(form.get("name", ""), hung.playlist.id, theme, language, form.get("room", ""), place)


def _back(said: str, anchor: str = "", **more: str) -> flask.Response:
    return flask.redirect(f"/screens?{urlencode({'said': said, **more})}{anchor}", 303)


def register(server: flask.Flask, guard: Guard) -> None:
    """Serve the forms."""
    server.add_url_rule("/screens/pair", "screen_pair", partial(pair, guard), methods=["POST"])
    server.add_url_rule("/screens/<int:number>/<name>", "screen_act", partial(act, guard), methods=["POST"])
