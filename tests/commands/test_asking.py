"""A number in the terminal: what it is held against is told in text and in JSON."""

from __future__ import annotations

import json
from datetime import datetime

from commands.asking import _as_json, _as_text
from data.calendar.period import Period
from data.catalogue import Text
from data.kpis.result import KpiResult
from tests.layouts.answers import Compare, Comparison, Part, Point, Value, kpi, result

LAST_YEAR = Period(datetime(2025, 11, 1), datetime(2025, 12, 1))
RATE = {"measure": {"ratio": {"of": {"count": "report", "time": "at"}, "to": {"count": "report", "time": "at"}}}}


def held(**given: object) -> KpiResult:
    """A November at 98.9 %, that of last year at 98.7 %."""
    other = Comparison(Compare.YEAR, LAST_YEAR, Value(0.987), 0.002, 0.002 / 0.987)
    point = Point(datetime(2026, 11, 1), Value(0.989), datetime(2025, 11, 1), Value(0.987))
    fields = {"kpi": kpi(unit="percent", decimals=1, **RATE), "comparison": other, "points": (point,)}
    return result(0.989, **(fields | given))


def test_text_tells_the_other_period() -> None:
    lines = _as_text(held(), "en").splitlines()
    assert "compared with year (2025-11-01 00:00 to 2025-11-30 23:59): 98.7%, change +0.2\u00a0pts" in lines
    assert "  2026-11-01 00:00  98.9%  2025-11-01 00:00  98.7%" in lines


def test_text_tells_the_other_period_of_a_part() -> None:
    desk = Part("desk", Text(vi="Tại quầy", en="Desk"), Value(0.95), Value(0.9))
    assert _as_text(held(parts=(desk,)), "en").splitlines()[-1].split() == ["Desk", "95.0%", "90.0%"]


def test_json_tells_the_other_period_in_the_shape_of_the_answer() -> None:
    desk = Part("desk", Text(vi="Tại quầy", en="Desk"), Value(0.95), Value(0.9))
    told = json.loads(_as_json(held(parts=(desk,))))["comparison"]
    assert told == {
        "kind": "year", "start": "2025-11-01T00:00:00", "end": "2025-12-01T00:00:00", "value": 98.7, "change": 0.2,
        "points": [["2025-11-01T00:00:00", 98.7]], "parts": {"desk": 90.0},
    }  # fmt: skip


def test_nothing_is_told_where_nothing_was_asked() -> None:
    alone = held(comparison=None, points=(Point(datetime(2026, 11, 1), Value(0.989)),))
    assert "compared" not in _as_text(alone, "en")
    assert json.loads(_as_json(alone))["comparison"] is None
