"""What is held against what: dates by hand, order and lengths by property."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from data.calendar.comparison import align, compared, named_period, share_elapsed
from data.calendar.lunar import lunar
from data.calendar.period import Grain, Period
from data.kpis.query import Compare

NOW = datetime(2026, 11, 24, 19, 42)  # a Tuesday


def days(first, last):
    return Period.of_days(date.fromisoformat(first), date.fromisoformat(last))


def to(first, end):
    return Period(datetime.fromisoformat(first), datetime.fromisoformat(end))


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("now", "2026-11-23T19:42"), ("day", "2026-11-24"), ("week", "2026-11-23"),
        ("month", "2026-11-01"), ("quarter", "2026-10-01"), ("year", "2026-01-01"),
    ],
)  # fmt: skip
def test_named_period(name, start):
    assert named_period(name, NOW) == Period(datetime.fromisoformat(start), NOW)


def test_first_moment_of_a_period():
    midnight = datetime(2026, 11, 1)
    assert named_period("month", midnight) == days("2026-11-01", "2026-11-30")
    assert share_elapsed("month", midnight) == 0.0


def test_share_elapsed():
    assert share_elapsed("day", datetime(2026, 11, 24, 18)) == 0.75
    assert share_elapsed("month", datetime(2026, 11, 16)) == 0.5  # 15 of 30 days
    assert share_elapsed("week", datetime(2026, 11, 26, 12)) == 0.5
    assert share_elapsed("now", NOW) == 1.0


@pytest.mark.parametrize(
    ("period", "before"),
    [
        (to("2026-11-24", "2026-11-24T19:42"), to("2026-11-23", "2026-11-23T19:42")),
        (to("2026-11-23", "2026-11-24T19:42"), to("2026-11-16", "2026-11-17T19:42")),
        (to("2026-11-01", "2026-11-24T19:42"), to("2026-10-01", "2026-10-24T19:42")),
        (to("2026-10-01", "2026-11-24T19:42"), to("2026-07-01", "2026-08-24T19:42")),
        (to("2026-01-01", "2026-11-24T19:42"), to("2025-01-01", "2025-11-24T19:42")),
        (days("2026-03-01", "2026-03-31"), days("2026-02-01", "2026-02-28")),
        (days("2026-03-01", "2026-03-30"), days("2026-02-01", "2026-02-28")),
        (days("2024-03-01", "2024-03-29"), days("2024-02-01", "2024-02-29")),
        (days("2026-09-01", "2026-10-31"), days("2026-07-01", "2026-08-31")),
        (days("2026-01-01", "2026-09-30"), days("2025-01-01", "2025-09-30")),
        (days("2026-11-04", "2026-11-17"), days("2026-10-21", "2026-11-03")),
    ],
)
def test_previous(period, before):
    assert compared(period, Compare.PREVIOUS) == before


def test_a_name_settles_the_unit():
    first = to("2026-06-01", "2026-06-01T12:00")  # a Monday
    assert compared(first, Compare.PREVIOUS) == to("2026-05-31", "2026-05-31T12:00")
    assert compared(first, Compare.PREVIOUS, "week") == to("2026-05-25", "2026-05-25T12:00")
    assert compared(first, Compare.PREVIOUS, "month") == to("2026-05-01", "2026-05-01T12:00")
    now = Period(NOW - timedelta(days=1), NOW)
    assert compared(now, Compare.PREVIOUS, "now") == now.shifted(timedelta(days=-1))


@pytest.mark.parametrize(
    ("period", "before"),
    [
        (days("2026-11-01", "2026-11-30"), days("2025-11-01", "2025-11-30")),
        (days("2024-02-29", "2024-02-29"), days("2023-02-28", "2023-02-28")),
        (days("2024-02-01", "2024-02-29"), days("2023-02-01", "2023-02-28")),
        (days("2025-02-01", "2025-02-28"), days("2024-02-01", "2024-02-29")),
        (to("2024-02-20", "2024-02-29T06:00"), to("2023-02-20", "2023-03-01")),
    ],
)
def test_same_dates_last_year(period, before):
    assert compared(period, Compare.YEAR) == before


def test_weekday_goes_back_364_days():
    found = compared(days("2026-11-24", "2026-11-24"), Compare.WEEKDAY)
    assert found == days("2025-11-25", "2025-11-25")
    assert found.start.weekday() == 1


def test_lunar():
    tet = days("2026-02-17", "2026-02-19")
    assert compared(tet, Compare.LUNAR) == days("2025-01-29", "2025-01-31")
    assert compared(tet, Compare.LUNAR, lunar=False) is None
    assert compared(tet, Compare.NONE) is None
    leap = days("2025-08-07", "2025-08-07")
    assert compared(leap, Compare.LUNAR) == days("2024-07-19", "2024-07-19")


def test_align_by_hand():
    november = to("2026-11-01", "2026-11-24T19:42")
    at = datetime(2026, 11, 5)
    assert align(at, Grain.DAY, Compare.PREVIOUS, november) == datetime(2026, 10, 5)
    assert align(at, Grain.DAY, Compare.YEAR, november) == datetime(2025, 11, 5)
    assert align(at, Grain.DAY, Compare.WEEKDAY, november) == datetime(2025, 11, 6)
    assert align(datetime(2026, 11, 22), Grain.DAY, Compare.LUNAR, november) == datetime(2025, 12, 3)
    assert align(datetime(2026, 11, 22, 18), Grain.HOUR, Compare.LUNAR, november) == datetime(2025, 12, 3, 18)
    march = days("2026-03-01", "2026-03-31")
    assert align(datetime(2026, 3, 31), Grain.DAY, Compare.PREVIOUS, march) == datetime(2026, 2, 28)
    leap = days("2024-02-29", "2024-02-29")
    assert align(datetime(2024, 2, 29), Grain.DAY, Compare.YEAR, leap) == datetime(2023, 2, 28)


def test_align_wide_buckets():
    year = days("2026-01-01", "2026-12-31")
    week = datetime(2026, 11, 23)
    assert align(week, Grain.WEEK, Compare.WEEKDAY, year) == datetime(2025, 11, 24)
    assert align(week, Grain.WEEK, Compare.YEAR, year) == datetime(2025, 11, 24)
    month = datetime(2026, 11, 1)
    for compare in (Compare.PREVIOUS, Compare.YEAR, Compare.WEEKDAY, Compare.LUNAR):
        assert align(month, Grain.MONTH, compare, year) == datetime(2025, 11, 1)
    with pytest.raises(ValueError, match="nothing"):
        align(month, Grain.MONTH, Compare.NONE, year)


STARTS = st.dates(date(2020, 1, 1), date(2030, 1, 1))
PERIODS = st.builds(lambda start, n: Period.of_days(start, start + timedelta(days=n)), STARTS, st.integers(0, 400))
COMPARES = st.sampled_from([Compare.PREVIOUS, Compare.YEAR, Compare.WEEKDAY, Compare.LUNAR])


@given(PERIODS, st.sampled_from([Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR]), COMPARES)
def test_align_keeps_order_and_lands_on_buckets(period, grain, compare):
    buckets = period.buckets(grain)
    if compare is Compare.LUNAR:
        assume(not any(lunar(day.date()).leap for day in period.buckets(Grain.DAY)))
    found = [align(at, grain, compare, period) for at in buckets]
    assert found == sorted(found)
    assert all(grain.floor(at) == at for at in found)
    assert all(there < here for there, here in zip(found, buckets, strict=True))


@given(PERIODS, st.sampled_from([Grain.DAY, Grain.HOUR]))
def test_weekday_and_lunar_run_as_long(period, grain):
    for compare in (Compare.WEEKDAY, Compare.LUNAR):
        assert len(compared(period, compare).buckets(grain)) == len(period.buckets(grain))


@given(PERIODS)
def test_previous_touches_and_never_overlaps(period):
    before = compared(period, Compare.PREVIOUS)
    assert before.end <= period.start
    whole_months = period.start.day == 1 and period.end.day == 1
    if whole_months:
        assert len(before.buckets(Grain.MONTH)) == len(period.buckets(Grain.MONTH))
    if period.start.day != 1:
        assert before.days == period.days


@given(PERIODS, st.sampled_from([Compare.YEAR, Compare.WEEKDAY]))
def test_aligned_days_lie_in_the_compared_period(period, compare):
    there = compared(period, compare)
    assert all(there.start <= align(at, Grain.DAY, compare, period) < there.end for at in period.buckets(Grain.DAY))
