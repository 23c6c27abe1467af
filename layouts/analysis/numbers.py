"""Numbers of an answer as the analysis page reads them."""

from __future__ import annotations

from datetime import datetime

from data.calendar.lunar import lunar
from data.kpis.result import KpiResult, Point, Value
from layouts import format
from layouts.documents.facts import said


def shown(result: KpiResult, value: Value | None) -> float | None:
    """A value in display unit."""
    return None if value is None or value.number is None else value.number * result.kpi.scale


def written(result: KpiResult, value: Value, language: str) -> str:
    """A value as a table tells it: its number, or why there is none."""
    return said(value, language) or format.value(language, result.kpi, value.number)[0]


def peak(result: KpiResult) -> Point | None:
    """The bucket with the largest number."""
    present = [point for point in result.points if point.value.number is not None]
    return max(present, key=lambda point: point.value.number or 0.0, default=None)


def moon_day(at: datetime) -> str:
    """Lunar day and month of a moment, as 14/10."""
    there = lunar(at.date())
    return f"{there.day}/{there.month}"
