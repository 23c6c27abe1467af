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
from callbacks.theatre import Showing, Theatre
from data.calendar.upcoming import upcoming
from data.catalogue import Board, KpiTile, ListTile, Playlist
from data.kpis.result import KpiResult
from data.kpis.sight import Sight
from data.messages import t
from data.store.reader import NoSnapshot
from data.walls.programme import ALARM, ENDED, Programme, programme, scene_name
from data.walls.screens import Screen
from layouts import absent
from layouts.alerts import Notice
from layouts.html import render
from layouts.wall.alarm import Alarm, alarm
from layouts.wall.exercise import ceased, marked
from layouts.wall.page import Wall, glyphs, lamps, times, wall, words
from layouts.wall.stage import seconds, stage

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

    def __post_init__(self) -> None:
        object.__setattr__(self, "sheets", Sheets(partial(drawn, self)))
        object.__setattr__(self, "rehearsed", Sheets(partial(drawn, self)))
        self.watch.stirs.append(self.theatre.revision)
        if self.pages.events is not None:
            self.watch.revisions.append(self.pages.events.revision)
        if self.guard.screens is not None:
            self.watch.revisions.append(self.guard.screens.revision)

    @property
    def now(self) -> datetime:
        """The city's clock."""
        return self.pages.service.clock.now()

    def mark(self, showing: Showing) -> str:
        """What the scenes of a wall depend on: data, events, and how long ago they were drawn; steps of an exercise."""
        if showing.run is not None:
            return f"x{showing.step}"
        now, over = self.now, self.theatre.over(showing.playlist.id)
        parts = (str(self.watch.reader.number), *self.watch.revised, f"{now:%H}{now.minute // REDRAWN}")
        return ".".join((*parts, over[1]) if over else parts)

    def programme(self, showing: Showing, sight: Sight) -> Programme:
        """What a playlist goes through now, as far as its reader may see the boards."""
        catalogue, now = sight.catalogue, showing.now
        works = showing.service.working.is_working(now.date())
        return programme(showing.playlist, catalogue.boards, catalogue.alerts, showing.happening(), now, works)

    def scene(self, showing: Showing, name: str, reader: Session, mark: str) -> Sheet:
        """A scene as markup, drawn now if it is not held."""
        path, run = f"{showing.playlist.id}/{name}", showing.run
        sheets = self.sheets if run is None else self.rehearsed
        return sheets.at(Key(path, str(run.id) if run else "", reader.language, "dark", mark, reader.grant))

    def told(self, showing: Showing, reader: Session, have: dict[str, str], first: str = "") -> dict[str, Any]:
        """All a screen has to know: programme, and the scenes that are not as it has them.

        Of ``first``, the scene that stands there, nothing waits for the others to be drawn: the screen asks again.
        """
        mark = self.mark(showing)
        sight = showing.sight(reader.grant.scope)
        plan = self.programme(showing, sight)
        names = [turn.scene for turn in plan.turns]
        part = first in names and len(set(names)) > 1
        asked = [first] if part else names
        scenes = {name: self.scene(showing, name, reader, mark) for name in asked}
        return self.summary(showing, plan, sight, reader, mark) | {
            "part": part,
            "times": render(times(sight.catalogue.city, showing.now, reader.language)),
            "scenes": {
                name: [digest(held), held.markup] for name, held in scenes.items() if digest(held) != have.get(name)
            },
            "lamps": render(lamps(sight.sources(), reader.language)),
        }

    def summary(self, showing: Showing, plan: Programme, sight: Sight, reader: Session, mark: str) -> dict[str, Any]:
        """The programme as a screen follows it. Turns go by the city's clock, in an exercise too, whose own ``now`` is
        where its script has come to."""
        boards, playlist, over = sight.catalogue.boards, showing.playlist, self.theatre.over(showing.playlist.id)
        names = {turn.scene: boards[playlist.scenes[turn.place].board].name.get(reader.language)
                 for turn in plan.turns if turn.place is not None}  # fmt: skip
        turns = [[turn.scene, turn.seconds, names.get(turn.scene, "")] for turn in plan.turns]
        return {
            "mark": mark, "state": plan.state, "dimmed": plan.dimmed, "turns": turns,
            "now": milliseconds(self.now), "reload": playlist.reload, "playlist": playlist.id,
            "theme": _theme(self) if asker().screen is not None else "", "language": reader.language,
            "exercise": milliseconds(showing.now) if showing.run is not None else 0,
            "ceased": ceased(*over, reader.language) if over is not None and showing.run is None else "",
        }  # fmt: skip


