"""A board: one sentence, then rows of twelve columns of tiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from data.areas.outline import Outlines
from data.catalogue.area import Area
from data.catalogue.board import (
    Board,
    DriversTile,
    HeatTile,
    KpiTile,
    ListTile,
    MapTile,
    RankingTile,
    ScorecardTile,
    Tile,
    named,
)
from data.catalogue.kpi import Kpi, SpanName
from data.kpis.result import KpiResult, Level, SourceState
from data.messages import t
from data.outlook.river import Forecast
from data.remarks.remark import Remark
from layouts import attention, map, tally, tile
from layouts.documents.menu import menu
from layouts.drivers import drivers
from layouts.format import long_day, lunar_date
from layouts.heat import heat
from layouts.points import Spotted
from layouts.ranking import ranking
from layouts.remarked import remarked
from layouts.scorecard import scorecard

FILES = ("xlsx", "parquet")
HOURS = "@hours"  # the breakdown of a heat tile: no dimension has this name


@dataclass(frozen=True, slots=True)
class Answers:
    """What a board is filled with. Names are those its tiles use (code or id).

    ``parts`` holds the answers by (name, breakdown), ``HOURS`` those of heat tiles; a KPI of ``kpis``
    that is in neither ``results`` nor ``failures`` (name -> sentence) is still awaited and stands as a skeleton.
    ``watched`` are the answers its sentence and its list speak of, if not those of its own tiles.
    ``areas`` are those the board can be asked for, ``here`` the one it is asked for; ``places`` are all areas
    that have a place of their own. ``partial`` says that the reader sees a part of the city
    only, ``wall`` that it is read across a room. ``forecasts`` are by id of the KPI, ``spots`` (rows in their places)
    by the name of a map, ``levels`` by area: the worst of what lasts there. ``span`` is the period a scene is of,
    ``remarks`` are those for everybody by id of the KPI.
    """

    now: datetime
    kpis: Mapping[str, Kpi]
    results: Mapping[str, KpiResult]
    parts: Mapping[tuple[str, str | None], KpiResult] = field(default_factory=dict)
    failures: Mapping[str, str] = field(default_factory=dict)
    watched: Sequence[KpiResult] = ()
    sources: Sequence[SourceState] = ()
    outlines: Outlines | None = None
    lunar: bool = False
    areas: Sequence[Area] = ()
    places: Sequence[Area] = ()
    here: Area | None = None
    partial: bool = False
    wall: bool = False
    forecasts: Mapping[str, Forecast] = field(default_factory=dict)
    spots: Mapping[str, Sequence[Spotted]] = field(default_factory=dict)
    levels: Mapping[str, Level] = field(default_factory=dict)
    remarks: Mapping[str, Sequence[Remark]] = field(default_factory=dict)
    span: SpanName | None = None

    @property
    def heard(self) -> Sequence[KpiResult]:
        """The answers that are spoken of."""
        return self.watched or tuple(self.results.values())


def board(described: Board, answers: Answers, language: str) -> html.Div:
    """The whole page of tiles with its heading; one ``h1``."""
    cells = [cell(item, answers, language) for row in described.rows for item in row]
    return html.Div([_head(described, answers, language), html.Div(cells, className="board-grid")], className="board")


def _head(described: Board, answers: Answers, language: str) -> html.Header:
    dates = [html.Span(long_day(language, answers.now))]
    if answers.lunar:
        dates.append(html.Span(lunar_date(language, answers.now.date()), className="lunar"))
    return html.Header(
        [
            html.H1(described.title.get(language), className="board-title"),
            _say(described, answers, language),
            *_areas(described, answers, language),
            menu(f"/board/{described.id}", f"?area={answers.here.id}" if answers.here else "", FILES, language),
            html.P(dates, className="board-date"),
        ],
        className="board-head",
    )


def _say(described: Board, answers: Answers, language: str) -> html.Div:
    """The sentence of the board; on one with a scorecard, where no threshold is passed, of its goals."""
    said = attention.sentence(answers.heard, language, described.watches_city)
    return attention.spoken(*(goals_said(described, answers, language) or said))


def goals_said(described: Board, answers: Answers, language: str) -> tuple[str, str, str] | None:
    """The sentence of a board's goals; None without a scorecard, and where a threshold is passed."""
    if attention.sentence(answers.heard, language, described.watches_city)[0] != "ok":
        return None
    lines = [name for row in described.rows for item in row if isinstance(item, ScorecardTile) for name in named(item)]
    return tally.sentence([answers.results[name] for name in lines if name in answers.results], language)


