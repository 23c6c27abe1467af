"""A scorecard: goals as a table, a line for each KPI, from what is to what shall be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from dash import dcc, html
from dash.development.base_component import Component

from data.calendar.period import Grain
from data.catalogue.board import ScorecardTile
from data.catalogue.kpi import Kpi
from data.kpis.result import KpiResult
from data.messages import t
from layouts import ids
from layouts.format import bucket, number, phrase, value
from layouts.icons import icon
from layouts.marks import Figure, Line, PointMark, Scale
from layouts.markup import Markup
from layouts.state import ago, state, worst_source
from layouts.svg import svg
from layouts.tile import ABSENT, SAID, absence

SIZE = (160.0, 36.0)
PACE = {"ahead": "ok", "level": "ok", "behind": "watch", "unknown": "nodata"}
Judged = tuple[str, float | None]


def scorecard(
    item: ScorecardTile, kpis: Mapping[str, Kpi], results: Mapping[str, KpiResult], language: str
) -> html.Article:
    """The table of ``item``; a KPI that is not in ``results`` is awaited. Names are those the tile uses."""
    rows = [
        _row(results[name], item.years, language) if name in results else _awaited(kpis[name], item.years, language)
        for name in item.scorecard
    ]
    judged = [pace(results[name])[0] for name in item.scorecard if name in results]
    kept = sum(word in ("ahead", "level") for word in judged)
    told = t(language, "scorecard.kept", kept=kept, count=len(item.scorecard))
    head = html.Header(
        [html.H2(item.name.get(language), className="tile-title"), html.Small(told)], className="tile-head"
    )
    table = html.Table(
        [html.Caption(item.name.get(language), className="unseen"), _heading(item.years, language), html.Tbody(rows)],
        className="scorecard",
    )
    return html.Article(
        html.Div([head, table], className="tile-body"), id=ids.tile("scorecard"), className="tile tile-scorecard",
        **{"data-state": "ok"},
    )  # fmt: skip


def pace(result: KpiResult) -> Judged:
    """Where a number stands beside its path: *ahead*, *level*, *behind* or *unknown*, and by how much in display unit.

    The difference is positive where the number is on the good side.
    """
    if state(result) in ABSENT or result.target is None or result.value.number is None:
        return "unknown", None
    kpi = result.kpi
    away = round(result.value.number * kpi.scale - result.target.value, _decimals(kpi))
    good = -away if kpi.direction == "down" else away
    if good == 0:
        return "level", 0.0
    return ("ahead" if good > 0 else "behind"), good


def path(result: KpiResult) -> Figure | None:
    """The way to the goals as a dashed line and the numbers so far; None without two targets."""
    kpi = result.kpi
    points = [(target.start, target.value) for target in sorted(kpi.target, key=lambda item: item.start)]
    if len(points) < 2:
        return None
    way = tuple((_at(day), number) for day, number in points)
    known = tuple(
        (_at(_closing(result, point.at)), point.value.number * kpi.scale)
        for point in result.points
        if point.value.number is not None and state(result) not in ABSENT
    )
    times, numbers = [at for at, _ in (*way, *known)], [number for _, number in (*way, *known)]
    room = (max(numbers) - min(numbers)) * 0.12 or 1.0
    x, y = Scale(min(times), max(times)), Scale(min(numbers) - room, max(numbers) + room)
    goals = tuple(PointMark(at, number, "target") for at, number in way[1:])
    last = (PointMark(*known[-1], "now"),) if known else ()
    return Figure(*SIZE, x, y, (Line(way, "target", True), *goals, Line(known, "now"), *last))


def _closing(result: KpiResult, at: datetime) -> date:
    """A bucket's number is that of its last day."""
    return (Grain(result.query.grain).step(at) - timedelta(days=1)).date()


def _at(day: date) -> float:
    return float(day.toordinal())


def _decimals(kpi: Kpi) -> int:
    return max(kpi.decimals, 1) if kpi.unit == "percent" else kpi.decimals


