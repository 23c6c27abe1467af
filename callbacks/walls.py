"""Walls: scenes drawn once for all screens that show them, the programme they follow, the stream that wakes them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from html import escape
from typing import Any

import flask
from dash import Dash

from callbacks import emblem
from callbacks.asker import asker
from callbacks.first_paint import FONTS, PRELOAD
from callbacks.guard import COOKIE, SCREEN_COOKIE, Guard
from callbacks.pages import Pages
from callbacks.scenes import drawn
from callbacks.session import Session, session
from callbacks.sheets import Key, Sheet, Sheets
from callbacks.spot import Spot, given, spot
from callbacks.stream import Watch
from data.alerts.event import Event
from data.catalogue import Catalogue, Playlist
from data.kpis.sight import Sight
from data.messages import t
from data.walls.hand import Hand, led_from, standing
from data.walls.hands import Hands
from data.walls.programme import FAREWELL, Programme, programme
from data.walls.screens import Screen
from layouts import absent
from layouts.html import render
from layouts.wall.page import Wall, glyphs, lamps, wall, words
from layouts.wall.stage import seconds

SHEETS = ("tokens.css", "app.css", "board.css", "figure.css", "scorecard.css", "tile.css", "wall.css")
SCRIPTS = ("lay.js", "wall.js")
HEARTBEAT = 10.0
HANDS = "hands"
DAYLIGHT = ("06:00", "17:30")
REDRAWN = 5  # minutes after which a scene is drawn anew though nothing came: what lasts, lasts longer
HEAD = """<!doctype html>
<html lang="{language}" data-theme="{theme}" data-density="wall" data-state="{state}"{dimmed}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" type="image/svg+xml" href="{emblem}">
{fonts}
{css}
{scripts}
</head>
<body data-told="{told}" data-words="{words}" data-glyphs="{glyphs}">{body}</body>
</html>"""


@dataclass(frozen=True, slots=True)
class Walls:
    """Every wall of a city."""

    pages: Pages
    watch: Watch
    guard: Guard
    sheets: Sheets = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sheets", Sheets(partial(drawn, self)))
        held = {"events": self.pages.events, "screens": self.guard.screens, HANDS: self.hands}
        self.watch.revisions.update({name: kept.revision for name, kept in held.items() if kept is not None})

    @property
    def hands(self) -> Hands | None:
        """Who holds the remote of which room; None without a state."""
        return None if self.guard.screens is None else Hands(self.guard.screens.state)

    @property
    def catalogue(self) -> Catalogue:
        """What the city decided."""
        return self.pages.service.catalogue

    @property
    def now(self) -> datetime:
        """The city's clock."""
        return self.pages.service.clock.now()

    def playlist(self, name: str) -> Playlist | None:
        """A playlist by its id, if there is one."""
        return self.catalogue.playlists.get(name)

    def mark(self) -> str:
        """What the scenes of a wall depend on: data, events, and how long ago they were drawn."""
        now, revised = self.now, self.watch.revised
        known = (said for name, said in revised.items() if name != HANDS)
        return ".".join((str(self.watch.reader.number), *known, f"{now:%H}{now.minute // REDRAWN}"))

    def wakes(self, hung: Spot, mark: str = "") -> str:
        """What wakes a wall: the mark of its scenes, and in a room the hand, which moves them and draws none anew."""
        known = mark or self.mark()
        return known if hung.room is None else f"{known}.{self.watch.revised.get(HANDS, '')}"

    def hand(self, hung: Spot) -> Hand | None:
        """The hand on the room of a wall."""
        return None if hung.room is None or self.hands is None else self.hands.of(hung.room.id, self.now)

    def events(self) -> list[Event]:
        """Those that last and those that ended so lately that a wall says so."""
        held = self.pages.events
        return [] if held is None else [*held.open(), *held.ended(self.now - FAREWELL)]

    def programme(self, playlist: Playlist, sight: Sight) -> Programme:
        """What a playlist goes through now, as far as its reader may see the boards."""
        catalogue, now = sight.catalogue, self.now
        works = self.pages.service.working.is_working(now.date())
        return programme(playlist, catalogue.boards, catalogue.alerts, self.events(), now, works)

    def sight(self, reader: Session) -> Sight:
        """The city as a reader may see it."""
        return Sight(self.pages.service, reader.grant.scope)

    def scene(self, hung: Spot, name: str, reader: Session, mark: str) -> Sheet:
        """A scene as markup, drawn now if it is not held."""
        path = f"{hung.playlist.id}/{name}"
        return self.sheets.at(Key(path, hung.show, reader.language, "dark", mark, reader.grant))

    def told(self, hung: Spot, reader: Session, have: dict[str, str], first: str = "") -> dict[str, Any]:
        """All a screen has to know: programme, and the scenes that are not as it has them.

        Of ``first``, the scene that stands there, nothing waits for the others to be drawn: the screen asks again.
        """
        mark, now = self.mark(), self.now
        woken, sight = self.wakes(hung, mark), self.sight(reader)
        plan = self.programme(hung.playlist, sight)
        names = [turn.scene for turn in plan.turns]
        part = first in names and len(set(names)) > 1
        asked = [first] if part else names
        scenes = {name: self.scene(hung, name, reader, mark) for name in asked}
        return self.summary(hung, plan, sight, reader, woken) | {
            "now": milliseconds(now),
            "part": part,
            "scenes": {
                name: [digest(held), held.markup] for name, held in scenes.items() if digest(held) != have.get(name)
            },
            "lamps": render(lamps(sight.sources(), reader.language)),
        }

    def summary(self, hung: Spot, plan: Programme, sight: Sight, reader: Session, woken: str) -> dict[str, Any]:
        """The programme as a screen follows it; in a room with the hand that is on it."""
        boards, playlist = sight.catalogue.boards, hung.playlist
        names = {turn.scene: boards[playlist.scenes[turn.place].board].name.get(reader.language)
                 for turn in plan.turns if turn.place is not None}  # fmt: skip
        turns = [[turn.scene, turn.seconds, names.get(turn.scene, "")] for turn in plan.turns]
        return {
            "mark": woken, "state": plan.state, "dimmed": plan.dimmed, "turns": turns,
            "now": milliseconds(self.now), "reload": playlist.reload, "home": hung.home,
            "room": hung.room is not None, "hand": _held(plan, self.hand(hung), self.now),
            "theme": _theme(self) if asker().screen is not None else "", "language": reader.language,
        }  # fmt: skip


