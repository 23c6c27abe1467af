"""Calendar effects: seasons, weekdays, lantern nights, Tết, holidays and floods.

Weights by month are an assumption from the qualitative seasons (international peak in spring,
domestic in summer and at Tết, low in the flood months).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

from data.calendar.lunar import LANTERN_DAY, lunar
from data.calendar.working import WorkingDays
from data.catalogue.city import WorkingCalendar
from data.simulator.chance import stream

MERGER = date(2025, 7, 1)
FLOOD_FIRST, FLOOD_LAST = date(2025, 10, 28), date(2025, 10, 31)
MONTHS = (9.5, 9.5, 9.5, 9.0, 8.0, 8.5, 9.5, 9.5, 7.0, 5.5, 6.0, 8.5)
WEEKDAYS = (0.88, 0.85, 0.88, 0.92, 1.05, 1.30, 1.12)
CALENDAR = WorkingCalendar(
    country="VN",
    holidays=(date(2026, 1, 2),),
    swap_days=(date(2024, 5, 4), date(2025, 4, 26), date(2026, 1, 10), date(2026, 8, 22)),
)


@lru_cache(maxsize=8)
def _working(first_year: int, last_year: int) -> WorkingDays:
    return WorkingDays(CALENDAR, date(first_year, 1, 1), date(last_year, 12, 31))


def working(day: date) -> WorkingDays:
    """The working calendar of two years around ``day``."""
    return _working(day.year // 2 * 2 - 1, day.year // 2 * 2 + 3)


def month_weight(day: date) -> float:
    """Season, 1 in a mean month."""
    return MONTHS[day.month - 1] / (sum(MONTHS) / 12)


@lru_cache(maxsize=4096)
def lunar_weight(day: date) -> float:
    """Old Town evenings around the full moon: the lantern night draws most."""
    return {LANTERN_DAY - 1: 1.08, LANTERN_DAY: 1.75, LANTERN_DAY + 1: 1.2}.get(lunar(day).day, 1.0)


def lantern_night(day: date) -> bool:
    """Whether lights go out and lanterns are lit this evening."""
    return lunar(day).day == LANTERN_DAY


@lru_cache(maxsize=4096)
def tet(day: date) -> bool:
    """The days of the new year that fill the town: the first to the sixth of the first month."""
    here = lunar(day)
    return here.month == 1 and not here.leap and here.day <= 6


def free_weekday(day: date) -> bool:
    """A weekday on which offices are closed."""
    return day.weekday() < 5 and not working(day).is_working(day)


def holiday_weight(day: date) -> float:
    """Crowd of Tết and of other public holidays."""
    if tet(day):
        return 1.9
    return 1.5 if free_weekday(day) else 1.0


def flooded(day: date) -> bool:
    """The Old Town under water, 28 to 31 October 2025."""
    return FLOOD_FIRST <= day <= FLOOD_LAST


def flood_weight(day: date) -> float:
    """What a flood and the cleaning after it leave of a usual day."""
    if flooded(day):
        return 0.0
    after = (day - FLOOD_LAST).days
    if day == FLOOD_FIRST - timedelta(days=1):
        return 0.5
    return {1: 0.05, 2: 0.15, 3: 0.35, 4: 0.5, 5: 0.7, 6: 0.85}.get(after, 1.0)


@lru_cache(maxsize=4096)
def bustle(seed: int, day: date) -> float:
    """Visitors of the Old Town relative to a mean day."""
    weather = stream(seed, "weather", day).lognormvariate(-0.005, 0.1)
    calendar = month_weight(day) * WEEKDAYS[day.weekday()] * lunar_weight(day) * holiday_weight(day)
    return calendar * flood_weight(day) * weather


def days(first: date, last: date) -> list[date]:
    """Every day from ``first`` to ``last``, both included."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def midnight(day: date) -> datetime:
    """The first moment of a day."""
    return datetime(day.year, day.month, day.day)