def _heading(years: Sequence[int], language: str) -> html.Thead:
    names = [t(language, "scorecard.goal"), t(language, "scorecard.now")]
    names += [t(language, "scorecard.target", year=year) for year in years]
    names += [t(language, f"scorecard.{name}") for name in ("path", "pace", "source")]
    return html.Thead(html.Tr([html.Th(name, scope="col") for name in names]))


def _row(result: KpiResult, years: Sequence[int], language: str) -> html.Tr:
    figure = path(result)
    drawn: Component = Markup(html=svg(figure, "figure figure-path"), className="drawing") if figure else html.Span("")
    judged, by = pace(result)
    cells = [
        _name(result.kpi, language),
        _cell("now", _number(result, language), language),
        *(_cell("target", [_wanted(result.kpi, year, language)], language, year=year) for year in years),
        _cell("path", [drawn], language),
        _cell("pace", [icon(PACE[judged]), html.Span(_judged(result.kpi, judged, by, language))], language, judged),
        _cell("source", _source(result, language), language),
    ]
    return html.Tr(cells, **{"data-state": state(result)})


def _awaited(kpi: Kpi, years: Sequence[int], language: str) -> html.Tr:
    bone = html.Span(className="bone bone-words")
    targets = [_cell("target", [_wanted(kpi, year, language)], language, year=year) for year in years]
    rest = [_cell(name, [], language) for name in ("path", "pace", "source")]
    return html.Tr([_name(kpi, language), _cell("now", [bone], language), *targets, *rest], **{"data-state": "loading"})


def _name(kpi: Kpi, language: str) -> html.Th:
    link = dcc.Link(kpi.name.get(language), href=f"/kpi/{kpi.code}", title=kpi.definition.get(language))
    said = [link, html.Small([html.Span(kpi.code, className="code"), html.Span(kpi.owner.get(language))])]
    return html.Th(said, scope="row")


def _cell(name: str, body: list, language: str, judged: str = "", year: int | None = None) -> html.Td:
    """A cell; on a phone, where the table is a list, its heading stands before it."""
    key = f"scorecard.{name}"
    said = t(language, key, year=year) if year else t(language, key)
    return html.Td(body, className=f"goal-{name} {judged and f'is-{judged}'}".strip(), **{"data-label": said})


def _number(result: KpiResult, language: str) -> list:
    if state(result) in ABSENT:
        return [html.B(t(language, "format.missing")), html.Small(_absent(result, language))]
    shown, unit = value(language, result.kpi, result.value.number)
    of = bucket(language, result.query.period.start, result.query.grain)
    said = t(language, "scorecard.of", unit=unit, period=of) if unit else of
    return [html.B(shown), html.Small(said)]


def _absent(result: KpiResult, language: str) -> str:
    """Why there is no number, and the last there was."""
    last = result.last_known
    if state(result) == "nodata" and last is not None:
        of = bucket(language, last.at, result.query.grain)
        return t(language, "scorecard.last", value=phrase(language, result.kpi, last.value.number), period=of)
    return absence(result, language)


def _wanted(kpi: Kpi, year: int, language: str) -> Component:
    wanted = kpi.wanted(date(year, 12, 31))
    if wanted is None:
        return html.Span(t(language, "scorecard.no_goal"), className="quiet")
    shown, _ = value(language, kpi, wanted / kpi.scale)
    return html.Span(shown)


def _judged(kpi: Kpi, judged: str, by: float | None, language: str) -> str:
    if by is None:
        return t(language, "scorecard.unknown")
    size = number(language, abs(by), _decimals(kpi))
    if kpi.unit == "percent":
        size = t(language, "format.points", number=size)
    return t(language, f"scorecard.{judged}", by=size)


def _source(result: KpiResult, language: str) -> list:
    worst = worst_source(result)
    if worst is None:
        return [icon("nodata"), html.Span(t(language, "tile.no_source"))]
    name = worst.source.name.get(language)
    age = ago(language, worst.age) if worst.age is not None else t(language, "tile.never")
    marks = [html.Span(t(language, f"tile.{mark.value}")) for mark in SAID if mark in result.marks]
    if worst.source.authority == "simulated":
        marks.append(html.Span(t(language, "tile.simulated"), className="simulated"))
    return [icon(worst.freshness.value), html.Span([html.Span(name, title=name), html.Small([age, *marks])])]
