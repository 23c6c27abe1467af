"""Periods of reports: what names mean, with and without the state's cut-off."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.calendar.period import Period
from data.reports.period import FORMS, PeriodError, named, newest, parse

MOMENTS = st.datetimes(datetime(2001, 1, 1), datetime(2039, 12, 31))


@pytest.mark.parametrize(
    ("kind", "text", "first", "end"),
    [
        ("month", "2026-10", (2026, 10, 1), (2026, 11, 1)),
        ("quarter", "2026-Q3", (2026, 7, 1), (2026, 10, 1)),
        ("half", "2026-H2", (2026, 7, 1), (2027, 1, 1)),
        ("nine_months", "2026-9M", (2026, 1, 1), (2026, 10, 1)),
        ("year", "2026", (2026, 1, 1), (2027, 1, 1)),
        ("week", "2026-W47", (2026, 11, 16), (2026, 11, 23)),
        ("day", "2026-11-24", (2026, 11, 24), (2026, 11, 25)),
        ("hour", "2026-11-24T18", (2026, 11, 24, 18), (2026, 11, 24, 19)),
    ],
)
def test_a_name_means_its_days(kind: str, text: str, first: tuple, end: tuple) -> None:
    assert parse(text, kind).span == Period(datetime(*first), datetime(*end))


@pytest.mark.parametrize(
    ("kind", "text", "first", "last"),
    [  # Nghị định 09/2019/NĐ-CP, Điều 12
        ("month", "2026-10", (2026, 9, 15), (2026, 10, 14)),
        ("month", "2026-01", (2025, 12, 15), (2026, 1, 14)),
        ("quarter", "2026-Q1", (2025, 12, 15), (2026, 3, 14)),
        ("half", "2026-H1", (2025, 12, 15), (2026, 6, 14)),
        ("nine_months", "2026-9M", (2025, 12, 15), (2026, 9, 14)),
        ("year", "2026", (2025, 12, 15), (2026, 12, 14)),
    ],
)
def test_the_state_counts_from_the_15th_to_the_14th(kind: str, text: str, first: tuple, last: tuple) -> None:
    span = parse(text, kind, cut_off=14).span
    assert (span.start, span.end) == (datetime(*first), datetime(*last) + timedelta(days=1))


@pytest.mark.parametrize(
    ("kind", "text"),
    [("month", "2026-13"), ("month", "2026"), ("week", "2026-W60"), ("quarter", "2026-Q5"), ("day", "x")],
)
def test_what_is_no_period_says_what_to_write(kind: str, text: str) -> None:
    with pytest.raises(PeriodError, match="write one as 2026"):
        parse(text, kind)


@given(st.sampled_from(sorted(FORMS)), MOMENTS)
def test_the_period_named_after_a_moment_holds_it_and_the_next_one_follows(kind: str, at: datetime) -> None:
    period = parse(named(kind, at), kind)
    if kind != "nine_months":  # which leaves out the last quarter
        assert period.span.start <= at < period.span.end
        assert parse(period.next, kind).span.start == period.span.end
    else:
        assert parse(period.next, kind).year == at.year + 1


@given(st.sampled_from(["month", "quarter", "half", "year"]), st.integers(1, 28), MOMENTS)
def test_periods_with_a_cut_off_leave_no_day_out(kind: str, cut_off: int, at: datetime) -> None:
    period = parse(named(kind, at), kind, cut_off)
    assert parse(period.next, kind, cut_off).span.start == period.span.end
    over = newest(kind, at, cut_off)
    assert over.span.end <= at < parse(over.next, kind, cut_off).span.end
