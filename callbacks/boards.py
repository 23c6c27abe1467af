"""Boards: one batch of questions for all tiles, for the whole city or one of its areas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from callbacks.search import terms
from data.areas.outline import Outlines
from data.calendar.comparison import named_period, unit_of
from data.calendar.occasion import night_before
from data.calendar.period import Grain, Period
from data.catalogue import (
    Area,
    Board,
    Catalogue,
    DriversTile,
    HeatTile,
    Kpi,
    ListTile,
    MapTile,
    RankingTile,
    ScorecardTile,
    Status,
)
from data.catalogue.board import Points, Tile
from data.catalogue.kpi import SpanName
from data.kpis.query import Compare, KpiQuery
from data.kpis.result import KpiResult
from data.kpis.sight import Sight
from layouts.analysis.names import occasion_name
from layouts.board import HOURS, Answers
from layouts.points import Spotted

Asked = tuple[str, str | None]
MOST_SPOTS = 60
WIDTHS = tuple(Grain)
NO_FILTERS: Mapping[str, tuple[str, ...]] = {}


def answers(
    service: Sight,
    described: Board,
    search: str,
    outlines: Outlines | None,
    filters: Mapping[str, tuple[str, ...]] = NO_FILTERS,
    period: SpanName | None = None,
) -> tuple[Answers, list[KpiResult]]:
    """What fills the tiles of a board at ``?area=``, and all results in the order they were asked.

    Of ``filters`` a KPI heeds those of its own dimensions, of ``period`` what it is told often enough for.
    """
    now, catalogue = service.clock.now(), service.catalogue
    kpis = {name: spanning(catalogue.kpi(name), period) for name in described.kpis}
    here = chosen(catalogue, search)
    watched = [kpi for kpi in catalogue.kpis.values() if kpi.status != Status()] if described.watches_city else []
    place = here.id if here else None
    asked_of = questions(described, kpis, now, place)
    asked = list(asked_of)
    every = [*asked_of.values(), *(tile_query(kpi, now, None, place) for kpi in watched)]
    results = [_named(result) for result in service.ask([_filtered(query, catalogue, filters) for query in every])]
    found = {(name, by): replace(result, kpi=kpis[name]) for (name, by), result in zip(asked, results, strict=False)}
    filled = Answers(
        now=now,
        kpis=kpis,
        results={name: result for (name, by), result in found.items() if by is None},
        watched=tuple(results[len(asked) :]),
        parts={key: result for key, result in found.items() if key[1]},
        sources=service.sources(),
        outlines=outlines,
        lunar=catalogue.city.lunar,
        areas=tuple(area for area in units(catalogue) if service.scope.holds(area.id)),
        partial=service.scope.areas is not None,
        places=tuple(area for area in catalogue.areas.values() if area.place),
        here=here,
        spots={item.map: _spots(service, kpis[item.map], item.points, now) for item in _pointed(described)},
    )
    return filled, list(found.values())


def _pointed(described: Board) -> list[MapTile]:
    """The maps of a board that draw rows."""
    items = [item for row in described.rows for item in row if isinstance(item, MapTile)]
    return [item for item in items if item.points is not None]


def _spots(service: Sight, kpi: Kpi, columns: Points | None, now: datetime) -> list[Spotted]:
    """The rows a map draws, the newest first; none where rows are not shown to who asks."""
    if columns is None:
        return []
    page = service.rows(tile_query(kpi, now), limit=MOST_SPOTS)
    held = [column.name for column in page.columns]
    places = {name: held.index(name) for name in (columns.name, columns.latitude, columns.longitude) if name in held}
    if len(places) < 3:
        return []
    many = held.index(columns.number) if columns.number in held else None
    found = []
    for row in page.rows:
        latitude, longitude = row[places[columns.latitude]], row[places[columns.longitude]]
        if isinstance(latitude, float) and isinstance(longitude, float):
            count = row[many] if many is not None else None
            number = float(count) if isinstance(count, int | float) else None
            found.append(Spotted(str(row[places[columns.name]]), (latitude, longitude), number))
    return found


def _filtered(query: KpiQuery, catalogue: Catalogue, filters: Mapping[str, tuple[str, ...]]) -> KpiQuery:
    known = catalogue.kpis[query.kpi].dimensions
    heeded = tuple((name, values) for name, values in sorted(filters.items()) if name in known and name != query.by)
    return replace(query, filters=heeded) if heeded else query


def spanning(kpi: Kpi, period: SpanName | None) -> Kpi:
    """A KPI told of another period than its own; as it is where it is a level at a moment or not told so often."""
    if period is None or kpi.period == "now" or WIDTHS.index(Grain(kpi.grain)) > WIDTHS.index(unit_of(period)):
        return kpi
    return kpi.model_copy(update={"period": period})


def tile_query(kpi: Kpi, now: datetime, by: str | None = None, area: str | None = None) -> KpiQuery:
    """What a tile asks: the KPI's own period to date, its trend, and its usual comparison.

    A breakdown by area keeps all areas; a KPI that is not told by area stays that of the city.
    """
    return KpiQuery(
        kpi=kpi.id,
        period=named_period(kpi.period, now),
        grain=Grain(kpi.grain),
        area=area if "area" in kpi.dimensions and by != "area" else None,
        by=by,
        compare=Compare(kpi.compare),
        trend=kpi.trend,
    )


def night_query(asked: KpiQuery) -> KpiQuery:
    """The same, held against the lantern night before the day it ends on."""
    day = asked.period.end.date()
    return replace(asked, compare=Compare.EVENT, back=day - night_before(day).peak)


def _named(result: KpiResult) -> KpiResult:
    """An answer held against a lantern night, which has a name."""
    held = result.comparison
    if held is None or result.query.compare is not Compare.EVENT:
        return result
    return replace(result, comparison=replace(held, name=occasion_name(night_before(result.query.period.end.date()))))


def hours_query(kpi: Kpi, now: datetime, weeks: int, area: str | None = None) -> KpiQuery:
    """What a heat tile asks: every hour of the last whole ``weeks``, up to the night before today."""
    today = Grain.DAY.floor(now)
    held = Period(today - timedelta(weeks=weeks), today)
    return KpiQuery(kpi=kpi.id, period=held, grain=Grain.HOUR, area=area if "area" in kpi.dimensions else None)


def units(catalogue: Catalogue) -> tuple[Area, ...]:
    """Areas a board can be asked for: those in force now, next below the city."""
    return tuple(area for area in catalogue.areas.values() if area.level == "unit" and area.valid_to is None)


def chosen(catalogue: Catalogue, search: str) -> Area | None:
    """The area an address asks for; none when it names one there is none of."""
    named = terms(search).get("area", "")
    return next((area for area in units(catalogue) if area.id == named), None)


def questions(described: Board, kpis: Mapping[str, Kpi], now: datetime, place: str | None) -> dict[Asked, KpiQuery]:
    """By name and breakdown, what every tile that names a KPI asks; ``place`` is the area chosen."""
    tiles = [item for row in described.rows for item in row if not isinstance(item, ListTile)]
    return dict(asked for item in tiles for asked in _questions(item, kpis, now, place))


def _questions(item: Tile, kpis: Mapping[str, Kpi], now: datetime, place: str | None) -> list[tuple[Asked, KpiQuery]]:
    if isinstance(item, ScorecardTile):
        return [((name, None), tile_query(kpis[name], now, None, place)) for name in item.scorecard]
    if isinstance(item, DriversTile):
        return [((name, None), tile_query(kpis[name], now, None, place)) for name in item.drivers]
    return [_question(item, kpis, now, place)]


def _question(item: Tile, kpis: Mapping[str, Kpi], now: datetime, place: str | None) -> tuple[Asked, KpiQuery]:
    if isinstance(item, MapTile):
        asked = tile_query(kpis[item.map], now, "area", place)
        return (item.map, item.split), replace(asked, area=item.within) if item.within else asked
    if isinstance(item, RankingTile):
        asked = tile_query(kpis[item.ranking], now, item.by, place)
        return (item.ranking, item.split), replace(asked, area=item.within) if item.within else asked
    if isinstance(item, HeatTile):
        return (item.heat, HOURS), hours_query(kpis[item.heat], now, item.weeks, place)
    asked = tile_query(kpis[item.kpi], now, None, place)
    return (item.kpi, None), night_query(asked) if item.compare else asked
