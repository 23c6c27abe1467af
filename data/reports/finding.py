"""What is to be said of one KPI in a report: its extremes, what brought its change, what it lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from data.calendar.period import Grain
from data.catalogue.measure import Count, Last, Total
from data.kpis.result import ENOUGH, KpiResult, Part, Point, Presence, SourceState
from data.reports.draft import Draft

FEW = 7  # buckets below which naming the highest and the lowest says nothing
EXACT = 1e-6
Why = Literal["missing", "not_applicable", "suppressed", "incomplete"]


@dataclass(frozen=True, slots=True)
class Lack:
    """A figure that is not there or not whole, whose business that is, and when its owner was last told.

    ``share`` 0..1 is what came of the expected records, None where that is not known.
    """

    result: KpiResult
    why: Why
    share: float | None
    sources: tuple[SourceState, ...]
    told_at: datetime | None = None

    @property
    def owed(self) -> bool:
        """Whether somebody has still to deliver it; what does not apply or may not be told is owed by nobody."""
        return self.why in ("missing", "incomplete")


@dataclass(frozen=True, slots=True)
class Cause:
    """The part that brought most of a change, in stored unit, and its share of it, 0..1 or more."""

    part: Part
    change: float
    share: float


@dataclass(frozen=True, slots=True)
class Finding:
    """All that is to be said of one KPI."""

    result: KpiResult
    high: Point | None
    low: Point | None
    cause: Cause | None
    lack: Lack | None


def finding(draft: Draft, name: str, by: str | None = None) -> Finding:
    """What the answers in a draft say of a KPI; ``by`` is where the cause of its change is looked for."""
    result = draft.of(name)
    divided = draft.split(name, by) if by and by in result.kpi.dimensions else None
    high, low = extremes(result.points) if _swings(result) else (None, None)
    if high and not levelled(result) and (high.value.number or 0.0) <= 1:
        high = low = None  # "one on the day it happened" says nothing
    return Finding(result, high, low, divided and cause(result, divided.parts), lack(draft, result))


def levelled(result: KpiResult) -> bool:
    """Whether the number is a level, which a period has the highest and lowest of but no sum."""
    return isinstance(result.kpi.measure, Last)


def _swings(result: KpiResult) -> bool:
    """Whether naming the highest and lowest bucket says something: what adds up by the day, and levels by the hour."""
    fine = result.query.grain in (Grain.HOUR, Grain.DAY)
    return fine and (levelled(result) or isinstance(result.kpi.measure, Count | Total))


def extremes(points: Sequence[Point]) -> tuple[Point | None, Point | None]:
    """The highest and the lowest bucket, the earliest of equals.

    (None, None) where there are few or all are equal.
    """
    known = [point for point in points if point.value.number is not None]
    if len(known) < FEW:
        return None, None
    high = max(known, key=lambda point: point.value.number or 0.0)
    low = min(known, key=lambda point: point.value.number or 0.0)
    return (None, None) if high.value.number == low.value.number else (high, low)


def cause(result: KpiResult, parts: Sequence[Part]) -> Cause | None:
    """The part whose change goes furthest in the direction of the whole; None unless the parts add up to the whole.

    Changes of parts add only where the values do: a share has no part that brought its change.
    """
    total = result.comparison.change if result.comparison else None
    moves = [(part, move) for part in parts if (move := _move(part)) is not None]
    if not total or not moves or len(moves) < 2 or abs(sum(move for _, move in moves) - total) > EXACT * abs(total):
        return None
    part, move = max(moves, key=lambda one: one[1] / total)
    return Cause(part, move, move / total)


def lack(draft: Draft, result: KpiResult) -> Lack | None:
    """Why a figure is not whole; None when it is."""
    share = result.quality.complete
    if result.value.presence is not Presence.PRESENT:
        why: Why = result.value.presence.value  # type: ignore[assignment]
    elif share is not None and share < ENOUGH:
        why = "incomplete"
    else:
        return None
    end = result.query.period.end
    silent = tuple(s for s in result.sources if s.event_time is None or s.event_time < end)
    owing = silent or result.sources
    return Lack(result, why, share, owing, _told_at(draft, owing))


def shortened(result: KpiResult) -> float | None:
    """The share there is of the period compared with, where that is not all of it."""
    share = result.comparison.complete if result.comparison else None
    return share if share is not None and share < ENOUGH else None


def lacking(draft: Draft) -> tuple[Lack, ...]:
    """Every figure of a report that somebody owes, each KPI once, in the order of the report."""
    return tuple(found for result in _wholes(draft) if (found := lack(draft, result)) is not None and found.owed)


def _wholes(draft: Draft) -> Iterator[KpiResult]:
    seen: set[str] = set()
    for result in draft.results:
        if result.query.by is None and result.kpi.id not in seen:
            seen.add(result.kpi.id)
            yield result


def _move(part: Part) -> float | None:
    if part.value.number is None or part.compare is None or part.compare.number is None:
        return None
    return part.value.number - part.compare.number


def _told_at(draft: Draft, sources: Sequence[SourceState]) -> datetime | None:
    """When the rule of silence of one of the sources last spoke."""
    names = {state.source.id for state in sources}
    spoke = [e.began_at for e in draft.events if (rule := draft.rules.get(e.rule)) and rule.source in names]
    return max(spoke, default=None)
