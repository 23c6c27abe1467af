"""Alerts as occasions: which days one is held against another at, by hand."""

from __future__ import annotations

from datetime import date, timedelta

from data.calendar.almanac import MOST, Almanac
from data.calendar.occasion import Occasion
from tests.kpis.delivered import hoian

CITY = hoian().city


def alert(name: str, kind: str, first: date, last: date) -> Occasion:
    return Occasion(name, kind, first, last, first)


RIVER = [
    alert("r3", "river:hoi_an", date(2026, 11, 13), date(2026, 11, 16)),
    alert("q1", "queue:", date(2026, 11, 2), date(2026, 11, 2)),
    alert("r2", "river:hoi_an", date(2026, 10, 20), date(2026, 10, 21)),
    alert("r1", "river:hoi_an", date(2025, 10, 28), date(2025, 11, 1)),
]
ALMANAC = Almanac(CITY, tuple(RIVER))


def test_an_alert_is_held_against_one_of_its_rule_at_the_day_each_began() -> None:
    """The river rose on 13 November and on 20 October: 24 days apart, though the days shown begin on the 12th."""
    shown = (date(2026, 11, 12), date(2026, 11, 17))
    assert ALMANAC.back(*shown, "r2") == timedelta(days=24)
    assert ALMANAC.back(*shown, "r1") == date(2026, 11, 13) - date(2025, 10, 28)
    assert ALMANAC.back(*shown, "q1") == timedelta(days=10), "of another kind: where each begins"


def test_nothing_is_held_against_what_comes_after_it() -> None:
    assert ALMANAC.back(date(2026, 10, 20), date(2026, 10, 21), "r3") is None
    assert ALMANAC.back(date(2026, 11, 13), date(2026, 11, 16), "r3") is None
    assert ALMANAC.back(date(2026, 11, 13), date(2026, 11, 16), "r9") is None


def test_those_of_the_kind_that_is_shown_come_first() -> None:
    assert [one.id for one in ALMANAC.earlier(date(2026, 11, 13), date(2026, 11, 16))] == ["r2", "r1", "q1"]
    assert [one.id for one in ALMANAC.earlier(date(2026, 11, 5), date(2026, 11, 9))] == ["q1", "r2", "r1"]
    many = Almanac(CITY, tuple(alert(f"x{n}", "x:", date(2026, 1, 1), date(2026, 1, 2)) for n in range(40)))
    assert len(many.earlier(date(2026, 11, 1), date(2026, 11, 2))) == MOST


def test_what_the_city_knows_is_in_it_too() -> None:
    assert ALMANAC.occasion("tet_2025") == Almanac(CITY).occasion("tet_2025")
    assert ALMANAC.occasion("night-2026-11-22").peak == date(2026, 11, 22)
    assert ALMANAC.back(date(2026, 2, 14), date(2026, 2, 22), "tet_2025") == timedelta(days=384)
    assert ALMANAC.occasion("r2") == RIVER[2]
    assert ALMANAC.occasion("r9") is None
