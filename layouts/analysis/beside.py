"""Side by side: other KPIs over the same time, each in a panel of its own below the chart, never on a second axis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dash import html
from dash.development.base_component import Component

from data.catalogue import Catalogue
from data.kpis.result import MISSING, KpiResult
from data.messages import t
from layouts import format
from layouts.analysis import chart
from layouts.analysis.annotations import events
from layouts.analysis.frame import framed, numbers
from layouts.analysis.ids import CHART
from layouts.analysis.menu import menu
from layouts.analysis.numbers import shown, written
from layouts.analysis.pointer import series
from layouts.analysis.signs import sign
from layouts.analysis.strip import age, told
from layouts.axis import number_axis
from layouts.documents.facts import unit
from layouts.icons import icon
from layouts.marks import Figure, Label, Line, Margin, Mark, PointMark, Scale
from layouts.markup import Markup
from layouts.plotly import figure, graph
from layouts.state import glyph, state, word
from layouts.tokens import Theme
from layouts.view import MOST_BESIDE, View

SIZE = (830.0, 90.0)
RIGHT, FOOT, FOOT_WITH_DAYS = 64.0, 12.0, 22.0
PEAK = 0.36  # of the height, free for the number above the highest point


@dataclass(frozen=True, slots=True)
class Panels:
    """Other KPIs as drawings on the time of the first, ``left`` px free at the left of each; None without numbers."""

    results: tuple[KpiResult, ...]
    drawings: tuple[Figure | None, ...]
    left: float


def panels(whole: KpiResult, others: Sequence[KpiResult], catalogue: Catalogue, language: str) -> Panels:
    """The panels of ``others``, aligned with the chart of ``whole``."""
    above = None if whole.refusal else chart.chart(whole, catalogue, language)
    timed = next((one for one in (whole, *others) if one.points), None)
    if timed is None:
        return Panels(tuple(others), tuple(None for _ in others), 0.0)
    x = above.x if above else chart.time_axis(timed, catalogue, language)
    last = len(others) - 1
    drawn = [panel(other, x, catalogue, language, place == last) for place, other in enumerate(others)]
    held = [one for one in (above, *drawn) if one is not None]
    left = max((one.margin.left for one in held), default=0.0)
    right = above.margin.right if above else RIGHT
    aligned = [one and replace(one, margin=replace(one.margin, left=left, right=right)) for one in drawn]
    return Panels(tuple(others), tuple(aligned), left)


def panel(result: KpiResult, x: Scale, catalogue: Catalogue, language: str, days: bool) -> Figure | None:
    """One KPI on the time axis ``x``, in display unit; ``days`` says that it has the names of the axis."""
    points = [(max(point.at, x.low), shown(result, point.value)) for point in result.points]  # type: ignore[type-var]
    present = [(at, number) for at, number in points if number is not None]
    if result.refusal or not present:
        return None
    reach = [number for _, number in present]
    fine = chart.decimals(reach)
    y = number_axis(min(reach), max(reach), lambda n: format.number(language, n, fine), most=2)
    low, high = float(y.low), float(y.high)  # type: ignore[arg-type]
    y = Scale(low, max(high, low + (max(reach) - low) / (1 - PEAK)), y.ticks)
    bands = [replace(band, text="") for band in events(result, catalogue, y, x, language)]
    margin = Margin(left=chart.axis_room(y), right=RIGHT, top=4, bottom=FOOT_WITH_DAYS if days else FOOT)
    time = x if days else Scale(x.low, x.high)
    marks = (*bands, Line(tuple(points), "now"), *_ends(result, present, language))
    return Figure(*SIZE, time, y, marks, chart.sentence(result, catalogue, language), margin)


def _ends(result: KpiResult, present: Sequence[tuple], language: str) -> Iterator[Mark]:
    """The last point with its number, and the highest where that is another."""
    last, top = present[-1], max(present, key=lambda point: point[1])
    yield PointMark(*last)
    yield Label(*last, _said(result, last[1], language), "now", "start", "middle", strong=True)
    if top[0] != last[0] and len(present) > 2:
        yield PointMark(*top)
        yield Label(*top, _said(result, top[1], language), "strong", "middle", "above", strong=True)


def _said(result: KpiResult, number: float, language: str) -> str:
    return format.value(language, result.kpi, number / result.kpi.scale)[0]


def beside(whole: KpiResult, held: Panels, view: View, language: str, theme: Theme) -> html.Article:
    """The panels under each other, with what can be put beside them."""
    title = t(language, "analysis.beside")
    more = [menu(language)] if len(held.results) < MOST_BESIDE else []
    if not held.results:
        asked = html.P(t(language, "analysis.beside.none", most=MOST_BESIDE), className="an-quiet")
        head = [html.H3(title), html.Span(className="an-space"), *more]
        return html.Article([html.Header(head, className="an-card-h"), asked], className="an-card an-shown")
    pairs = zip(held.results, held.drawings, strict=True)
    drawn = [_panel(result, one, view, language, theme) for result, one in pairs]
    said = t(language, "analysis.beside.said")
    table = numbers(*_table(whole, held.results, language))
    return framed("beside", title, said, html.Div(drawn, className="an-panels"), table, language, more)


def _panel(result: KpiResult, drawn: Figure | None, view: View, language: str, theme: Theme) -> html.Section:
    body: Component = html.P(t(language, result.refusal or "analysis.empty"), className="an-quiet")
    if drawn is not None:
        moment = t(language, f"analysis.date.{result.query.grain.value}")
        described = figure(drawn, theme, language, {"now": series(result, language, "now")}, moment)
        plotted = graph(f"{CHART}-{result.kpi.code}", described, "an-plot")
        body = html.Div(plotted, className="an-panel-plot", role="img", **{"aria-label": drawn.alt})
    return html.Section([_head(result, view, language), body], className="an-panel")


def _head(result: KpiResult, view: View, language: str) -> html.Header:
    """Name, number of the period, state and age, and the way to take it away."""
    kpi, now = result.kpi, state(result)
    name = (kpi.short or kpi.name).get(language)
    rest = view.with_(beside=tuple(code for code in view.beside if code != kpi.code))
    whole = [html.Small(t(language, "board.whole"))] if view.areas and not result.query.areas else []
    number = format.phrase(language, kpi, result.value.number if told(result) else None)
    status = [icon(glyph(now)), html.Span(word(result, language))]
    drop = t(language, "analysis.beside.drop", name=name)
    return html.Header(
        [
            html.A(html.H4(name), href=f"/kpi/{kpi.code}?{_same(view)}", title=kpi.name.get(language)),
            html.B(number),
            html.Span(status, className="an-status", **{"data-state": now}), *whole, age(result, language),
            html.A(Markup(html=sign("close"), className="an-sign"), href=rest.href, className="an-icon", title=drop,
                   **{"aria-label": drop}),
        ],
        className="an-panel-h",
    )  # fmt: skip


def _same(view: View) -> str:
    """The days of a view, for the page of another KPI."""
    return f"from={view.first.isoformat()}&to={view.last.isoformat()}"


def _table(whole: KpiResult, others: Sequence[KpiResult], language: str) -> tuple[list[str], Iterator[list[str]]]:
    heads = [t(language, f"analysis.grain.{whole.query.grain.value}")]
    heads += [f"{one.kpi.name.get(language)} ({unit(one, language)})" for one in (whole, *others)]
    return heads, _lines(whole, others, language)


def _lines(whole: KpiResult, others: Sequence[KpiResult], language: str) -> Iterator[list[str]]:
    """The newest bucket first."""
    known = [{point.at: point.value for point in one.points} for one in others]
    for point in reversed(whole.points):
        values = [held.get(point.at, MISSING) for held in known]
        cells = [
            written(one, value, language) for one, value in zip((whole, *others), (point.value, *values), strict=True)
        ]
        yield [format.bucket(language, point.at, whole.query.grain), *cells]
