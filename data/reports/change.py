"""A change: one figure of a paper that is another now."""

from __future__ import annotations

from dataclasses import dataclass

from data.kpis.result import KpiResult


@dataclass(frozen=True, slots=True)
class Change:
    """One figure: as the paper has it, and as it is now."""

    then: KpiResult
    now: KpiResult
