"""What a period is held against, and which of its buckets stands against which.

``previous`` keeps the calendar's units: 1 to 24 November against 1 to 24 October, March against
February; any other span against the equal span just before it. ``year`` keeps dates, ``weekday``
goes back 364 days, ``lunar`` starts at the same lunar day and runs as long.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime, timedelta
from functools import lru_cache

from data.calendar.lunar import same_lunar_day_last_year
from data.calendar.period import Grain, Period
from data.catalogue.kpi import PeriodName
from data.kpis.query import Compare

WEEKS_OF_YEAR = timedelta(days=364)
NOW_SPAN = timedelta(days=1)
MONTHS = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}
UNITS = (Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR)
THURSDAY = timedelta(days=3)
HALF_MONTH = timedelta(days=15)
BESIDE = (Compare.NONE, Compare.AREA, Compare.TARGET)  # held against no other time
LAST = "last_"


def named_period(name: PeriodName, now: datetime) -> Period:
    """The current day, week, … up to ``now``; "now" is the 24 hours before it, "last_day" yesterday.

    At the very first moment of a period the whole period is given, since a period is never empty.
    """
    if name == "now":
        return Period(now - NOW_SPAN, now)
    unit = unit_of(name)
    if name.startswith(LAST):
        end = unit.floor(now)
        return Period(unit.step(end, -1), end)
    return Period.containing(now, unit).until(now)


def unit_of(name: PeriodName) -> Grain:
    """The calendar unit of a named period; ValueError for "now", which has none."""
    return Grain(name.removeprefix(LAST))


def share_elapsed(name: PeriodName, now: datetime) -> float:
    """Share 0..1 of the whole current period that has gone by at ``now``; 1 for "now" and for one that is over."""
    if name == "now" or name.startswith(LAST):
        return 1.0
    whole = Period.containing(now, unit_of(name))
    return (now - whole.start) / (whole.end - whole.start)


def compared(
    period: Period,
    compare: Compare,
    name: PeriodName | None = None,
    lunar: bool = True,
    back: timedelta | None = None,
) -> Period | None:
    """The period to hold ``period`` against, or None when there is none.

    ``name`` says which unit a period to date belongs to where dates alone cannot: 1 June alone
    is a day, but also a month to date. Without it the smallest unit that holds the period is
    taken. ``lunar`` is False for a city without a lunar calendar. ``back`` is how far another occasion lies.
    """
    if compare is Compare.EVENT:
        return None if back is None else period.shifted(-back)
    if compare in BESIDE or (compare is Compare.LUNAR and not lunar):
        return None
    if compare is Compare.LUNAR:
        return period.shifted(_same_lunar_day(period.start) - period.start)
    step = _back(period, compare, name)
    if isinstance(step, timedelta):
        return period.shifted(-step)
    return Period(_months_back(period.start, step), _end_months_back(period.end, step))


def align(
    bucket: datetime,
    grain: Grain,
    compare: Compare,
    period: Period,
    name: PeriodName | None = None,
    back: timedelta | None = None,
) -> datetime:
    """Start of the bucket that the bucket starting at ``bucket`` is held against.

    Days that do not exist there stand against the last day of their month (29 February against
    28 February). Later buckets never stand against earlier ones, except that the days of a lunar
    leap month stand, like those of the month before them, against the ordinary month of their number.
    ValueError where no other time is compared with.
    """
    if compare in BESIDE:
        raise ValueError("nothing to compare with")
    if compare is Compare.EVENT:
        return grain.floor(bucket + _middle(grain) - (back or timedelta(0)))
    if grain in MONTHS and compare in (Compare.WEEKDAY, Compare.LUNAR):
        return _months_back(bucket, 12)
    middle = THURSDAY if grain is Grain.WEEK else timedelta(0)
    if compare is Compare.LUNAR:
        return grain.floor(_same_lunar_day(bucket + middle))
    step = _back(period, compare, name)
    there = bucket + middle - step if isinstance(step, timedelta) else _months_back(bucket + middle, step)
    # A bucket wider than the step back would stand against itself.
    return min(grain.floor(there), grain.step(bucket, -1))


def _middle(grain: Grain) -> timedelta:
    """From the start of a bucket to where most of it is told by."""
    if grain is Grain.WEEK:
        return THURSDAY
    return HALF_MONTH if grain in MONTHS else timedelta(0)


@lru_cache(maxsize=1024)  # asked again for every bucket of a series
def _back(period: Period, compare: Compare, name: PeriodName | None) -> timedelta | int:
    """How far back to look: a span of time, or a number of months."""
    if compare is Compare.WEEKDAY:
        return WEEKS_OF_YEAR
    if compare is Compare.YEAR:
        return 12
    unit = _unit(period, name)
    if unit in MONTHS:
        return MONTHS[unit]
    if unit is not None:
        return timedelta(days=7 if unit is Grain.WEEK else 1)
    return _whole_months(period) or period.end - period.start


def _unit(period: Period, name: PeriodName | None) -> Grain | None:
    """The calendar unit the period is all or the first part of, if any."""
    if name == "now":
        return None
    units = UNITS if name is None else (unit_of(name),)
    for unit in units:
        if unit.floor(period.start) == period.start and period.end <= unit.step(period.start):
            return unit
    return None


def _whole_months(period: Period) -> int:
    """Number of whole months in a period that starts and ends with a month; 0 otherwise."""
    if any(Grain.MONTH.floor(at) != at for at in (period.start, period.end)):
        return 0
    return (period.end.year - period.start.year) * 12 + period.end.month - period.start.month


def _months_back(at: datetime, months: int) -> datetime:
    """The same day and time ``months`` earlier; the month's last day where it has no such day."""
    first = Grain.MONTH.step(at.replace(day=1), -months)
    return first.replace(day=min(at.day, monthrange(first.year, first.month)[1]))


def _end_months_back(end: datetime, months: int) -> datetime:
    """Like `_months_back` for an exclusive end: a day that does not exist means the month's end."""
    moved = _months_back(end, months)
    return moved if moved.day == end.day else Grain.MONTH.step(Grain.MONTH.floor(moved))


def _same_lunar_day(at: datetime) -> datetime:
    day = same_lunar_day_last_year(at.date())
    return at.replace(year=day.year, month=day.month, day=day.day)
