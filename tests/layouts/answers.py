"""Answers made by hand, for the layouts to show."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from data.calendar.period import Grain, Period
from data.catalogue import Kpi, Source
from data.kpis.query import Compare, KpiQuery
from data.kpis.result import (
    MISSING,
    Comparison,
    Freshness,
    KpiResult,
    Level,
    Mark,
    Part,
    Point,
    Presence,
    Quality,
    SourceState,
    Stamp,
    TargetState,
    Value,
)  # fmt: skip

NOW = datetime(2026, 11, 24, 19, 42)
WORDS = {level: {"vi": f"Báo động {n}", "en": f"Alarm {n}"} for level, n in (("watch", "I"), ("alert", "II"))}


def kpi(**given: Any) -> Kpi:
    """A KPI counted in reports, where more is worse: watch from 5, alert from 15."""
    fields: dict[str, Any] = {
        "id": "egov.overdue", "code": "DVC-11", "name": {"vi": "Phản ánh quá hạn", "en": "Overdue reports"},
        "definition": {"vi": "d", "en": "d"}, "domain": "egov", "measure": {"count": "report", "time": "at"},
        "unit": {"vi": "phản ánh", "en": "reports"}, "direction": "down", "status": {"watch": 5, "alert": 15},
        "fresh_within": 3600, "owner": {"vi": "Tổng đài", "en": "Call centre"}, "period": "now",
        "grain": "day",
    }  # fmt: skip
    return Kpi.model_validate_json(json.dumps(fields | given))


def source(
    freshness: Freshness = Freshness.ON_TIME, minutes: int = 4, name: str = "Tổng đài 1022", dataset: str = "report"
) -> SourceState:
    """A source whose newest row is ``minutes`` old."""
    raw = {
        "id": "calls", "name": {"vi": name, "en": name}, "owner": {"vi": "Tổng đài", "en": "Call centre"},
        "dataset": dataset, "connector": "csv", "path": "x.csv", "fresh_within": 3600,
    }  # fmt: skip
    age = timedelta(minutes=minutes)
    return SourceState(Source.model_validate_json(json.dumps(raw)), freshness, NOW - age, NOW - age, age)


def points(numbers: list[float | None], compare: list[float] | None = None) -> tuple[Point, ...]:
    """One point a day, the last on the day of NOW."""
    last = Grain.DAY.floor(NOW)
    return tuple(
        Point(
            last - timedelta(days=len(numbers) - 1 - index),
            MISSING if number is None else Value(number),
            compare=Value(compare[index]) if compare else None,
        )
        for index, number in enumerate(numbers)
    )


def result(number: float | None = 3.0, series: list[float | None] | None = None, **given: Any) -> KpiResult:
    """An answer in the normal state; ``given`` replaces any field of it."""
    compare = given.pop("against", None)
    asked = given.pop("kpi", None) or kpi()
    period = Period(NOW - timedelta(days=1), NOW)
    query = KpiQuery(asked.code, period, Grain.DAY, compare=Compare.YEAR if compare else Compare.NONE)
    fields: dict[str, Any] = {
        "kpi": asked, "query": query, "level": Level.NORMAL, "freshness": Freshness.ON_TIME,
        "value": Value(number, Presence.MISSING if number is None else Presence.PRESENT),
        "age": timedelta(minutes=4), "marks": frozenset({Mark.SIMULATED}), "parts": (), "comparison": None,
        "points": points([2.0, 4.0, 3.0] if series is None else series, compare), "target": None,
        "quality": Quality(1.0, 1.0, 1.0, 1.0), "sources": (source(),), "stamp": Stamp(7, NOW, NOW),
    }  # fmt: skip
    return KpiResult(**(fields | given))


__all__ = [
    "NOW", "WORDS", "Compare", "Comparison", "Freshness", "Level", "Mark", "Part", "Period", "Point",
    "Presence", "Quality", "TargetState", "Value", "kpi", "points", "result", "source",
]  # fmt: skip
