"""A board: one sentence, then rows of twelve columns of tiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from data.areas.outline import Outlines
from data.catalogue.board import Board, KpiTile, ListTile, MapTile, Tile
from data.catalogue.kpi import Kpi
from data.kpis.result import KpiResult, SourceState
from data.messages import t
from layouts import attention, map, tile
from layouts.format import long_day, lunar_date


@dataclass(frozen=True, slots=True)
class Answers:
    """What a board is filled with. Keys of all three maps are the names its tiles use (code or id).

    ``maps`` holds the answers by area; a KPI of ``kpis`` that is in neither ``results`` nor
    ``failures`` (name -> sentence) is still awaited and stands as a skeleton.
    """

    now: datetime
    kpis: Mapping[str, Kpi]
    results: Mapping[str, KpiResult]
    maps: Mapping[str, KpiResult] = field(default_factory=dict)
    failures: Mapping[str, str] = field(default_factory=dict)
    sources: Sequence[SourceState] = ()
    outlines: Outlines | None = None
    lunar: bool = False


def board(described: Board, answers: Answers, language: str) -> html.Div:
    """The whole page of tiles with its heading; one ``h1``."""
    cells = [_cell(item, answers, language) for row in described.rows for item in row]
    return html.Div([_head(described, answers, language), html.Div(cells, className="board-grid")], className="board")


def sentence(results: Mapping[str, KpiResult], language: str) -> str:
    """How the city is, as plain text."""
    _, verdict, rest = attention.sentence(results.values(), language)
    return f"{verdict} {rest}".strip()


def _head(described: Board, answers: Answers, language: str) -> html.Header:
    dates = [html.Span(long_day(language, answers.now))]
    if answers.lunar:
        dates.append(html.Span(lunar_date(language, answers.now.date()), className="lunar"))
    return html.Header(
        [
            html.H1(described.title.get(language), className="board-title"),
            attention.say(answers.results.values(), language),
            html.P(dates, className="board-date"),
        ],
        className="board-head",
    )


def _cell(item: Tile, answers: Answers, language: str) -> html.Div:
    place = f"cell span-{item.span}"
    if isinstance(item, ListTile):
        found = attention.matters(answers.results.values(), answers.sources, language, answers.now)
        return html.Div(
            attention.attention(found, answers.sources, language),
            className=f"{place} rows-{item.rows} cell-list",
        )
    if isinstance(item, MapTile):
        return html.Div(_map(item, answers, language), className=f"{place} cell-map")
    return html.Div(_kpi(item, answers, language), className=f"{place} cell-{item.size}")


def _kpi(item: KpiTile, answers: Answers, language: str) -> Component:
    result = answers.results.get(item.kpi)
    if result is not None:
        return tile.tile(result, language, item.size)
    kpi = answers.kpis[item.kpi]
    message = answers.failures.get(item.kpi)
    return tile.failed(kpi, message, language, item.size) if message else tile.skeleton(kpi, language, item.size)


def _map(item: MapTile, answers: Answers, language: str) -> Component:
    result = answers.maps.get(item.map)
    if result is None:
        kpi = answers.kpis[item.map]
        message = answers.failures.get(item.map)
        return tile.failed(kpi, message, language, "hero") if message else tile.skeleton(kpi, language, "hero")
    if answers.outlines is None:
        return tile.failed(result.kpi, t(language, "map.no_outlines"), language, "hero")
    return map.map_tile(result, item.name, answers.outlines, language)
