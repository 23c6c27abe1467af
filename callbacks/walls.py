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
from callbacks.echo import Echo
from callbacks.first_paint import FONTS, PRELOAD
from callbacks.guard import COOKIE, SCREEN_COOKIE, Guard
from callbacks.pages import Pages
from callbacks.scenes import drawn
from callbacks.session import Session, session
from callbacks.sheets import Key, Sheet, Sheets
from callbacks.spot import Spot, given, spot
from callbacks.stream import Watch
from callbacks.theatre import Showing, Theatre
from data.catalogue import Catalogue
from data.kpis.sight import Sight
from data.messages import t
from data.remarks.remarks import Remarks
from data.walls.hand import Hand, led_from, standing
from data.walls.hands import Hands
from data.walls.programme import Programme, programme
from data.walls.screens import Screen
from layouts import absent
from layouts.html import render
from layouts.wall.exercise import ceased
from layouts.wall.page import Wall, glyphs, lamps, times, wall, words
from layouts.wall.stage import seconds

SHEETS = (
    "tokens.css",
    "app.css",
    "board.css",
    "figure.css",
    "scorecard.css",
    "tile.css",
    "wall.css",
    "wall_exercise.css",
)
SCRIPTS = ("lay.js", "wall.js")
HEARTBEAT = 10.0
HANDS, PLAYED = "hands", "exercises"  # what wakes walls and draws none of the city's scenes anew
TOGETHER = 2.0  # seconds for which walls that ask the same are given one answer
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
    theatre: Theatre
    sheets: Sheets = field(init=False)
    rehearsed: Sheets = field(init=False)  # of exercises, whose marks are others
    answers: Echo = field(default_factory=Echo)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sheets", Sheets(partial(drawn, self)))
        object.__setattr__(self, "rehearsed", Sheets(partial(drawn, self)))
        held = {"events": self.pages.events, "screens": self.guard.screens, "remarks": self.remarks,
                HANDS: self.hands, PLAYED: self.theatre}  # fmt: skip
        self.watch.revisions.update({name: kept.revision for name, kept in held.items() if kept is not None})

    @property
    def hands(self) -> Hands | None:
        """Who holds the remote of which room; None without a state."""
        return None if self.guard.screens is None else Hands(self.guard.screens.state)

    @property
    def remarks(self) -> Remarks | None:
        """What people wrote beside numbers; None without a state."""
        return None if self.guard.screens is None else Remarks(self.guard.screens.state)

    @property
    def catalogue(self) -> Catalogue:
        """What the city decided."""
        return self.pages.service.catalogue

    @property
    def now(self) -> datetime:
        """The city's clock."""
        return self.pages.service.clock.now()

    def showing(self, hung: Spot) -> Showing:
        """What the walls of a playlist show: the city, or an exercise."""
        showing = self.theatre.shown(hung.playlist.id)
        if showing is None:
            raise KeyError(hung.playlist.id)
        return showing

    def mark(self, showing: Showing) -> str:
        """What the scenes of a wall depend on: data, events, remarks, when they were drawn; steps of an exercise."""
        if showing.run is not None:
            return f"x{showing.step}"
        now, revised, over = self.now, self.watch.revised, self.theatre.over(showing.playlist.id)
        known = [said for name, said in revised.items() if name not in (HANDS, PLAYED)]
        parts = (str(self.watch.number), *known, f"{now:%H}{now.minute // REDRAWN}")
        return ".".join((*parts, over[1]) if over else parts)

    def wakes(self, hung: Spot, mark: str = "") -> str:
        """What wakes a wall: the mark of its scenes, and in a room the hand, which moves them and draws none anew."""
        known = mark or self.mark(self.showing(hung))
        return known if hung.room is None else f"{known}.{self.watch.revised.get(HANDS, '')}"

    def hand(self, hung: Spot) -> Hand | None:
        """The hand on the room of a wall."""
        return None if hung.room is None or self.hands is None else self.hands.of(hung.room.id, self.now)

    def programme(self, showing: Showing, sight: Sight) -> Programme:
        """What a playlist goes through now, as far as its reader may see the boards."""
        catalogue, now = sight.catalogue, showing.now
        works = showing.service.working.is_working(now.date())
        return programme(showing.playlist, catalogue.boards, catalogue.alerts, showing.happening(), now, works)

    def scene(self, hung: Spot, showing: Showing, name: str, reader: Session, mark: str) -> Sheet:
        """A scene as markup, drawn now if it is not held."""
        path, run = f"{showing.playlist.id}/{name}", showing.run
        sheets, of = (self.sheets, hung.show) if run is None else (self.rehearsed, f"{hung.show}/{run.id}")
        return sheets.at(Key(path, of, reader.language, "dark", mark, reader.grant))

    def told(self, hung: Spot, reader: Session, have: dict[str, str], first: str = "") -> dict[str, Any]:
        """All a screen has to know: programme, and the scenes that are not as it has them.

        Of ``first``, the scene that stands there, nothing waits for the others to be drawn: the screen asks again.
        """
        showing = self.showing(hung)
        mark, sight = self.mark(showing), showing.sight(reader.grant.scope)
        plan = self.programme(showing, sight)
        names = [turn.scene for turn in plan.turns]
        part = first in names and len(set(names)) > 1
        asked = [first] if part else names
        scenes = {name: self.scene(hung, showing, name, reader, mark) for name in asked}
        return self.summary(hung, showing, plan, sight, reader, self.wakes(hung, mark)) | {
            "part": part,
            "times": render(times(sight.catalogue.city, showing.now, reader.language)),
            "scenes": {
                name: [digest(held), held.markup] for name, held in scenes.items() if digest(held) != have.get(name)
            },
            "lamps": render(lamps(sight.sources(), reader.language)),
        }

    def summary(
        self, hung: Spot, showing: Showing, plan: Programme, sight: Sight, reader: Session, woken: str
    ) -> dict[str, Any]:
        """The programme as a screen follows it; in a room with the hand that is on it. Turns go by the city's clock, in
        an exercise too, whose own ``now`` is where its script has come to."""
        boards, playlist, over = sight.catalogue.boards, showing.playlist, self.theatre.over(showing.playlist.id)
        names = {turn.scene: boards[playlist.scenes[turn.place].board].name.get(reader.language)
                 for turn in plan.turns if turn.place is not None}  # fmt: skip
        turns = [[turn.scene, turn.seconds, names.get(turn.scene, "")] for turn in plan.turns]
        return {
            "mark": woken, "state": plan.state, "dimmed": plan.dimmed, "turns": turns,
            "reload": playlist.reload, "home": hung.home,
            "room": hung.room is not None, "hand": _held(plan, self.hand(hung), self.now),
            "theme": _theme(self) if asker().screen is not None else "", "language": reader.language,
            "exercise": milliseconds(showing.now) if showing.run is not None else 0,
            "ceased": ceased(*over, reader.language) if over is not None and showing.run is None else "",
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
    showing = walls.showing(hung)
    mark, sight = walls.mark(showing), showing.sight(reader.grant.scope)
    plan = walls.programme(showing, sight)
    turn = plan.turns[standing(plan, walls.hand(hung), walls.now).turn]
    held = walls.scene(hung, showing, turn.scene, reader, mark)
    sources = sight.sources()
    simulated = any(state.source.authority == "simulated" for state in sources)
    city, named = walls.guard.catalogue.city, _named(hung, reader.language)
    summed = walls.summary(hung, showing, plan, sight, reader, walls.wakes(hung, mark))
    told = Wall(city, showing.now, reader.language, turn.scene, held.markup, simulated, named, summed["ceased"])
    summed |= {
        "now": milliseconds(walls.now),
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
    reader, asked, first = _reader(walls), flask.request.args.get("have", ""), flask.request.args.get("first", "")
    theme = _theme(walls) if asker().screen is not None else ""
    slot = walls.watch.clock.monotonic() // TOGETHER
    body = walls.answers.at(
        (hung.home, reader.language, theme, reader.grant, asked, first, walls.wakes(hung), slot),
        lambda: _answer(walls, hung, reader, asked, first),
    )
    answer = flask.Response(body, mimetype="application/json", headers={"Cache-Control": "no-store"})
    answer.set_etag(hashlib.sha256(body).hexdigest())  # so that it is compressed once
    return answer


def _answer(walls: Walls, hung: Spot, reader: Session, asked: str, first: str) -> bytes:
    pairs = (pair.partition(":") for pair in asked.split(",") if pair)
    told = walls.told(hung, reader, {key: held for key, _, held in pairs}, first)
    return json.dumps(told, ensure_ascii=False).encode()


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
