"""Pace: how far a value stands from where its target wants it to be, in words and by how much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from data.catalogue.kpi import Kpi
from data.kpis.result import KpiResult
from data.messages import t
from layouts.comparison import bound
from layouts.format import day, number

Way = Literal["ahead", "on", "behind"]


@dataclass(frozen=True, slots=True)
class Pace:
    """``gap`` is the distance to what should be reached, in display unit, never negative."""

    way: Way
    gap: float


def pace(result: KpiResult) -> Pace | None:
    """Ahead, on or behind the target in force or the point of its path; None when either number is missing.

    The value is compared as it is displayed; a gap that rounds to zero at the KPI's decimals is none.
    A KPI without a direction has no good side, so no pace.
    """
    kpi, shown, target = result.kpi, result.display, result.target
    if shown is None or target is None or kpi.direction == "none":
        return None
    step = Decimal(1).scaleb(-kpi.decimals)
    value = Decimal(repr(shown)).quantize(step, ROUND_HALF_UP)
    ahead = (value - Decimal(repr(target.value))).quantize(step, ROUND_HALF_UP)
    if kpi.direction == "down":
        ahead = -ahead
    return Pace("ahead" if ahead > 0 else "behind" if ahead < 0 else "on", float(abs(ahead)))


def target_in(kpi: Kpi, year: int) -> float | None:
    """The target set for ``year`` itself, the latest if there are several; None where none was set in it."""
    steps = sorted((item for item in kpi.target if item.start.year == year), key=lambda item: item.start)
    return steps[-1].value if steps else None


def told(found: Pace, kpi: Kpi, language: str) -> str:
    """The pace in words with its number: "Vượt 1,3 điểm"; a percent differs by points."""
    gap = number(language, found.gap, kpi.decimals)
    if kpi.unit == "percent":
        said = t(language, "scorecard.points", number=gap)
    else:
        said = t(language, "format.unit", number=gap, unit=kpi.unit.get(language))
    return t(language, f"scorecard.pace.{found.way}", gap=said)


def held_against(result: KpiResult, language: str) -> str:
    """What the pace is measured from: the point of the path by now, or the target in force."""
    if result.target is None:
        return ""
    wanted = bound(language, result.kpi, result.target.value)
    key = "scorecard.against.path" if result.kpi.target_path == "linear" else "scorecard.against.target"
    by = day(language, result.query.period.end - timedelta(microseconds=1))
    return t(language, key, value=wanted, day=by)
