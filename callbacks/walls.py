"""Walls: scenes drawn once for all screens that show them, the programme they follow, the stream that wakes them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from html import escape
from typing import Any

import flask
from dash import Dash

from callbacks import emblem
from callbacks.alerts import notices
from callbacks.asker import asker
from callbacks.boards import answers, tile_query
from callbacks.first_paint import FONTS, PRELOAD
from callbacks.guard import COOKIE, SCREEN_COOKIE, Guard
from callbacks.outlooks import forecasts
from callbacks.pages import Pages
from callbacks.session import Session, session
from callbacks.sheets import Key, Sheet, Sheets
from callbacks.stream import Watch
from data.alerts.event import Event
from data.calendar.upcoming import upcoming
from data.catalogue import Board, KpiTile, ListTile, Playlist
from data.kpis.result import KpiResult
from data.kpis.sight import Sight
from data.messages import t
from data.store.reader import NoSnapshot
from data.walls.programme import ALARM, ENDED, FAREWELL, Programme, programme, scene_name
from data.walls.screens import Screen
from layouts import absent
from layouts.alerts import Notice
from layouts.html import render
from layouts.wall.alarm import Alarm, alarm
from layouts.wall.page import Wall, glyphs, lamps, wall, words
from layouts.wall.stage import seconds, stage

SHEETS = ("tokens.css", "app.css", "board.css", "figure.css", "scorecard.css", "tile.css", "wall.css")
SCRIPTS = ("lay.js", "wall.js")
HEARTBEAT = 10.0
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
        if self.pages.events is not None:
            self.watch.revisions.append(self.pages.events.revision)
        if self.guard.screens is not None:
            self.watch.revisions.append(self.guard.screens.revision)

    @property
    def now(self) -> datetime:
        """The city's clock."""
        return self.pages.service.clock.now()

    def playlist(self, name: str) -> Playlist | None:
        """A playlist by its id, if there is one."""
        return self.pages.service.catalogue.playlists.get(name)

    def mark(self) -> str:
        """What the scenes of a wall depend on: data, events, and how long ago they were drawn."""
        now = self.now
        return ".".join((str(self.watch.reader.number), *self.watch.revised, f"{now:%H}{now.minute // REDRAWN}"))

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

    def scene(self, playlist: Playlist, name: str, reader: Session, mark: str) -> Sheet:
        """A scene as markup, drawn now if it is not held."""
        return self.sheets.at(Key(f"{playlist.id}/{name}", "", reader.language, "dark", mark, reader.grant))

    def told(self, playlist: Playlist, reader: Session, have: dict[str, str], first: str = "") -> dict[str, Any]:
        """All a screen has to know: programme, and the scenes that are not as it has them.

        Of ``first``, the scene that stands there, nothing waits for the others to be drawn: the screen asks again.
        """
        mark, now = self.mark(), self.now
        sight = self.sight(reader)
        plan = self.programme(playlist, sight)
        names = [turn.scene for turn in plan.turns]
        part = first in names and len(set(names)) > 1
        asked = [first] if part else names
        scenes = {name: self.scene(playlist, name, reader, mark) for name in asked}
        return self.summary(playlist, plan, sight, reader, mark) | {
            "now": milliseconds(now),
            "part": part,
            "scenes": {
                name: [digest(held), held.markup] for name, held in scenes.items() if digest(held) != have.get(name)
            },
            "lamps": render(lamps(sight.sources(), reader.language)),
        }

    def summary(self, playlist: Playlist, plan: Programme, sight: Sight, reader: Session, mark: str) -> dict[str, Any]:
        """The programme as a screen follows it."""
        boards = sight.catalogue.boards
        names = {turn.scene: boards[playlist.scenes[turn.place].board].name.get(reader.language)
                 for turn in plan.turns if turn.place is not None}  # fmt: skip
        turns = [[turn.scene, turn.seconds, names.get(turn.scene, "")] for turn in plan.turns]
        return {
            "mark": mark, "state": plan.state, "dimmed": plan.dimmed, "turns": turns,
            "now": milliseconds(self.now), "reload": playlist.reload, "playlist": playlist.id,
            "theme": _theme(self) if asker().screen is not None else "", "language": reader.language,
        }  # fmt: skip


def drawn(walls: Walls, key: Key) -> Sheet:
    """The scene of a key as markup."""
    playlist_id, _, name = key.path.partition("/")
    playlist = walls.playlist(playlist_id)
    reader = Session(key.language, "dark", key.grant)
    sight = walls.sight(reader)
    try:
        body = _alarm(walls, sight, playlist, name, key.language) if name in (ALARM, ENDED) else None
        if body is None and playlist is not None:
            body = _board(walls, sight, playlist, name, key.language)
    except NoSnapshot:
        body = None
    return Sheet(render(body or absent.waiting(key.language)), name, kept=body is not None)


def _board(walls: Walls, sight: Sight, playlist: Playlist, name: str, language: str) -> Any:
    place = next((place for place in range(len(playlist.scenes)) if scene_name(playlist, place) == name), 0)
    scene = playlist.scenes[place]
    board = sight.catalogue.boards[scene.board].staged
    search = f"?area={scene.area}" if scene.area else ""
    filled, _ = answers(sight, board, search, walls.pages.outlines, scene.filters)
    filled = replace(filled, wall=True, forecasts=forecasts(sight, filled.results, filled.now))
    lasting = notices(sight, [event for event in walls.events() if event.ended_at is None], language)
    ahead = max((item.ahead for row in board.rows for item in row if isinstance(item, ListTile)), default=0)
    city = sight.catalogue.city
    return stage(board, filled, lasting, upcoming(city, filled.now.date(), ahead), city, language)


