"""Boards: one batch of questions for all tiles, for the whole city or one of its areas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import parse_qs

from data.areas.outline import Outlines
from data.calendar.comparison import named_period
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
from data.catalogue.board import Tile
from data.kpis.query import Compare, KpiQuery
from data.kpis.result import KpiResult
from data.kpis.sight import Sight
from layouts.board import HOURS, Answers

Asked = tuple[str, str | None]
NO_FILTERS: Mapping[str, tuple[str, ...]] = {}


def answers(
    service: Sight,
    described: Board,
    search: str,
    outlines: Outlines | None,
    filters: Mapping[str, tuple[str, ...]] = NO_FILTERS,
) -> tuple[Answers, list[KpiResult]]:
    """What fills the tiles of a board at ``?area=``, and all results in the order they were asked.

    Of ``filters`` a KPI heeds those of its own dimensions.
    """
    now, catalogue = service.clock.now(), service.catalogue
    kpis = {name: catalogue.kpi(name) for name in described.kpis}
    here = chosen(catalogue, search)
    watched = [kpi for kpi in catalogue.kpis.values() if kpi.status != Status()] if described.watches_city else []
    place = here.id if here else None
    asked_of = questions(described, kpis, now, place)
    asked = list(asked_of)
    every = [*asked_of.values(), *(tile_query(kpi, now, None, place) for kpi in watched)]
    results = service.ask([_filtered(query, catalogue, filters) for query in every])
    found = dict(zip(asked, results, strict=False))
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
    )
    return filled, results[: len(asked)]


def _filtered(query: KpiQuery, catalogue: Catalogue, filters: Mapping[str, tuple[str, ...]]) -> KpiQuery:
    known = catalogue.kpis[query.kpi].dimensions
    heeded = tuple((name, values) for name, values in sorted(filters.items()) if name in known and name != query.by)
    return replace(query, filters=heeded) if heeded else query


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
    named = parse_qs(search.removeprefix("?")).get("area", [""])[0]
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
    return (item.kpi, None), tile_query(kpis[item.kpi], now, None, place)
