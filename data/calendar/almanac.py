"""The occasions a reader may name: those of the city, and alerts there were, as far as they may know of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from data.calendar import occasion
from data.calendar.occasion import Occasion
from data.catalogue.city import City

MOST = 12


@dataclass(frozen=True, slots=True)
class Almanac:
    """``alerted`` are the alerts, the newest first; those of one rule and part are of one kind, their peak is the day
    they began."""

    city: City
    alerted: tuple[Occasion, ...] = ()

    def occasion(self, name: str) -> Occasion | None:
        """The occasion of an id."""
        return next((one for one in self.alerted if one.id == name), None) or occasion.occasion(self.city, name)

    def back(self, first: date, last: date, name: str) -> timedelta | None:
        """How far the occasion called ``name`` lies before the one of its kind within the days, or before their first
        day; None where there is no such occasion, or not before."""
        other = next((one for one in self.alerted if one.id == name), None)
        if other is None:
            return occasion.back(self.city, first, last, name)
        here = next((one for one in self._within(first, last) if one.kind == other.kind), None)
        found = here.peak - other.peak if here is not None else first - other.first
        return found if found > timedelta(0) else None

    def earlier(self, first: date, last: date) -> tuple[Occasion, ...]:
        """The alerts the days may be held against: those before them, of the kinds they hold first."""
        kinds = {one.kind for one in self._within(first, last)}
        past = [one for one in self.alerted if one.last < first]
        return tuple(sorted(past, key=lambda one: one.kind not in kinds))[:MOST]

    def _within(self, first: date, last: date) -> list[Occasion]:
        return [one for one in self.alerted if one.first <= last and one.last >= first]
