"""Calendar effects, and the departments that follow them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from data.catalogue import load
from data.simulator.crowd import Cameras
from data.simulator.river import Gauges
from data.simulator.season import CALENDAR, bustle, days, flooded, free_weekday, lantern_night, tet
from data.simulator.visitors import Gates

PACK = Path(__file__).parents[2] / "data/cities/hoian"


def visitors(day: date) -> int:
    return sum(row[4] for row in Gates(7).rows(day) if isinstance(row[4], int) and row[4] > 0)


def test_offices_keep_the_calendar_of_the_pack() -> None:
    assert load(PACK).city.calendar == CALENDAR


@pytest.mark.parametrize("night", [date(2026, 9, 24), date(2026, 10, 23), date(2026, 11, 22), date(2026, 12, 22)])
def test_lantern_nights_are_lunar_fourteenths(night: date) -> None:
    assert lantern_night(night)
    assert not lantern_night(night + timedelta(days=1))


def test_tet_of_2026_begins_on_17_february() -> None:
    assert [day for day in days(date(2026, 2, 1), date(2026, 3, 15)) if tet(day)] == days(
        date(2026, 2, 17), date(2026, 2, 22)
    )


def test_a_bridge_day_is_free_and_an_ordinary_friday_is_not() -> None:
    assert free_weekday(date(2026, 1, 2))
    assert not free_weekday(date(2026, 1, 9))


@pytest.mark.parametrize(
    ("station", "at", "metres"),
    [
        ("hoi_an", datetime(2025, 10, 29, 18), 3.11),
        ("hoi_an", datetime(2025, 10, 30, 1), 3.37),
        ("hoi_an", datetime(2025, 10, 30, 7), 3.32),
        ("cau_lau", datetime(2025, 10, 30, 1), 5.62),
        ("ai_nghia", datetime(2025, 10, 29, 16), 10.56),
    ],
)
def test_the_flood_has_its_published_levels(station: str, at: datetime, metres: float) -> None:
    assert Gauges(7).level(station, at) == pytest.approx(metres)


def test_the_flood_peaks_once() -> None:
    start = datetime(2025, 10, 26)
    levels = {start + timedelta(hours=n): Gauges(7).level("hoi_an", start + timedelta(hours=n)) for n in range(240)}
    assert max(levels, key=lambda at: levels[at]) == datetime(2025, 10, 30, 1)


def test_a_dry_month_stays_below_the_first_alarm_and_has_tides() -> None:
    start = datetime(2026, 4, 1)
    levels = [Gauges(7).level("hoi_an", start + timedelta(hours=n)) for n in range(720)]
    assert max(levels) < 1.0
    assert max(levels) - min(levels) > 0.4


def test_nobody_is_in_the_flooded_old_town() -> None:
    for day in days(date(2025, 10, 28), date(2025, 10, 31)):
        assert flooded(day)
        assert visitors(day) == 0
        assert Cameras(7).people(datetime(day.year, day.month, day.day, 20)) == 0


def test_a_lantern_night_and_a_saturday_draw_more_than_a_tuesday() -> None:
    tuesdays = [bustle(7, day) for day in days(date(2026, 3, 1), date(2026, 3, 31)) if day.weekday() == 1]
    saturdays = [
        bustle(7, day)
        for day in days(date(2026, 3, 1), date(2026, 3, 31))
        if day.weekday() == 5 and not lantern_night(day)
    ]
    usual = sum(tuesdays) / len(tuesdays)
    assert sum(saturdays) / len(saturdays) > 1.2 * usual
    assert bustle(7, date(2026, 4, 1)) > 1.3 * bustle(7, date(2026, 3, 25))


def test_the_crowd_is_highest_in_the_evening() -> None:
    cameras = Cameras(7)
    people = {hour: cameras.people(datetime(2026, 3, 10, hour)) for hour in range(24)}
    assert max(people, key=lambda hour: people[hour]) in (19, 20)
    assert people[3] < 0.1 * people[20]
