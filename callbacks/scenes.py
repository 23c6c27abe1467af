"""Scenes: what a wall shows, drawn once for all screens that show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from callbacks.alerts import notices
from callbacks.boards import answers, tile_query
from callbacks.outlooks import forecasts
from callbacks.session import Session
from callbacks.sheets import Key, Sheet
from data.calendar.upcoming import upcoming
from data.catalogue import Board, KpiTile, ListTile, Playlist
from data.catalogue.room import Show
from data.kpis.result import KpiResult
from data.kpis.sight import Sight
from data.store.reader import NoSnapshot
from data.walls.programme import ALARM, ENDED, scene_name
from layouts import absent
from layouts.alerts import Notice
from layouts.html import render
from layouts.wall.alarm import Alarm, alarm
from layouts.wall.part import part
from layouts.wall.stage import stage

if TYPE_CHECKING:
    from callbacks.walls import Walls


def drawn(walls: Walls, key: Key) -> Sheet:
    """The scene of a key as markup."""
    playlist_id, _, name = key.path.partition("/")
    show: Show = key.search  # type: ignore[assignment]
    playlist = walls.playlist(playlist_id)
    reader = Session(key.language, "dark", key.grant)
    sight = walls.sight(reader)
    try:
        body = _alarm(walls, sight, playlist, name, key.language, show) if name in (ALARM, ENDED) else None
        if body is None and playlist is not None:
            body = _board(walls, sight, playlist, name, key.language, show)
    except NoSnapshot:
        body = None
    return Sheet(render(body or absent.waiting(key.language)), name, kept=body is not None)


def _board(walls: Walls, sight: Sight, playlist: Playlist, name: str, language: str, show: Show) -> Any:
    place = next((place for place in range(len(playlist.scenes)) if scene_name(playlist, place) == name), 0)
    scene = playlist.scenes[place]
    board = sight.catalogue.boards[scene.board].staged
    search = f"?area={scene.area}" if scene.area else ""
    filled, _ = answers(sight, board, search, walls.pages.outlines, scene.filters)
    filled = replace(filled, wall=True, forecasts=forecasts(sight, filled.results, filled.now))
    lasting = notices(sight, [event for event in walls.events() if event.ended_at is None], language)
    rows = part(board, show).rows
    ahead = max((item.ahead for row in rows for item in row if isinstance(item, ListTile)), default=0)
    city = sight.catalogue.city
    return stage(board, filled, lasting, upcoming(city, filled.now.date(), ahead), city, language, show)


def _alarm(walls: Walls, sight: Sight, playlist: Playlist | None, name: str, language: str, show: Show) -> Any:
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
