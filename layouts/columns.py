"""A figure of columns: what adds up over time, bucket by bucket, with the compared series dashed over it."""

from __future__ import annotations

from datetime import datetime

from data.calendar.period import Grain
from data.kpis.query import Compare
from data.kpis.result import KpiResult
from layouts.axis import number_axis, time_ticks
from layouts.figures import hero
from layouts.format import bucket, number, short_day
from layouts.marks import Bar, Figure, Label, Line, Mark, Scale

SIZE = (640.0, 180.0)
GAP = 0.12  # of a bucket, left free on each side of its column


def columns(result: KpiResult, language: str) -> Figure | None:
    """One column for each bucket that has a number, the highest named; None without two numbers."""
    scale, grain = result.kpi.scale, Grain(result.query.grain)
    known = [(p.at, p.value.number * scale) for p in result.points if p.value.number is not None]
    told = hero(result, language)
    if len(known) < 2 or told is None:
        return None
    before = _before(result) if result.query.compare is not Compare.NONE else ()
    seen = [0.0, *(n for _, n in known), *(n for _, n in before if n is not None)]
    high_at, high = max(known, key=lambda one: one[1])
    y = number_axis(min(seen), max(seen) * 1.08, lambda n: number(language, n, 0 if max(seen) >= 4 else 1), 4)
    low, end = result.points[0].at, grain.step(result.points[-1].at)
    ticks = time_ticks(low, result.points[-1].at, grain, language, 7)
    x = Scale(low, end, tuple(type(tick)(_middle(tick.at, grain), tick.text) for tick in ticks))
    marks: list[Mark] = [_column(at, n, grain, "strong" if at == high_at else "now") for at, n in known]
    if any(n is not None for _, n in before):
        marks.append(Line(tuple((_middle(at, grain), n) for at, n in before), "prev", dashed=True))
    name = f"{_name(language, high_at, grain)}: {number(language, high, result.kpi.decimals)}"
    marks.append(Label(_middle(high_at, grain), high, name, "label", _anchor(high_at, x), "above", True))
    return Figure(*SIZE, x, y, tuple(marks), told.alt)


def _before(result: KpiResult) -> tuple[tuple[datetime, float | None], ...]:
    scale = result.kpi.scale
    return tuple(
        (p.at, p.compare.number * scale if p.compare and p.compare.number is not None else None) for p in result.points
    )


def _column(at: datetime, value: float, grain: Grain, role: str) -> Bar:
    wide = grain.step(at) - at
    return Bar(at + wide * GAP, at + wide * (1 - GAP), value, 0.0, role)  # type: ignore[arg-type]


def _name(language: str, at: datetime, grain: Grain) -> str:
    return short_day(language, at) if grain is Grain.DAY else bucket(language, at, grain)


def _middle(at: datetime, grain: Grain) -> datetime:
    return at + (grain.step(at) - at) / 2


def _anchor(at: datetime, x: Scale) -> str:
    share = x.share(at)
    return "start" if share < 0.08 else "end" if share > 0.92 else "middle"
