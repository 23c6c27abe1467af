"""A change: one figure of a paper that is another now."""

from __future__ import annotations

from dataclasses import dataclass

from data.kpis.result import KpiResult, Value

SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Change:
    """One figure: as the paper has it, and as it is now."""

    then: KpiResult
    now: KpiResult


def same(one: Value, other: Value) -> bool:
    """Whether two values are the same number, or lack one for the same reason."""
    if one.number is None or other.number is None:
        return one.number is other.number and one.presence is other.presence
    return abs(one.number - other.number) <= SAME * max(1.0, abs(one.number))
