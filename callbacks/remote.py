"""The remote of a room: a page for a phone that says what stands, and the acts by which one leads all its screens."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from html import escape

import flask
from dash import Dash

from callbacks import emblem
from callbacks.acts import at_this_machine
from callbacks.alerts import notices
from callbacks.asker import asker
from callbacks.first_paint import FONTS, PRELOAD
from callbacks.guard import COOKIE
from callbacks.rooms import hanging
from callbacks.session import chosen_language, chosen_theme
from callbacks.spot import Spot
from callbacks.walls import HEARTBEAT, Walls, milliseconds
from data.catalogue import Room
from data.kpis.scope import scope_of
from data.messages import t
from data.walls.hand import ACTS, Hand, HandError, laid, standing
from data.walls.programme import ENDED, Programme
from layouts.alerts import event_name
from layouts.html import render
from layouts.wall import remote as layout

SHEETS = ("tokens.css", "app.css", "rooms.css", "remote.css")
SCRIPTS = ("lay.js", "remote.js")
RELEASE = "release"
HEAD = """<!doctype html>
<html lang="{language}" data-theme="{theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" type="image/svg+xml" href="{emblem}">
{fonts}
{css}
{scripts}
</head>
<body data-home="{home}">{body}</body>
</html>"""


def page(walls: Walls, app: Dash, name: str) -> flask.Response:
    """The whole page; it works without a script too."""
    room, language = _room(walls, name), chosen_language(walls.catalogue.city.language)
    return _page(walls, app, room, language, "")


def _page(walls: Walls, app: Dash, room: Room, language: str, said: str) -> flask.Response:
    address = app.get_asset_url
    html = HEAD.format(
        language=language, theme=chosen_theme(), emblem=emblem.PATH, home=f"/rooms/{room.id}",
        title=escape(f"{room.name.get(language)} · {t(language, 'remote.title')}"),
        fonts="\n".join(PRELOAD.format(address=address(f"fonts/{font}")) for font in FONTS),
        css="\n".join(f'<link rel="stylesheet" href="{address(sheet)}">' for sheet in SHEETS),
        scripts="\n".join(f'<script defer src="{address(script)}"></script>' for script in SCRIPTS),
        body=render(layout.remote(_shown(walls, room, language, said), language)),
    )  # fmt: skip
    return _fresh(flask.Response(html, 409 if said else 200, mimetype="text/html"))


def now(walls: Walls, name: str) -> flask.Response:
    """What the page holds now, to be laid over it."""
    room, language = _room(walls, name), chosen_language(walls.catalogue.city.language)
    markup = render(layout.held(_shown(walls, room, language, ""), language))
    return _fresh(flask.Response(markup, mimetype="text/html"))


def stream(walls: Walls, name: str) -> flask.Response:
    """Wakes the page whenever the room's walls are woken."""
    hung = _hung(walls, _room(walls, name))
    token = flask.request.cookies.get(COOKIE, "")
    return walls.watch.answer(lambda: walls.guard.asker(token) is not None, partial(walls.wakes, hung), HEARTBEAT)


def act(walls: Walls, app: Dash, name: str, act: str) -> flask.Response:
    """Lead a room: 403 for a demonstration that is not at this machine, 409 while an alert has its walls."""
    room, hands, at = _room(walls, name), walls.hands, walls.now
    if hands is None or act not in (*ACTS, RELEASE):
        flask.abort(404)
    if not may():
        flask.abort(403)
    if act == RELEASE:
        hands.release(room.id)
    else:
        plan, who, pick = programme(walls, room), asker().display[:64], flask.request.args.get("scene", "")
        try:
            hands.lay(room.id, at, lambda hand: laid(act, plan, hand, room, who, at, pick))
        except HandError as error:
            return _page(walls, app, room, chosen_language(walls.catalogue.city.language), str(error))
    walls.watch.wake()
    return flask.redirect(f"/rooms/{room.id}", 303)


def may() -> bool:
    """Whether whoever asks may lead rooms: the guard has looked at people; a demonstration is led from its machine."""
    return asker().session is not None or at_this_machine()


def programme(walls: Walls, room: Room) -> Programme:
    """What the screens of a room go through, whatever of it who leads them may see themselves."""
    showing = walls.showing(_hung(walls, room))
    return walls.programme(showing, showing.sight(scope_of(walls.catalogue)))


def _shown(walls: Walls, room: Room, language: str, said: str) -> layout.Remote:
    at, plan = walls.now, programme(walls, room)
    hand = walls.hand(_hung(walls, room))
    here = standing(plan, hand, at)
    boards, scenes = walls.catalogue.boards, walls.catalogue.playlists[room.playlist].scenes
    names = [boards[scenes[turn.place].board].name.get(language) if turn.place is not None else ""
             for turn in plan.turns]  # fmt: skip
    turn, after = plan.turns[here.turn], (here.turn + 1) % len(plan.turns)
    sight = walls.showing(_hung(walls, room)).sight(scope_of(walls.catalogue))
    alarms = [event_name(notice, language) for notice in notices(sight, plan.alarms, language)] if plan.taken else []
    picks = {one.scene: layout.Pick(one.scene, name, one.scene == turn.scene)
             for one, name in zip(plan.turns, names, strict=True)}  # fmt: skip
    return layout.Remote(
        room=room.id, name=room.name.get(language), at=milliseconds(at), scene=names[here.turn],
        after=names[after] if len(plan.turns) > 1 else "", picks=() if plan.taken else tuple(picks.values()),
        still=hand.act if hand is not None and here.still else "",
        turns_at=_turns_at(hand, here.still, at, turn.seconds - here.spent),
        who=hand.who if hand is not None else None, mine=hand is not None and hand.who == asker().display[:64] != "",
        ends=hand.until if hand is not None else None, alarm=", ".join(alarms),
        over=plan.turns[0].scene == ENDED, may=may(), said=said,
        places=hanging(walls.guard, room, at, language), pause=room.pause // 60, pin=room.pin // 60,
    )  # fmt: skip


def _turns_at(hand: Hand | None, still: bool, at: datetime, left: float) -> int:
    """When what stands changes by itself, in milliseconds of the city's clock."""
    return milliseconds(hand.held_until) if hand is not None and still else milliseconds(at) + round(left * 1000)


def _hung(walls: Walls, room: Room) -> Spot:
    return Spot(walls.catalogue.playlists[room.playlist], room)


def _room(walls: Walls, name: str) -> Room:
    room = walls.catalogue.rooms.get(name)
    if room is None:
        flask.abort(404)
    return room


def _fresh(answer: flask.Response) -> flask.Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer


def register(server: flask.Flask, app: Dash, walls: Walls) -> None:
    """Serve the remote of every room at /rooms/<room>."""
    server.add_url_rule("/rooms/<name>", "remote", partial(page, walls, app))
    server.add_url_rule("/rooms/<name>/now", "remote_now", partial(now, walls))
    server.add_url_rule("/rooms/<name>/stream", "remote_stream", partial(stream, walls))
    server.add_url_rule("/rooms/<name>/<act>", "remote_act", partial(act, walls, app), methods=["POST"])