def _held(plan: Programme, hand: Hand | None, now: datetime) -> dict[str, Any] | None:
    """A hand as a screen follows it: seconds into the programme, until when they stand still, and when it ends."""
    begins = led_from(plan, hand, now)
    if hand is None or begins is None:
        return None
    return {"act": hand.act, "from": begins, "still": milliseconds(hand.held_until), "until": milliseconds(hand.until)}


def milliseconds(at: datetime) -> int:
    """Milliseconds since 1970 by the city's own clock: a screen shows them as they are, wherever it believes to be."""
    return seconds(at) * 1000 + at.microsecond // 1000


def digest(sheet: Sheet) -> str:
    """A short name of what a scene shows."""
    return hashlib.sha256(sheet.markup.encode()).hexdigest()[:12]


def page(walls: Walls, app: Dash, name: str, letter: str = "", screen: Screen | None = None) -> flask.Response:
    """A wall as its first answer: the scene that stands, with its numbers; of a paired screen as it was decided."""
    hung = given(walls.catalogue, screen.choice) if screen is not None else spot(walls.catalogue, name, letter)
    reader = _reader(walls)
    if hung is None:
        return flask.Response(render(absent.page(reader.language)), 404)
    now, sight, mark = walls.now, walls.sight(reader), walls.mark()
    woken, plan = walls.wakes(hung, mark), walls.programme(hung.playlist, sight)
    turn = plan.turns[standing(plan, walls.hand(hung), now).turn]
    held = walls.scene(hung, turn.scene, reader, mark)
    sources = sight.sources()
    simulated = any(state.source.authority == "simulated" for state in sources)
    city = walls.guard.catalogue.city
    told = Wall(city, now, reader.language, turn.scene, held.markup, simulated, _named(hung, reader.language))
    summed = walls.summary(hung, plan, sight, reader, woken) | {
        "screen": screen is not None,
        "have": {turn.scene: digest(held)},
    }
    address, title = app.get_asset_url, f"{t(reader.language, 'wall.title')} · {city.name.get(reader.language)}"
    html = HEAD.format(
        language=reader.language, theme=_theme(walls),
        state=plan.state, dimmed=' data-dimmed="1"' if plan.dimmed else "", title=escape(title), emblem=emblem.PATH,
        fonts="\n".join(PRELOAD.format(address=address(f"fonts/{font}")) for font in FONTS),
        css="\n".join(f'<link rel="stylesheet" href="{address(sheet)}">' for sheet in SHEETS),
        scripts="\n".join(f'<script defer src="{address(script)}"></script>' for script in SCRIPTS),
        told=_attribute(summed), words=_attribute(words(reader.language)), glyphs=_attribute(glyphs()),
        body=render(wall(told, sources)),
    )  # fmt: skip
    return flask.Response(html, mimetype="text/html", headers={"Cache-Control": "no-store"})