def _alarm(walls: Walls, sight: Sight, playlist: Playlist | None, name: str, language: str) -> Any:
    """The scene of what is wrong; None when it is over since the programme was made."""
    if playlist is None:
        return None
    plan = walls.programme(playlist, sight)
    found = notices(sight, plan.alarms, language)
    over = name == ENDED
    if not found or over != (plan.turns[0].scene == ENDED):
        return None
    board = sight.catalogue.boards[found[0].rule.scene or ""].staged
    filled = replace(answers(sight, board, "", walls.pages.outlines)[0], wall=True)
    alarms = [Alarm(notice, _number(sight, notice, filled.now)) for notice in found]
    asked = {one.result.kpi.code: one.result for one in alarms if one.result is not None and not one.notice.part}
    filled = replace(filled, forecasts=forecasts(sight, {**filled.results, **asked}, filled.now))
    quiet = _quiet(sight, playlist, board, found, filled.now)
    return alarm(alarms, board, filled, quiet, sight.catalogue.city, language, over)


def _number(sight: Sight, notice: Notice, now: datetime) -> KpiResult | None:
    """The number an alert is about: of its area where it is of one."""
    if notice.kpi is None:
        return None
    asked = tile_query(notice.kpi, now)
    if notice.rule.by == "area":
        asked = replace(asked, area=notice.event.part)
    elif notice.rule.by is not None:
        asked = replace(asked, filters=((notice.rule.by, (notice.event.part,)),))
    (result,) = sight.ask([asked])
    return result


def _quiet(sight: Sight, playlist: Playlist, board: Board, found: Sequence[Notice], now: datetime) -> list[KpiResult]:
    """One number of each other domain: the first of each board of the playlist."""
    taken = {notice.kpi.domain for notice in found[:1] if notice.kpi is not None}
    asked = []
    for scene in playlist.scenes:
        held = sight.catalogue.boards.get(scene.board)
        if held is None or held.id == board.id:
            continue
        for item in (item for row in held.staged.rows for item in row if isinstance(item, KpiTile)):
            kpi = sight.catalogue.kpi(item.kpi)
            if kpi is not None and kpi.domain not in taken:
                taken.add(kpi.domain)
                asked.append(tile_query(kpi, now))
                break
    return sight.ask(asked[:4])


def milliseconds(at: datetime) -> int:
    """Milliseconds since 1970 by the city's own clock: a screen shows them as they are, wherever it believes to be."""
    return seconds(at) * 1000 + at.microsecond // 1000


def digest(sheet: Sheet) -> str:
    """A short name of what a scene shows."""
    return hashlib.sha256(sheet.markup.encode()).hexdigest()[:12]


def page(walls: Walls, app: Dash, name: str, screen: Screen | None = None) -> flask.Response:
    """A wall as its first answer: the scene that stands, with its numbers; of a paired screen as it was decided."""
    playlist = walls.playlist(name)
    reader = _reader(walls)
    if playlist is None:
        return flask.Response(render(absent.page(reader.language)), 404)
    now, sight, mark = walls.now, walls.sight(reader), walls.mark()
    plan = walls.programme(playlist, sight)
    turn = plan.at(seconds(now))
    held = walls.scene(playlist, turn.scene, reader, mark)
    sources = sight.sources()
    simulated = any(state.source.authority == "simulated" for state in sources)
    city = walls.guard.catalogue.city
    told = Wall(city, now, reader.language, turn.scene, held.markup, simulated)
    summed = walls.summary(playlist, plan, sight, reader, mark) | {
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


def scenes(walls: Walls, name: str) -> flask.Response:
    """What a screen fetches when it has been woken; ``?have=scene:digest,…`` is left out."""
    playlist = _shown(walls, name)
    if playlist is None:
        return flask.Response(status=404)
    pairs = (pair.partition(":") for pair in flask.request.args.get("have", "").split(",") if pair)
    told = walls.told(
        playlist, _reader(walls), {key: held for key, _, held in pairs}, flask.request.args.get("first", "")
    )
    body = json.dumps(told, ensure_ascii=False)
    return flask.Response(body, mimetype="application/json", headers={"Cache-Control": "no-store"})


def stream(walls: Walls, name: str) -> flask.Response:
    """Wakes a screen: the mark of what it should show, and the city's time."""
    if _shown(walls, name) is None:
        return flask.Response(status=404)
    guard, cookies = walls.guard, flask.request.cookies
    token, screen = cookies.get(COOKIE, ""), cookies.get(SCREEN_COOKIE, "")
    lasts = partial(_lasts, guard, token, screen, asker().screen)
    return walls.watch.answer(lasts, walls.mark, HEARTBEAT, lambda: str(milliseconds(walls.now)))


def _shown(walls: Walls, name: str) -> Playlist | None:
    """The playlist of an address; a screen has one, and any other is none to it."""
    screen = asker().screen
    return walls.playlist(name) if screen is None or screen.choice.playlist == name else None


def _lasts(guard: Guard, token: str, screen: str, began: Screen | None) -> bool:
    """Whether whoever listens still may; a screen that was given something else to show comes again."""
    if began is None:
        return guard.asker(token) is not None
    held = guard.screens.known(screen) if guard.screens is not None else None
    return held is not None and held.choice == began.choice


def register(server: flask.Flask, app: Dash, walls: Walls) -> None:
    """Serve walls at /wall/<playlist>."""
    server.add_url_rule("/wall/<name>", "wall", partial(page, walls, app))
    server.add_url_rule("/wall/<name>/scenes", "wall_scenes", partial(scenes, walls))
    server.add_url_rule("/wall/<name>/stream", "wall_stream", partial(stream, walls))
