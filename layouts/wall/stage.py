"""A scene of a wall: a board with its headline, in rows that fill the screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from data.calendar.comparison import named_period, unit_of
from data.calendar.upcoming import Coming
from data.catalogue.board import Board, DriversTile, HeatTile, KpiTile, ListTile, MapTile, RankingTile, Tile
from data.catalogue.city import City
from data.catalogue.room import Show
from data.kpis.result import KpiResult
from layouts import attention
from layouts.alerts import Notice
from layouts.board import Answers, cell, goals_said
from layouts.format import bucket
from layouts.icons import icon
from layouts.wall.agenda import agenda
from layouts.wall.headline import headline
from layouts.wall.part import part

EPOCH = datetime(1970, 1, 1)
# Lines of a list and of what is coming, by rows that share the stage and whether the list is as wide as it.
MOST = {(1, True): (7, 8), (1, False): (5, 5), (2, True): (4, 5), (2, False): (2, 3)}


def stage(
    described: Board,
    answers: Answers,
    notices: Sequence[Notice],
    coming: Sequence[Coming],
    city: City,
    language: str,
    show: Show = "all",
) -> html.Section:
    """The scene of a board; ``notices`` are the events that last, ``coming`` what its list looks ahead to. A screen
    of a room ``show``s a part of it under the sentence of the whole."""
    said = goals_said(described, answers, language) or headline(
        _heard(described, answers), notices, language, described.watches_city
    )
    shown = part(described, show)
    rows = len(shown.rows)
    size = rows if show == "list" and shown is not described else None
    cells = [_cell(item, answers, coming, language, size) for row in shown.rows for item in row]
    return html.Section(
        [
            head(city, described.title.get(language), _about(answers, language), attention.spoken(*said), language),
            html.Div(cells, className=f"wall-grid rows-of-{rows} {_rows(shown)}".strip()),
        ],
        className=f"stage shows-{show}" if shown is not described else "stage",
        **{"data-drawn": seconds(answers.now)},
    )


def head(city: City, title: str, about: str, said: Component, language: str) -> html.Header:
    """Mark, city and board, then the headline."""
    second = f"{title} · {about}" if about else title
    name = html.Div([html.Strong(city.name.get(language)), html.Small(second)])
    return html.Header([html.Div([icon("mark"), name], className="wall-id"), said], className="wall-head")


def seconds(at: datetime) -> int:
    """Seconds since 1 January 1970 by the city's own clock."""
    return int((at - EPOCH).total_seconds())


def _about(answers: Answers, language: str) -> str:
    """The area and the period a scene is of, where it is not of the city and of each KPI's own."""
    area = answers.here.name.get(language) if answers.here else ""
    if answers.span is None:
        return area
    period = bucket(language, named_period(answers.span, answers.now).start, unit_of(answers.span))
    return f"{area} · {period}" if area else period


def _heard(described: Board, answers: Answers) -> Sequence[KpiResult]:
    """What is spoken of: everything a tile shows, so that the sentence never contradicts one."""
    shown = {result.kpi.id: result for result in [*answers.results.values(), *answers.parts.values()]}
    watched = {result.kpi.id: result for result in answers.watched}
    return tuple({**watched, **shown}.values())  # in the order of the list, so that both name the same as the worst


def _rows(described: Board) -> str:
    """A first row with a hero, a map or a ranking is taller than the others, a little less where drivers follow."""
    if any(isinstance(item, DriversTile) for row in described.rows for item in row):
        return "is-tall has-drivers"
    tall = (MapTile, RankingTile, HeatTile)
    first = described.rows[0]
    heroes = any(isinstance(item, KpiTile) and item.size == "hero" for item in first)
    return "is-tall" if heroes or any(isinstance(item, tall) for item in first) else ""


def _cell(item: Tile, answers: Answers, coming: Sequence[Coming], language: str, rows: int | None = None) -> html.Div:
    """A tile in its place; a list on a screen of its own holds more, by how many ``rows`` share the stage."""
    if not isinstance(item, ListTile):
        return cell(item, answers, language)
    found = attention.matters(_heard_of(item, answers), answers.sources, language, answers.now, brief=True)
    most = MOST[rows, item.span == 12] if rows else None
    inside = agenda(found, coming if item.ahead else (), answers.now.date(), language, most)
    return html.Div(inside, className=f"cell span-{item.span} rows-{item.rows} cell-list")


def _heard_of(item: ListTile, answers: Answers) -> Sequence[KpiResult]:
    return answers.heard if item.of == "city" else tuple(answers.results.values())