def _reader(walls: Walls) -> Session:
    """Who looks: a screen in its own language, a person in theirs."""
    found = session(walls.guard.catalogue.city.language)
    screen = asker().screen
    return found if screen is None else replace(found, language=screen.choice.language)


def _theme(walls: Walls) -> str:
    """What a screen was given, by daylight if it follows the day; a person may ask for one."""
    screen = asker().screen
    wanted = flask.request.args.get("theme", "") if screen is None else screen.choice.theme
    if wanted == "daylight":
        return "light" if DAYLIGHT[0] <= f"{walls.now:%H:%M}" < DAYLIGHT[1] else "dark"
    return "light" if wanted == "light" else "dark"


def _attribute(held: Mapping[str, Any]) -> str:
    return escape(json.dumps(dict(held), ensure_ascii=False))


def scenes(walls: Walls, name: str, letter: str = "") -> flask.Response:
    """What a screen fetches when it has been woken; ``?have=scene:digest,…`` is left out."""
    hung = _shown(walls, name, letter)
    if hung is None:
        return flask.Response(status=404)
    pairs = (pair.partition(":") for pair in flask.request.args.get("have", "").split(",") if pair)
    have = {key: held for key, _, held in pairs}
    told = walls.told(hung, _reader(walls), have, flask.request.args.get("first", ""))
    body = json.dumps(told, ensure_ascii=False)
    return flask.Response(body, mimetype="application/json", headers={"Cache-Control": "no-store"})


def stream(walls: Walls, name: str, letter: str = "") -> flask.Response:
    """Wakes a screen: the mark of what it should show, and the city's time."""
    hung = _shown(walls, name, letter)
    if hung is None:
        return flask.Response(status=404)
    guard, cookies = walls.guard, flask.request.cookies
    token, screen = cookies.get(COOKIE, ""), cookies.get(SCREEN_COOKIE, "")
    lasts = partial(_lasts, guard, token, screen, asker().screen)
    wakes = partial(walls.wakes, hung)
    return walls.watch.answer(lasts, wakes, HEARTBEAT, lambda: str(milliseconds(walls.now)))


def _shown(walls: Walls, name: str, letter: str) -> Spot | None:
    """The spot of an address; a screen has one, and any other is none to it."""
    screen, found = asker().screen, spot(walls.catalogue, name, letter)
    return found if screen is None or found == given(walls.catalogue, screen.choice) else None


def _named(hung: Spot, language: str) -> tuple[str, str]:
    """The letter of a screen of a room, and its name for who cannot see where it hangs."""
    return (hung.place.id.upper(), hung.place.name.get(language)) if hung.place is not None else ("", "")


def _lasts(guard: Guard, token: str, screen: str, began: Screen | None) -> bool:
    """Whether whoever listens still may; a screen that was given something else to show comes again."""
    if began is None:
        return guard.asker(token) is not None
    held = guard.screens.known(screen) if guard.screens is not None else None
    return held is not None and held.choice == began.choice


def register(server: flask.Flask, app: Dash, walls: Walls) -> None:
    """Serve walls at /wall/<playlist>, and those of a room at /wall/<room>/<letter>."""
    for rule, more in (("/wall/<name>", ""), ("/wall/<name>/<letter>", "_place")):
        server.add_url_rule(rule, f"wall{more}", partial(page, walls, app))
        server.add_url_rule(f"{rule}/scenes", f"wall{more}_scenes", partial(scenes, walls))
        server.add_url_rule(f"{rule}/stream", f"wall{more}_stream", partial(stream, walls))
