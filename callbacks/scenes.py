"""Scenes: what a wall shows, drawn once for all screens that show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from callbacks.alerts import notices
from callbacks.boards import answers, tile_query
from callbacks.outlooks import forecasts
from callbacks.posted import posted
from callbacks.sheets import Key, Sheet
from callbacks.theatre import Showing
from data.calendar.upcoming import upcoming
from data.catalogue import Board, KpiTile, ListTile, Playlist
from data.catalogue.room import Show
from data.kpis.result import KpiResult, Level
from data.kpis.sight import Sight
from data.remarks.remark import Remark
from data.store.reader import NoSnapshot
from data.walls.programme import ALARM, ENDED, scene_name
from layouts import absent
from layouts.alerts import Notice
from layouts.board import Answers
from layouts.html import render
from layouts.wall.alarm import Alarm, alarm
from layouts.wall.exercise import marked
from layouts.wall.part import part
from layouts.wall.stage import stage

if TYPE_CHECKING:
    from callbacks.walls import Walls


def drawn(walls: Walls, key: Key) -> Sheet:
    """The scene of a key as markup; of an exercise with its mark, whatever there is to show."""
    playlist_id, _, name = key.path.partition("/")
    shown, _, run = key.search.partition("/")
    show: Show = shown  # type: ignore[assignment]
    showing = walls.theatre.shown(playlist_id) if run else walls.theatre.real(playlist_id)
    if showing is None or (run and (showing.run is None or str(showing.run.id) != run)):
        return Sheet(render(absent.waiting(key.language)), name)
    sight = showing.sight(key.grant.scope)
    try:
        body = _alarm(walls, showing, sight, name, key.language, show) if name in (ALARM, ENDED) else None
        if body is None:
            body = _board(walls, showing, sight, name, key.language, show)
    except NoSnapshot:
        body = None
    scene = body or absent.waiting(key.language)
    if showing.run is not None and showing.exercise is not None:
        scene = marked(scene, showing.exercise, showing.now, showing.run.speed, name, key.language)
    return Sheet(render(scene), name, kept=body is not None)


def _board(walls: Walls, showing: Showing, sight: Sight, name: str, language: str, show: Show) -> Any:
    playlist = showing.playlist
    place = next((place for place in range(len(playlist.scenes)) if scene_name(playlist, place) == name), 0)
    scene = playlist.scenes[place]
    board = sight.catalogue.boards[scene.board].staged
    search = f"?area={scene.area}" if scene.area else ""
    filled, _ = answers(sight, board, search, showing.outlines, scene.filters, scene.period)
    lasting = notices(sight, [event for event in showing.happening() if event.ended_at is None], language)
    outlook = forecasts(sight, filled.results, filled.now)
    said = {} if showing.run is not None else _remarks(walls, sight, filled)
    filled = replace(filled, wall=True, forecasts=outlook, levels=_levels(lasting), span=scene.period, remarks=said)
    rows = part(board, show).rows
    ahead = max((item.ahead for row in rows for item in row if isinstance(item, ListTile)), default=0)
    city = sight.catalogue.city
    return stage(board, filled, lasting, upcoming(city, filled.now.date(), ahead), city, language, show)


def _remarks(walls: Walls, sight: Sight, filled: Answers) -> Mapping[str, Sequence[Remark]]:
    """What is posted about what a scene shows; nothing where there is no state."""
    guard, shown = walls.guard, [*filled.results.values(), *filled.parts.values()]
    return posted(guard.screens.state, sight, guard.accounts is not None, shown) if guard.screens else {}


def _levels(lasting: Sequence[Notice]) -> dict[str, Level]:
    """By area, the worst of what lasts there."""
    found: dict[str, Level] = {}
    for notice in lasting:
        if notice.rule.by == "area":
            part = notice.event.part
            found[part] = max(found.get(part, Level.NORMAL), Level(notice.event.level))
    return found


def _alarm(walls: Walls, showing: Showing, sight: Sight, name: str, language: str, show: Show) -> Any:
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
    return alarm(alarms, board, filled, quiet, sight.catalogue.city, language, over, show)


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
