"""Faults of the city: its scope, its clock, its calendar and its events."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from data.calendar.holidays import known_country
from data.catalogue.faults.fault import Fault, near

if TYPE_CHECKING:
    from data.catalogue.loader import Catalogue

_fault = partial(Fault, "city", "city")


def city_faults(catalogue: Catalogue) -> Iterator[Fault]:
    """Everything wrong with the city itself."""
    city = catalogue.city
    if city.scope not in catalogue.areas:
        yield _fault(("scope",), f"no area '{city.scope}'", near(city.scope, [*catalogue.areas]))
    if not known_timezone(city.timezone):
        yield _fault(("timezone",), f"no timezone '{city.timezone}'", nearest_timezone(city.timezone))
    if not known_country(city.calendar.country):
        message = f"no public holidays known for country '{city.calendar.country}'"
        yield _fault(("calendar", "country"), message, "write its two-letter code, such as VN")
    for index, event in enumerate(city.events):
        if event.end < event.start:
            message = f"event '{event.id}' ends on {event.end}, before it starts on {event.start}"
            yield _fault(("events", index, "end"), message, "write the last day of the event, or swap the two")
        elif event.peak and not event.start <= event.peak <= event.end:
            message = f"event '{event.id}' has its peak on {event.peak}, outside its days"
            yield _fault(("events", index, "peak"), message, f"write a day from {event.start} to {event.end}")


def known_timezone(name: str) -> bool:
    """Whether the time zone database has ``name``."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def nearest_timezone(name: str) -> str:
    """The remedy for a zone that is not known."""
    close = near(name, sorted(available_timezones()))
    return close if close.startswith("did") else "write an IANA name, such as Asia/Ho_Chi_Minh"
