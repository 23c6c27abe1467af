"""Occasions: which days two of a kind are held against each other at, by hand over Tết 2025–2027 and the leap month."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from data.calendar.comparison import align
from data.calendar.lunar import lunar
from data.calendar.occasion import back, occasion, others, within
from data.calendar.period import Grain, Period
from data.catalogue.city import City, CityEvent, WorkingCalendar
from data.catalogue.text import Text
from data.kpis.query import Compare
from tests.kpis.delivered import hoian

CITY = hoian().city


def test_tet_is_held_against_tet_at_its_first_day() -> None:
    """Mùng 1 was 29 January 2025 and 17 February 2026: 384 days apart; the days off began 21 and 20 days before."""
    first, last = date(2026, 2, 14), date(2026, 2, 22)
    assert within(CITY, first, last).id == "tet_2026"
    assert [one.id for one in others(CITY, first, last)][:2] == ["tet_2025", "tet_2024"]
    assert back(CITY, first, last, "tet_2025") == date(2026, 2, 17) - date(2025, 1, 29) == timedelta(days=384)
    assert back(CITY, first, last, "tet_2024") == date(2026, 2, 17) - date(2024, 2, 10)


def test_days_without_an_occasion_of_the_kind_begin_where_it_began() -> None:
    assert back(CITY, date(2026, 8, 3), date(2026, 8, 5), "flood_2025_10") == date(2026, 8, 3) - date(2025, 10, 28)


def test_nothing_is_held_against_what_comes_after_it_or_is_not() -> None:
    days = (date(2025, 1, 25), date(2025, 2, 2))
    assert back(CITY, *days, "tet_2026") is None
    assert back(CITY, *days, "tet_2025") is None
    assert [one.id for one in others(CITY, *days)] == ["tet_2024"]
    assert [back(CITY, *days, name) for name in ("", "night-", "night-2026-13-01", "night-2026-11-23", "fair")] == [
        None] * 5  # fmt: skip


def test_a_lantern_night_is_held_against_the_one_before_and_that_of_last_year() -> None:
    """The 14th of the 10th month was 22 November 2026 and 3 December 2025, of the 9th month 23 October 2026."""
    days = (date(2026, 11, 1), date(2026, 11, 24))
    assert within(CITY, *days).peak == date(2026, 11, 22)
    assert [one.peak for one in others(CITY, *days)[:2]] == [date(2026, 10, 23), date(2025, 12, 3)]
    assert back(CITY, *days, "night-2026-10-23") == timedelta(days=30)
    assert occasion(CITY, "night-2026-10-23").name is None


def test_over_the_leap_sixth_month_of_2025_a_night_follows_a_night() -> None:
    """14 tháng Sáu 8 July, 14 tháng Sáu nhuận 7 August, 14 tháng Bảy 5 September 2025."""
    leap = (date(2025, 7, 25), date(2025, 8, 22))
    assert [lunar(day).leap for day in leap] == [True, True]
    assert within(CITY, *leap).peak == date(2025, 8, 7)
    assert [one.peak for one in others(CITY, *leap)[:2]] == [date(2025, 7, 8), date(2024, 7, 19)]
    seventh = (date(2025, 8, 23), date(2025, 9, 20))
    assert [one.peak for one in others(CITY, *seventh)[:2]] == [date(2025, 8, 7), date(2024, 8, 17)]


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2025, 1, 28), date(2024, 2, 8)),  # 29 Chạp; the year before had a 30th, 9 February
        (date(2025, 1, 29), date(2024, 2, 10)),  # mùng 1 Ất Tỵ
        (date(2026, 2, 16), date(2025, 1, 28)),  # 29 Chạp, the last day of both years
        (date(2026, 2, 17), date(2025, 1, 29)),  # mùng 1 Bính Ngọ
        (date(2027, 2, 5), date(2026, 2, 16)),
        (date(2027, 2, 6), date(2026, 2, 17)),  # mùng 1 Đinh Mùi
        (date(2027, 2, 20), date(2026, 3, 3)),  # rằm tháng Giêng
        (date(2025, 7, 9), date(2024, 7, 20)),  # rằm tháng Sáu
        (date(2025, 8, 8), date(2024, 7, 20)),  # rằm tháng Sáu nhuận: the ordinary one
        (date(2026, 7, 28), date(2025, 7, 9)),  # rằm tháng Sáu: not the leap one
        (date(2026, 8, 27), date(2025, 9, 6)),  # rằm tháng Bảy, beyond the leap month
    ],
)
def test_lunar_days_by_the_printed_calendar(day: date, before: date) -> None:
    at = datetime(day.year, day.month, day.day)
    there = align(at, Grain.DAY, Compare.LUNAR, Period.of_days(day, day))
    assert there.date() == before


def test_hours_keep_their_hour_and_weeks_their_middle() -> None:
    tet = Period.of_days(date(2026, 2, 14), date(2026, 2, 22))
    away = timedelta(days=384)
    assert align(datetime(2026, 2, 17, 9), Grain.HOUR, Compare.EVENT, tet, back=away) == datetime(2025, 1, 29, 9)
    # The week of 16 February 2026 is told by its Thursday, 19 February: 31 January 2025, of the week of the 27th.
    assert align(datetime(2026, 2, 16), Grain.WEEK, Compare.EVENT, tet, back=away) == datetime(2025, 1, 27)


def test_a_city_without_a_lunar_calendar_has_no_nights() -> None:
    fair = CityEvent(id="fair", name=Text(vi="Hội", en="Fair"), start=date(2026, 5, 1), end=date(2026, 5, 2))
    town = City(
        id="town", name=fair.name, operator=fair.name, timezone="UTC", since=date(2025, 1, 1), scope="town",
        calendar=WorkingCalendar(country="ES"), events=(fair,),
    )  # fmt: skip
    assert within(town, date(2026, 11, 1), date(2026, 11, 30)) is None
    assert occasion(town, "night-2026-11-22") is None
    assert [one.id for one in others(town, date(2026, 11, 1), date(2026, 11, 30))] == ["fair"]
