"""Working days of the city: public holidays of the country, extra days off and swap days."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from typing import get_args

from data.calendar.holidays import public_holidays
from data.catalogue.city import Weekday, WorkingCalendar

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2040, 12, 31)  # of all that data may hold
WEEK: tuple[Weekday, ...] = get_args(Weekday)


class WorkingDays:
    """Which days from ``first`` to ``last`` (both included) offices work, counted.

    A swap day is worked although it is a weekend; it beats everything else. Asking about a
    day outside the range is a ValueError, because a wrong count would look like a right one.
    """

    def __init__(self, calendar: WorkingCalendar, first: date, last: date) -> None:
        if last < first:
            raise ValueError("the last day comes before the first")
        self.first, self.last = first, last
        free, swapped = public_holidays(calendar.country, first.year, last.year)
        free |= set(calendar.holidays)
        swapped |= set(calendar.swap_days)
        week = {WEEK.index(name) for name in calendar.week}
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        self._working = [day in swapped or (day.weekday() in week and day not in free) for day in days]
        self._ordinal = list(accumulate(map(int, self._working)))

    def is_working(self, day: date) -> bool:
        """Whether offices work on ``day``."""
        return self._working[self._index(day)]

    def ordinal(self, day: date) -> int:
        """Number of working days from ``first`` up to and including ``day``."""
        return self._ordinal[self._index(day)]

    def between(self, a: date, b: date) -> int:
        """Working days after day ``a`` up to and including day ``b``; negative if ``b`` is earlier."""
        return self.ordinal(b) - self.ordinal(a)

    def after(self, a: date, n: int) -> date:
        """The ``n``-th working day after ``a``; ``a`` itself for 0."""
        if n < 0:
            raise ValueError("a number of working days is not negative")
        if n == 0:
            return self.first + timedelta(days=self._index(a))
        index = bisect_left(self._ordinal, self.ordinal(a) + n)
        if index == len(self._ordinal):
            raise ValueError(f"{n} working days after {a} is later than {self.last}")
        return self.first + timedelta(days=index)

    def table(self) -> list[tuple[date, int, bool]]:
        """(day, ordinal, working) of every day in the range, in order, for joining in a store."""
        days = (self.first + timedelta(days=n) for n in range(len(self._working)))
        return list(zip(days, self._ordinal, self._working, strict=True))

    def _index(self, day: date) -> int:
        index = date(day.year, day.month, day.day).toordinal() - self.first.toordinal()
        if not 0 <= index < len(self._working):
            raise ValueError(f"{day} is outside {self.first} to {self.last}")
        return index


@cache
def working_days(calendar: WorkingCalendar) -> WorkingDays:
    """Working days over every year data may hold; the library of holidays is asked once."""
    return WorkingDays(calendar, FIRST_DAY, LAST_DAY)
