"""The large figure: the series, what it is held against, what happened, and what is missing."""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import Any

from data.calendar.period import Grain
from data.catalogue import Catalogue
from data.kpis.query import Compare
from data.kpis.result import KpiResult, Point
from data.messages import t
from layouts import format
from layouts.analysis.annotations import ends, events, gaps, spread, thresholds
from layouts.analysis.names import subject
from layouts.analysis.numbers import moon_day, peak, shown
from layouts.analysis.pointer import note, series
from layouts.analysis.remarks import Numbered, flags, read
from layouts.axis import number_axis, time_ticks
from layouts.breaks import breaks
from layouts.marks import Figure, Line, Margin, Mark, PointMark, Role, Scale, Tick
from layouts.markup import Markup
from layouts.plotly import figure
from layouts.svg import svg
from layouts.tokens import Theme

WIDTH, HEIGHT = 830.0, 190.0
PEAK, NOTE, ROW = 0.1, 0.3, 0.13
STEP, RIGHT, TOP, BOTTOM = 8, 64, 14, 26


def plot(
    drawing: Figure, result: KpiResult, catalogue: Catalogue, language: str, theme: Theme, said: Numbered = ()
) -> dict[str, Any]:
    """The main figure for Plotly with what a pointer reads, also of what people ``said``."""
    lines = {"now": series(result, language, "now")}
    if any(point.compare for point in result.points):
        lines["prev"] = series(result, language, "prev")
    moment = t(language, f"analysis.date.{result.query.grain.value}")
    notes = [_notes(result, point, catalogue, language, said) for point in result.points]
    return figure(drawing, theme, language, lines, moment, notes)  # type: ignore[arg-type]


def _notes(result: KpiResult, point: Point, catalogue: Catalogue, language: str, said: Numbered) -> str:
    """What stands under the date in the hover box."""
    return "<br>".join(text for text in (note(result, point, catalogue, language), read(said, result, point)) if text)


def still(drawing: Figure) -> Markup:
    """The main figure as it stands until Plotly is there, and where it never comes: the same marks in the same place.

    Margins are classes: a step of `STEP` px at the left, more at the right, above and below than is usual.
    """
    margin = drawing.margin
    more = {"is-wide": margin.right > RIGHT, "is-high": margin.top > TOP, "is-deep": margin.bottom > BOTTOM}
    names = ["an-still", f"room-{round(margin.left / STEP)}", *(name for name, held in more.items() if held)]
    return Markup(html=svg(replace(drawing, alt=""), "figure"), className=" ".join(names))


def chart(
    result: KpiResult, catalogue: Catalogue, language: str, said: Numbered = (), left: float = 0.0
) -> Figure | None:
    """What the main figure draws, in display unit; None without a single number.

    ``left`` px at least are free at the left, where other axes below are wider.
    """
    numbers = [n for n in (shown(result, point.value) for point in result.points) if n is not None]
    if not numbers:
        return None
    before = [n for n in (shown(result, point.compare) for point in result.points) if n is not None]
    held = thresholds(result, language)
    reach = [*numbers, *before, *(rule.at for rule in held)]
    y = number_axis(min(reach), max(reach), lambda n: format.number(language, n, decimals(reach)), most=3)
    x = time_axis(result, catalogue, language)
    rows = max((band.text.count("\n") + 1 for band in events(result, catalogue, y, x, language)), default=0)
    y = _with_room(y, max(reach), max(NOTE, ROW * rows) if said or rows else PEAK)
    now, prev = _line(result, "now"), _line(result, "prev")
    marks: list[Mark] = [
        *events(result, catalogue, y, x, language),
        *gaps(result, language),
        *breaks(result, x, y, language),
    ]
    marks += [*spread(held, y), *([prev] if before else []), now]
    marks += [
        PointMark(p.at, n, "estimated")
        for p in result.points
        if p.estimated and (n := shown(result, p.value)) is not None
    ]
    marks += ends(result, y, language)
    marks += flags(said, Grain(result.query.grain), x)
    margin = Margin(
        left=max(left, axis_room(y)),
        right=92 if before else RIGHT,
        top=22 if said else TOP,
        bottom=40 if _by_moon(result, catalogue) else BOTTOM,
    )
    return Figure(WIDTH, HEIGHT, x, y, tuple(marks), sentence(result, catalogue, language), margin)


def axis_room(y: Scale) -> float:
    """Px the numbers of an axis need at its left, in steps of `STEP`."""
    return STEP * max(4, ceil((14 + 6.8 * max((len(tick.text) for tick in y.ticks), default=1)) / STEP))


def _with_room(y: Scale, top: float, share: float) -> Scale:
    """The scale with ``share`` of its height free above the data, for words."""
    low, high = float(y.low), float(y.high)  # type: ignore[arg-type]
    return Scale(low, max(high, low + (top - low) / (1 - share)), y.ticks)


def sentence(result: KpiResult, catalogue: Catalogue, language: str) -> str:
    """The figure in one sentence for who cannot see it; of areas with their names."""
    top, kpi = peak(result), result.kpi
    name = subject(result, catalogue, language)
    if top is None:
        return t(language, "analysis.alt.empty", name=name)
    last = next(point for point in reversed(result.points) if point.value.number is not None)
    grain = result.query.grain
    return t(
        language, "analysis.alt", name=name,
        first=format.bucket(language, result.points[0].at, grain),
        last=format.bucket(language, last.at, grain),
        value=format.phrase(language, kpi, last.value.number),
        peak=format.phrase(language, kpi, top.value.number),
        at=format.bucket(language, top.at, grain),
    )  # fmt: skip


def time_axis(result: KpiResult, catalogue: Catalogue, language: str) -> Scale:
    """The time of an answer, half a bucket free at both ends."""
    grain = Grain(result.query.grain)
    first, last = result.points[0].at, result.points[-1].at
    start = grain.floor(first)
    room = (grain.step(start) - start) / 2
    ticks = tuple(Tick(tick.at, tick.text) for tick in time_ticks(first - room, last + room, grain, language, most=9))
    return _moons(Scale(first - room, last + room, ticks), result, catalogue)


def _by_moon(result: KpiResult, catalogue: Catalogue) -> bool:
    """Whether days are named by the moon too."""
    return catalogue.city.lunar and result.query.compare is Compare.LUNAR and result.query.grain is Grain.DAY


def _moons(x: Scale, result: KpiResult, catalogue: Catalogue) -> Scale:
    if not _by_moon(result, catalogue):
        return x
    ticks = tuple(Tick(tick.at, f"{tick.text}\n{moon_day(tick.at)}") for tick in x.ticks)  # type: ignore[arg-type]
    return Scale(x.low, x.high, ticks)


def _line(result: KpiResult, role: Role) -> Line:
    values = [(point.at, point.value if role == "now" else point.compare) for point in result.points]
    return Line(tuple((at, shown(result, value)) for at, value in values), role)


def decimals(reach: list[float]) -> int:
    """Decimals of the numbers of an axis that holds ``reach``."""
    span = max(reach) - min(min(reach), 0 if min(reach) > 0.5 * max(reach) else min(reach))
    return 0 if span >= 8 or span == 0 else 1 if span >= 0.8 else 2
