"""The Vietnamese lunar calendar: lantern nights, full moons and the same lunar day a year ago.

The conversion is a library's, read here and nowhere else; it uses the published tables for
1800 to 2199 and time zone +7 (new moons by Hà Nội time), so its days can differ by one from
the Chinese calendar.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import vnlunar

FIRST, LAST = date(1800, 1, 26), date(2199, 12, 30)
LANTERN_DAY = 14
MONTH_DAYS = 30


@dataclass(frozen=True, slots=True)
class Lunar:
    """A lunar date. ``year`` is numbered by the solar year its first day falls in; ``leap`` marks
    the second of two months of one number; ``year_name`` is in Can Chi (Bính Ngọ)."""

    day: int
    month: int
    leap: bool
    year: int
    year_name: str


@lru_cache(maxsize=16_384)
def lunar(day: date) -> Lunar:
    """Lunar date of a solar day; ValueError outside 1800 to 2199."""
    day = date(day.year, day.month, day.day)
    if not FIRST <= day <= LAST:
        raise ValueError(f"no lunar date for {day}: the tables hold {FIRST} to {LAST}")
    found = vnlunar.get_lunar_date(day.day, day.month, day.year)
    name = vnlunar.get_year_can_chi(found["year"])
    return Lunar(found["day"], found["month"], bool(found["leap"]), found["year"], name)


def moon_age(day: date) -> int:
    """Days since the new moon, 0..29: 0 is new, 14 is full (the 15th, rằm)."""
    return lunar(day).day - 1


def lunar_night(day: date) -> bool:
    """Whether the Old Town puts its lights out this evening: the 14th of every lunar month."""
    return lunar(day).day == LANTERN_DAY


@lru_cache(maxsize=16_384)
def same_lunar_day_last_year(day: date) -> date:
    """Solar date of the same lunar day one lunar year before.

    A day of a leap month is held against the ordinary month of that number, and the 30th of a
    month that had 29 days a year before against its 29th.
    """
    here = lunar(day)
    return _solar(here.day, here.month, here.year - 1)


def _solar(day: int, month: int, year: int) -> date:
    """Solar date of a lunar day of an ordinary month, or of that month's last day if it is shorter."""
    found = vnlunar.get_solar_date(min(day, MONTH_DAYS - 1), month, year)
    if found is None:
        raise ValueError(f"no day {day} of lunar month {month} in {year}")
    near = date(found["year"], found["month"], found["day"])
    after = near + timedelta(days=1)
    return after if day == MONTH_DAYS and lunar(after).day == MONTH_DAYS else near
