"""A heat tile: when in the week a KPI is high, as weekday by hour."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from dash import html
from dash.development.base_component import Component

from data.catalogue.board import HeatTile
from data.kpis.result import KpiResult, Value
from data.messages import t
from layouts import ids
from layouts.format import phrase, value
from layouts.marks import Figure, HeatCell, Label, Margin, Scale, Tick
from layouts.markup import Markup
from layouts.state import state
from layouts.svg import svg
from layouts.tile import ABSENT, absence, provenance
from layouts.view import way

HOURS, DAYS, STEPS = 24, 7, 7
SIZE = (600.0, 200.0)
NAMED = range(0, HOURS, 6)
Cell = tuple[int, int]


def heat(result: KpiResult, item: HeatTile, language: str, said: Component | None = None) -> html.Article:
    """The tile of ``result``, which was asked by hour; a silent or refused answer says why nothing is drawn.

    ``said`` is the mark of what people wrote beside it.
    """
    now = state(result)
    cells = means(result) if now not in ("stale", "error") else {}
    title = html.H2(html.A(item.name.get(language), href=way(result, grain="hour")), className="tile-title")
    weeks = html.Small(t(language, "heat.weeks", weeks=item.weeks))
    why = absence(result, language) if now in ABSENT else t(language, "heat.empty")
    drawn = _drawn(result, cells, language) if cells else [html.P(why, className="last-known")]
    body = [
        html.Header([title, weeks], className="tile-head"),
        *drawn,
        provenance(result, language, said=said),
    ]
    flag = {"data-state": "stale" if now == "stale" else "ok"}
    return html.Article(
        html.Div(body, className="tile-body"),
        id=ids.tile(f"heat-{result.kpi.code}"),
        className="tile tile-heat",
        **flag,
    )


def means(result: KpiResult) -> dict[Cell, float]:
    """(weekday, hour) -> the mean of the hours that have a number, in stored unit; a ratio is of the sums."""
    hours: dict[Cell, list[Value]] = defaultdict(list)
    for point in result.points:
        if point.value.number is not None:
            hours[point.at.weekday(), point.at.hour].append(point.value)
    found = {cell: _mean(values) for cell, values in hours.items()}
    return {cell: mean for cell, mean in found.items() if mean is not None}


def _mean(values: Iterable[Value]) -> float | None:
    held = list(values)
    parts = [(v.numerator, v.denominator) for v in held if v.numerator is not None and v.denominator is not None]
    if len(parts) < len(held):
        return sum(v.number for v in held if v.number is not None) / len(held)
    under = sum(below for _, below in parts)
    # The numbers carry the scale of their ratio ("per 1,000"), their parts do not.
    scale = next((v.number * b / n for v, (n, b) in zip(held, parts, strict=True) if v.number and n), 1.0)
    return scale * sum(above for above, _ in parts) / under if under else None


def figure(result: KpiResult, cells: Mapping[Cell, float], language: str, read: bool = False) -> Figure:
    """Monday on top, midnight at the left; seven classes of equal width, hatched where no hour has a number.

    One to be ``read`` closely has the numbers of its highest and lowest hour, and names twice as many.
    """
    low, high = min(cells.values()), max(cells.values())
    held = extremes(cells) if read else ()
    every = [(day, hour) for day in range(DAYS) for hour in range(HOURS)]
    marks = [
        HeatCell(
            float(hour), hour + 1.0, DAYS - 1.0 - day, float(DAYS - day), step(cells.get((day, hour)), low, high),
            text=value(language, result.kpi, cells[day, hour])[0] if (day, hour) in held else "",
        )
        for day, hour in sorted(every, key=held.__contains__)  # words over their neighbours
    ]  # fmt: skip
    names = [Label(-0.25, DAYS - 0.5 - day, t(language, f"format.weekday.{day}"), anchor="end") for day in range(DAYS)]
    named = NAMED if not read else range(0, HOURS, NAMED.step // 2)
    ticks = tuple(Tick(hour + 0.5, t(language, "heat.hour", hour=hour)) for hour in named)
    alt = f"{result.kpi.name.get(language)}. {peak(result, cells, language)}"
    x, y = Scale(0.0, float(HOURS), ticks), Scale(0.0, float(DAYS))
    return Figure(*SIZE, x, y, (*marks, *names), alt, Margin(left=34, bottom=22))


def step(number: float | None, low: float, high: float) -> int:
    """The class of a number, 1 to 7; 0 without one. All alike stand in the middle."""
    if number is None:
        return 0
    return min(STEPS, 1 + int((number - low) / (high - low) * STEPS)) if high > low else (STEPS + 1) // 2


def extremes(cells: Mapping[Cell, float]) -> tuple[Cell, Cell]:
    """The highest and the lowest hour of the week, of equal ones the first."""
    order = sorted(cells)
    return max(order, key=lambda cell: cells[cell]), min(order, key=lambda cell: cells[cell])


def peak(result: KpiResult, cells: Mapping[Cell, float], language: str) -> str:
    """The highest and the lowest hour of the week in one sentence."""
    said: dict[str, str] = {}
    for name, (day, hour) in zip(("high", "low"), extremes(cells), strict=True):
        said |= {
            f"{name}_day": t(language, f"format.weekday.{day}"),
            f"{name}_hour": t(language, "heat.hour", hour=hour),
            name: phrase(language, result.kpi, cells[day, hour]),
        }
    return t(language, "heat.peak", **said)


def _drawn(result: KpiResult, cells: Mapping[Cell, float], language: str) -> list[Component]:
    drawn = Markup(html=svg(figure(result, cells, language), "figure figure-heat"), className="heat-box")
    return [drawn, html.P(peak(result, cells, language), className="heat-peak")]