def _areas(described: Board, answers: Answers, language: str) -> list[html.Nav]:
    """The whole city and its areas as links, where a tile of the board can be told by area."""
    if len(answers.areas) < 2 or not any("area" in answers.kpis[name].dimensions for name in described.kpis):
        return []
    chosen: list[tuple[str, Area | None]] = [(t(language, "board.yours" if answers.partial else "board.whole"), None)]
    chosen += [(area.name.get(language), area) for area in answers.areas]
    items = [
        html.Li(
            html.A(
                name,
                href=f"?area={area.id}" if area else "?",
                className="segment is-here" if area == answers.here else "segment",
            ),
            **({"aria-current": "true"} if area == answers.here else {}),
        )
        for name, area in chosen
    ]
    return [html.Nav(html.Ul(items), className="board-areas", **{"aria-label": t(language, "board.areas")})]


def cell(item: Tile, answers: Answers, language: str) -> html.Div:
    """One tile in its place on the grid."""
    place = f"cell span-{item.span}"
    if isinstance(item, ListTile):
        found = attention.matters(answers.heard, answers.sources, language, answers.now)
        return html.Div(
            attention.attention(found, answers.sources, language),
            className=f"{place} rows-{item.rows} cell-list",
        )
    if isinstance(item, RankingTile):
        return html.Div(_ranking(item, answers, language), className=f"{place} rows-{item.rows} cell-ranking")
    if isinstance(item, HeatTile):
        return html.Div(_heat(item, answers, language), className=f"{place} cell-heat")
    if isinstance(item, ScorecardTile):
        within, lines = answers.here is not None, (answers.kpis, answers.results, answers.failures)
        table = scorecard(item, *lines, language, within, _each_said(item, answers, language))
        return html.Div(table, className=f"{place} cell-scorecard")
    if isinstance(item, DriversTile):
        said = _each_said(item, answers, language)
        inside = drivers(item, answers.kpis, answers.results, answers.failures, language, answers.wall, said)
        return html.Div(inside, className=f"{place} cell-drivers")
    if isinstance(item, MapTile):
        return html.Div(_map(item, answers, language), className=f"{place} cell-map")
    return html.Div(_kpi(item, answers, language), className=f"{place} cell-{item.size}")


def _kpi(item: KpiTile, answers: Answers, language: str) -> Component:
    result = answers.results.get(item.kpi)
    if result is None:
        return _absent(item.kpi, answers, language, item.size)
    whole = bool(answers.here and result.query.area is None)
    ahead = answers.forecasts.get(result.kpi.id)
    said = _said(result, answers, language)
    return tile.tile(result, language, item.size, whole, answers.wall, ahead, said=said)


def _said(result: KpiResult, answers: Answers, language: str) -> Component | None:
    """The mark of what people wrote beside an answer."""
    return remarked(result, answers.remarks.get(result.kpi.id, ()), language)


def _each_said(item: DriversTile | ScorecardTile, answers: Answers, language: str) -> dict[str, Component]:
    """The marks of a tile of many KPIs, by their names."""
    found = {name: _said(answers.results[name], answers, language) for name in named(item) if name in answers.results}
    return {name: mark for name, mark in found.items() if mark is not None}


def _absent(name: str, answers: Answers, language: str, size: tile.Size) -> Component:
    """What stands where an answer is awaited or has failed."""
    kpi, message = answers.kpis[name], answers.failures.get(name)
    return tile.failed(kpi, message, language, size) if message else tile.skeleton(kpi, language, size)


def _ranking(item: RankingTile, answers: Answers, language: str) -> Component:
    result = answers.parts.get((item.ranking, item.split))
    if result is None:
        return _absent(item.ranking, answers, language, "hero")
    here, said = answers.here.id if answers.here else None, _said(result, answers, language)
    return ranking(result, item, language, here, answers.wall, said)


def _heat(item: HeatTile, answers: Answers, language: str) -> Component:
    result = answers.parts.get((item.heat, HOURS))
    if result is None:
        return _absent(item.heat, answers, language, "hero")
    return heat(result, item, language, _said(result, answers, language))


def _map(item: MapTile, answers: Answers, language: str) -> Component:
    result = answers.parts.get((item.map, item.split))
    if result is None:
        return _absent(item.map, answers, language, "hero")
    if answers.outlines is None:
        return tile.failed(result.kpi, t(language, "map.no_outlines"), language, "hero")
    said = _said(result, answers, language)
    if item.points is not None:
        unit = item.points.unit.get(language) if item.points.unit else ""
        spots = answers.spots.get(item.map, ())
        return map.points_tile(result, item.name, answers.outlines, spots, unit, language, answers.wall, said)
    where = (answers.places, item.within or "")
    return map.map_tile(result, item.name, answers.outlines, language, *where, answers.wall, answers.levels, said)
