"""Beside: an answer held against what is no other time: the same days of another area, or what the plan wants.

The other side is an answer of its own, asked in the same batch and protected as every answer is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from data.calendar.period import Grain, Period
from data.catalogue.kpi import Kpi
from data.catalogue.measure import flows
from data.catalogue.text import Text
from data.kpis.query import Compare, KpiQuery
from data.kpis.result import Comparison, KpiResult, Point, Value

LAST = "last_"
MOMENT = timedelta(microseconds=1)


def elsewhere(query: KpiQuery, area: str) -> KpiQuery:
    """The same question of another area; of a breakdown by areas there is none, all of them are there."""
    return query if query.by == "area" else replace(query, area=area, joined=())


def beside(result: KpiResult, other: KpiResult, name: Text) -> KpiResult:
    """An answer whose comparison is ``other``, a question that differs by its area; ``name`` is that area's."""
    query = replace(result.query, compare=Compare.AREA)
    if result.query.by == "area":
        return replace(result, query=query)
    there = {point.at: point.value for point in other.points}
    parts = {part.key: part.value for part in other.parts}
    held = Comparison(Compare.AREA, result.query.period, other.value, *_change(result.value, other.value), name)
    return replace(
        result,
        query=query,
        comparison=held,
        points=tuple(replace(point, compare=there.get(point.at)) for point in result.points),
        parts=tuple(replace(part, compare=parts.get(part.key)) for part in result.parts),
    )


def planned(result: KpiResult) -> KpiResult:
    """An answer held against its target: of what adds, evenly over the target's period, as far as numbers are known.

    A result without a target in force is returned as it is, without a comparison.
    """
    kpi, query = result.kpi, replace(result.query, compare=Compare.TARGET)
    if query.by is not None:
        return replace(result, query=query)
    known = [point.at for point in result.points if point.value.number is not None]
    wanted = [_wanted(kpi, point.at, Grain(query.grain), query.period) for point in result.points]
    if not known or wanted[-1] is None:
        return replace(result, query=query)
    total = _whole(kpi, result.points, wanted, known[-1])
    held = Comparison(Compare.TARGET, query.period, total, *_change(result.value, total))
    points = zip(result.points, wanted, strict=True)
    return replace(
        result,
        query=query,
        comparison=held,
        points=tuple(replace(p, compare=None if number is None else Value(number)) for p, number in points),
    )


def _whole(kpi: Kpi, points: Sequence[Point], wanted: Sequence[float | None], last: datetime) -> Value:
    """What is wanted of the whole: of what adds the sum up to the last number, of a level its last."""
    due = [number for point, number in zip(points, wanted, strict=True) if number is not None and point.at <= last]
    if not due:
        return Value(None)
    return Value(sum(due) if flows(kpi.measure) else due[-1])


def _wanted(kpi: Kpi, at: datetime, grain: Grain, period: Period) -> float | None:
    """What the plan wants of the bucket that starts at ``at``, in stored unit."""
    end = min(grain.step(grain.floor(at)), period.end)
    target = kpi.wanted((end - MOMENT).date())
    if target is None:
        return None
    unit = kpi.period.removeprefix(LAST)
    if not flows(kpi.measure) or unit == "now":
        return target / kpi.scale
    whole = Period.containing(at, Grain(unit))
    return target / kpi.scale * ((end - max(at, period.start)) / (whole.end - whole.start))


def _change(now: Value, before: Value) -> tuple[float | None, float | None]:
    """Difference and relative difference; None where either number is not told."""
    if now.number is None or before.number is None:
        return None, None
    change = now.number - before.number
    return change, change / abs(before.number) if before.number else None
