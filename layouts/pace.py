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
    kpi, stored, target = result.kpi, result.value.number, result.target
    if stored is None or target is None or kpi.direction == "none":
        return None
    step = Decimal(1).scaleb(-kpi.decimals)
    value = (Decimal(repr(stored)) * Decimal(repr(kpi.scale))).quantize(step, ROUND_HALF_UP)
    ahead = (value - Decimal(repr(target.value))).quantize(step, ROUND_HALF_UP)
    if kpi.direction == "down":
        ahead = -ahead
    return Pace("ahead" if ahead > 0 else "behind" if ahead < 0 else "on", float(abs(ahead)))


def target_in(kpi: Kpi, year: int) -> float | None:
    """The target set for ``year`` itself, the latest if there are several; None where none was set in it."""
    steps = sorted((item for item in kpi.target if item.start.year == year), key=lambda item: item.start)
    return steps[-1].value if steps else None


def told(found: Pace, kpi: Kpi, language: str) -> str:
    """The pace in words with its number: "Vượt 1,3 điểm %"."""
    return t(language, f"scorecard.pace.{found.way}", gap=distance(found, kpi, language))


def distance(found: Pace, kpi: Kpi, language: str) -> str:
    """The gap with its unit; percents differ by points of a percent."""
    gap = number(language, found.gap, kpi.decimals)
    if kpi.unit == "percent":
        return t(language, "scorecard.points", number=gap)
    return t(language, "format.unit", number=gap, unit=kpi.unit.get(language))


def held_against(result: KpiResult, language: str) -> str:
    """What the pace is measured from: the point of the path by its day, or the target in force."""
    if result.target is None:
        return ""
    wanted = bare(result.kpi, result.target.value, language)
    if result.kpi.target_path != "linear":
        return t(language, "scorecard.against.target", value=wanted)
    by = day(language, result.query.period.end - timedelta(microseconds=1))
    return t(language, "scorecard.against.path", value=wanted, day=by)


def bare(kpi: Kpi, shown: float, language: str) -> str:
    """A target in display unit with the decimals of its KPI, its unit left to the value on the same line.

    A percent keeps its sign, and no decimals it was not set with.
    """
    if kpi.unit == "percent":
        return bound(language, kpi, shown)
    return number(language, shown, kpi.decimals)
