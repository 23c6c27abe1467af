"""Periods and buckets in the city's local time.

All moments are naive local datetimes; a period is half open: ``start`` belongs, ``end`` does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


class Grain(StrEnum):
    """Width of a bucket. Weeks start on Monday."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    def floor(self, at: datetime) -> datetime:
        """Start of the bucket that holds ``at``."""
        if self is Grain.HOUR:
            return at.replace(minute=0, second=0, microsecond=0)
        day = at.replace(hour=0, minute=0, second=0, microsecond=0)
        if self is Grain.DAY:
            return day
        if self is Grain.WEEK:
            return day - timedelta(days=day.weekday())
        months = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}[self]
        return day.replace(month=(day.month - 1) // months * months + 1, day=1)

    def step(self, at: datetime, count: int = 1) -> datetime:
        """Start of the bucket ``count`` buckets after the one that starts at ``at``."""
        if self is Grain.HOUR:
            return at + timedelta(hours=count)
        if self is Grain.DAY:
            return at + timedelta(days=count)
        if self is Grain.WEEK:
            return at + timedelta(weeks=count)
        months = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}[self]
        index = at.year * 12 + at.month - 1 + months * count
        return at.replace(year=index // 12, month=index % 12 + 1)


@dataclass(frozen=True, slots=True)
class Period:
    """A span of local time, ``start`` inclusive and ``end`` exclusive."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError("a period ends after it starts")

    @classmethod
    def of_days(cls, first: date, last: date) -> Period:
        """The whole days from ``first`` to ``last``, both included."""
        start = datetime(first.year, first.month, first.day)
        return cls(start, datetime(last.year, last.month, last.day) + timedelta(days=1))

    @classmethod
    def containing(cls, at: datetime, grain: Grain) -> Period:
        """The whole bucket of ``grain`` that holds ``at``."""
        start = grain.floor(at)
        return cls(start, grain.step(start))

    def buckets(self, grain: Grain) -> tuple[datetime, ...]:
        """Starts of the buckets of ``grain`` that touch the period, in order."""
        at, found = grain.floor(self.start), []
        while at < self.end:
            found.append(at)
            at = grain.step(at)
        return tuple(found)

    def until(self, at: datetime) -> Period:
        """The part before ``at``; the whole period if it ends earlier, its start bucket at least."""
        if at >= self.end or at <= self.start:
            return self
        return Period(self.start, at)

    @property
    def days(self) -> float:
        """Length in days."""
        return (self.end - self.start) / timedelta(days=1)

    def shifted(self, delta: timedelta) -> Period:
        """The same span moved by ``delta``."""
        return Period(self.start + delta, self.end + delta)
