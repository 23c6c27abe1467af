"""Working days by hand over two Tết holidays and a swapped bridge day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.calendar.working import WorkingDays
from data.catalogue.city import WorkingCalendar

# The office of Hội An takes Friday 2 January 2026 off and works Saturday 10 January instead.
CALENDAR = WorkingCalendar(country="VN", holidays=(date(2026, 1, 2),), swap_days=(date(2026, 1, 10),))
DAYS = WorkingDays(CALENDAR, date(2025, 1, 1), date(2026, 12, 31))
RANGE = st.dates(DAYS.first, DAYS.last)


def test_tet_2025():
    # Saturday 25 January to Sunday 2 February are all free.
    assert DAYS.is_working(date(2025, 1, 24))
    assert not any(DAYS.is_working(date(2025, 1, day)) for day in range(25, 32))
    assert not any(DAYS.is_working(date(2025, 2, day)) for day in (1, 2))
    assert DAYS.after(date(2025, 1, 24), 1) == date(2025, 2, 3)
    assert DAYS.between(date(2025, 1, 24), date(2025, 2, 4)) == 2


def test_tet_2026():
    # Saturday 14 to Sunday 22 February are free; five working days after Thursday the 12th:
    # Friday 13, Monday 23, Tuesday 24, Wednesday 25, Thursday 26.
    assert DAYS.between(date(2026, 2, 13), date(2026, 2, 22)) == 0
    assert DAYS.after(date(2026, 2, 12), 5) == date(2026, 2, 26)
    assert DAYS.between(date(2026, 2, 12), date(2026, 2, 26)) == 5


def test_swap_days():
    assert not DAYS.is_working(date(2026, 1, 2))
    assert DAYS.is_working(date(2026, 1, 10))
    assert DAYS.between(date(2026, 1, 9), date(2026, 1, 11)) == 1
    # A swap known to the country: Friday 2 May 2025 off, Saturday 26 April worked.
    assert not DAYS.is_working(date(2025, 5, 2))
    assert DAYS.is_working(date(2025, 4, 26))


def test_ordinal_counts_from_the_first_day():
    # 1 January 2025 is a holiday, Thursday 2 and Friday 3 are worked.
    assert [DAYS.ordinal(date(2025, 1, day)) for day in range(1, 7)] == [0, 1, 2, 2, 2, 3]
    assert DAYS.table()[:3] == [
        (date(2025, 1, 1), 0, False), (date(2025, 1, 2), 1, True), (date(2025, 1, 3), 2, True)
    ]  # fmt: skip
    assert len(DAYS.table()) == 730


def test_another_week():
    sunday = WorkingDays(WorkingCalendar(country="VN", week=("sun",)), date(2026, 11, 1), date(2026, 11, 30))
    assert [day.day for day, _, working in sunday.table() if working] == [1, 8, 15, 22, 29]


def test_refusals():
    with pytest.raises(ValueError, match="outside"):
        DAYS.is_working(date(2024, 12, 31))
    with pytest.raises(ValueError, match="outside"):
        DAYS.after(date(2027, 1, 1), 0)
    with pytest.raises(ValueError, match="later than"):
        DAYS.after(date(2026, 12, 30), 30)
    with pytest.raises(ValueError, match="not negative"):
        DAYS.after(date(2026, 1, 1), -1)
    with pytest.raises(ValueError, match="before the first"):
        WorkingDays(CALENDAR, date(2026, 1, 2), date(2026, 1, 1))
    with pytest.raises(ValueError, match="country 'XX'"):
        WorkingDays(WorkingCalendar(country="XX"), date(2026, 1, 1), date(2026, 1, 2))


@given(RANGE, RANGE)
def test_between_counts_the_days_one_by_one(a, b):
    low, high = sorted((a, b))
    counted = sum(working for day, _, working in DAYS.table() if low < day <= high)
    assert DAYS.between(low, high) == counted == -DAYS.between(high, low)


@given(st.dates(date(2025, 1, 1), date(2026, 10, 1)), st.integers(1, 40))
def test_after_undoes_between(a, n):
    due = DAYS.after(a, n)
    assert DAYS.is_working(due)
    assert DAYS.between(a, due) == n