def drawn(walls: Walls, key: Key) -> Sheet:
    """The scene of a key as markup; of an exercise with its mark, whatever there is to show."""
    playlist_id, _, name = key.path.partition("/")
    showing = walls.theatre.shown(playlist_id) if key.search else walls.theatre.real(playlist_id)
    if showing is None or (key.search and (showing.run is None or str(showing.run.id) != key.search)):
        return Sheet(render(absent.waiting(key.language)), name)
    sight = showing.sight(key.grant.scope)
    try:
        body = _alarm(walls, showing, sight, name, key.language) if name in (ALARM, ENDED) else None
        if body is None:
            body = _board(showing, sight, name, key.language)
    except NoSnapshot:
        body = None
    shown = body or absent.waiting(key.language)
    if showing.run is not None and showing.exercise is not None:
        shown = marked(shown, showing.exercise, showing.now, showing.run.speed, name, key.language)
    return Sheet(render(shown), name, kept=body is not None)


def _board(showing: Showing, sight: Sight, name: str, language: str) -> Any:
    playlist = showing.playlist
    place = next((place for place in range(len(playlist.scenes)) if scene_name(playlist, place) == name), 0)
    scene = playlist.scenes[place]
    board = sight.catalogue.boards[scene.board].staged
    search = f"?area={scene.area}" if scene.area else ""
    filled, _ = answers(sight, board, search, showing.outlines, scene.filters)
    filled = replace(filled, wall=True, forecasts=forecasts(sight, filled.results, filled.now))
    lasting = notices(sight, [event for event in showing.happening() if event.ended_at is None], language)
    ahead = max((item.ahead for row in board.rows for item in row if isinstance(item, ListTile)), default=0)
    city = sight.catalogue.city
    return stage(board, filled, lasting, upcoming(city, filled.now.date(), ahead), city, language)


def _alarm(walls: Walls, showing: Showing, sight: Sight, name: str, language: str) -> Any:
    """The scene of what is wrong; None when it is over since the programme was made."""
    plan = walls.programme(showing, sight)
    found = notices(sight, plan.alarms, language)
    over = name == ENDED
    if not found or over != (plan.turns[0].scene == ENDED):
        return None
    board = sight.catalogue.boards[found[0].rule.scene or ""].staged
    filled = replace(answers(sight, board, "", showing.outlines)[0], wall=True)
    alarms = [Alarm(notice, _number(sight, notice, filled.now)) for notice in found]
    asked = {one.result.kpi.code: one.result for one in alarms if one.result is not None and not one.notice.part}
    filled = replace(filled, forecasts=forecasts(sight, {**filled.results, **asked}, filled.now))
    quiet = _quiet(sight, showing.playlist, board, found, filled.now)
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
    showing = walls.theatre.shown(name)
    reader = _reader(walls)
    if showing is None:
        return flask.Response(render(absent.page(reader.language)), 404)
    sight, mark = showing.sight(reader.grant.scope), walls.mark(showing)
    plan = walls.programme(showing, sight)
    turn = plan.at(seconds(walls.now))
    held = walls.scene(showing, turn.scene, reader, mark)
    sources = sight.sources()
    simulated = any(state.source.authority == "simulated" for state in sources)
    city = walls.guard.catalogue.city
    summed = walls.summary(showing, plan, sight, reader, mark)
    told = Wall(city, showing.now, reader.language, turn.scene, held.markup, simulated, summed["ceased"])
    summed |= {
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
    showing = _shown(walls, name)
    if showing is None:
        return flask.Response(status=404)
    pairs = (pair.partition(":") for pair in flask.request.args.get("have", "").split(",") if pair)
    told = walls.told(
        showing, _reader(walls), {key: held for key, _, held in pairs}, flask.request.args.get("first", "")
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
    lines = walls.watch.lines(lasts, partial(_marked, walls, name), HEARTBEAT)
    timed = (line if line.startswith("retry") else _timed(line, walls.now) for line in lines)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return flask.Response(timed, mimetype="text/event-stream", headers=headers)


def _shown(walls: Walls, name: str) -> Showing | None:
    """What the playlist of an address shows; a screen has one, and any other is none to it."""
    screen = asker().screen
    return walls.theatre.shown(name) if screen is None or screen.choice.playlist == name else None


def _marked(walls: Walls, name: str) -> str:
    """The mark of a playlist, of the real city or of an exercise."""
    showing = walls.theatre.shown(name)
    return walls.mark(showing) if showing is not None else ""


def _lasts(guard: Guard, token: str, screen: str, began: Screen | None) -> bool:
    """Whether whoever listens still may; a screen that was given something else to show comes again."""
    if began is None:
        return guard.asker(token) is not None
    held = guard.screens.known(screen) if guard.screens is not None else None
    return held is not None and held.choice == began.choice


def _timed(line: str, now: datetime) -> str:
    return line.removesuffix("\n\n") + f" {milliseconds(now)}\n\n"


def register(server: flask.Flask, app: Dash, walls: Walls) -> None:
    """Serve walls at /wall/<playlist>."""
    server.add_url_rule("/wall/<name>", "wall", partial(page, walls, app))
    server.add_url_rule("/wall/<name>/scenes", "wall_scenes", partial(scenes, walls))
    server.add_url_rule("/wall/<name>/stream", "wall_stream", partial(stream, walls))
