"""Occasions that come again: dated happenings of the pack and lantern nights, and how far apart two of a kind lie.

Two are held against each other at their ``peak``: mùng 1 against mùng 1, crest against crest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from data.calendar.lunar import FIRST, lunar_night, same_lunar_day_last_year
from data.catalogue.city import City
from data.catalogue.text import Text

NIGHT = "night"
LONGEST_MONTH = 31
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Occasion:
    """A happening from ``first`` to ``last`` day; ``kind`` says which are alike. A lantern night has no ``name``."""

    id: str
    kind: str
    first: date
    last: date
    peak: date
    name: Text | None = None


def happenings(city: City) -> tuple[Occasion, ...]:
    """The dated happenings of the pack, the newest first."""
    found = [
        Occasion(event.id, event.kind or event.id, event.start, event.end, event.peak or event.start, event.name)
        for event in city.events
    ]
    return tuple(sorted(found, key=lambda one: one.first, reverse=True))


def occasion(city: City, name: str) -> Occasion | None:
    """The occasion of an id: that of a happening, or ``night-2026-11-22``."""
    found = next((one for one in happenings(city) if one.id == name), None)
    if found is not None or not name.startswith(f"{NIGHT}-"):
        return found
    try:
        day = date.fromisoformat(name.removeprefix(f"{NIGHT}-"))
    except ValueError:
        return None
    return _night(day) if city.lunar and day >= FIRST and lunar_night(day) else None


def within(city: City, first: date, last: date) -> Occasion | None:
    """What the days from ``first`` to ``last`` show: the happening they hold most of, else their last lantern night."""
    shared = [(min(one.last, last) - max(one.first, first) + DAY, one) for one in happenings(city)]
    held = [(days, one.first, one) for days, one in shared if days > timedelta(0)]
    if held:
        return max(held, key=lambda item: item[:2])[2]
    nights = (last - n * DAY for n in range(min((last - first).days + 1, LONGEST_MONTH)))
    return next((_night(day) for day in nights if city.lunar and lunar_night(day)), None)


def others(city: City, first: date, last: date) -> tuple[Occasion, ...]:
    """What the days may be held against: occasions before them, those of the kind they hold first."""
    here = within(city, first, last)
    past = [one for one in happenings(city) if one.last < first]
    if here is not None and here.kind == NIGHT:
        before = next(one for n in range(28, 32) if (one := here.peak - n * DAY) and lunar_night(one))
        year = same_lunar_day_last_year(here.peak)
        return (_night(before), _night(year), *past)
    alike = [one for one in past if here is not None and one.kind == here.kind]
    return (*alike, *(one for one in past if one not in alike))


def night_before(day: date) -> Occasion:
    """The last lantern night before a day."""
    return next(_night(one) for n in range(1, LONGEST_MONTH + 1) if lunar_night(one := day - n * DAY))


def back(city: City, first: date, last: date, name: str) -> timedelta | None:
    """How far the occasion called ``name`` lies before the one of its kind within the days, or before their first day.

    None where there is no such occasion, or not before.
    """
    other, here = occasion(city, name), within(city, first, last)
    if other is None:
        return None
    alike = here is not None and here.kind == other.kind
    found = here.peak - other.peak if here is not None and alike else first - other.first
    return found if found > timedelta(0) else None


def _night(day: date) -> Occasion:
    return Occasion(f"{NIGHT}-{day.isoformat()}", NIGHT, day, day, day)
