"""Answers of a goal: 87 % to be reached by the end of 2023, 90 % of 2025, 95 % of 2030."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from data.calendar.period import Grain, Period
from data.catalogue import Kpi
from data.kpis.query import KpiQuery
from data.kpis.result import MISSING, KpiResult, Point, TargetState, Value
from tests.layouts.answers import kpi, result

YEAR = Period(datetime(2025, 1, 1), datetime(2026, 1, 1))
POINTS = (
    Point(datetime(2022, 1, 1), MISSING),
    Point(datetime(2023, 1, 1), Value(0.872)),
    Point(datetime(2024, 1, 1), Value(0.894)),
    Point(datetime(2025, 1, 1), Value(0.913)),
)


def goal_kpi(**given: Any) -> Kpi:
    """A share of a year where more is better, on a path."""
    fields: dict[str, Any] = {
        "id": "goals.water", "code": "MTC-01", "name": {"vi": "Nước sạch", "en": "Clean water"},
        "unit": "percent", "decimals": 1, "direction": "up", "status": {}, "target_path": "linear",
        "target": [{"from": "2023-12-31", "value": 87}, {"from": "2025-12-31", "value": 90},
                   {"from": "2030-12-31", "value": 95}],
        "period": "last_year", "grain": "year", "owner": {"vi": "Trung tâm", "en": "Centre"},
    }  # fmt: skip
    return kpi(**(fields | given))


def goal(number: float | None = 0.913, **given: Any) -> KpiResult:
    """Its answer of 2025, when the path stands at 90; ``given`` replaces any field."""
    asked = given.pop("kpi", None) or goal_kpi()
    query = KpiQuery(asked.code, YEAR, Grain.YEAR)
    target = TargetState(90.0, None, 1.0, 95.0, date(2030, 12, 31)) if asked.target else None
    return result(number, **({"kpi": asked, "query": query, "points": POINTS, "target": target} | given))
