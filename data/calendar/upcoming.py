"""What is coming in a city: lantern nights, full moons, holidays and dated happenings of the pack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from data.calendar.lunar import lunar
from data.catalogue.city import City
from data.catalogue.text import Text

Kind = Literal["lantern_night", "full_moon", "new_moon", "happening"]
LUNAR: dict[int, Kind] = {14: "lantern_night", 15: "full_moon", 1: "new_moon"}


@dataclass(frozen=True, slots=True)
class Coming:
    """A day and what it is; ``name`` of a happening."""

    on: date
    kind: Kind
    name: Text | None = None


def upcoming(city: City, today: date, days: int) -> tuple[Coming, ...]:
    """What the next ``days`` bring, today included, in order of their day."""
    until = today + timedelta(days=days)
    found = [*_nights(city, today, until), *_happenings(city, today, until)]
    return tuple(sorted(found, key=lambda one: (one.on, one.kind)))


def _nights(city: City, first: date, until: date) -> Iterator[Coming]:
    day = first
    while city.lunar and day < until:
        if (kind := LUNAR.get(lunar(day).day)) is not None:
            yield Coming(day, kind)
        day += timedelta(days=1)


def _happenings(city: City, first: date, until: date) -> Iterator[Coming]:
    for event in city.events:
        if first <= event.start < until:
            yield Coming(event.start, "happening", event.name)
