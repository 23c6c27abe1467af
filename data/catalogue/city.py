"""The city: whose folder of YAML this is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from data.catalogue.text import Entry, Text

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class WorkingCalendar(Entry):
    """Days offices work. ``swap_days`` are weekend days worked in exchange for a bridge day."""

    country: Annotated[str, Field(pattern="^[A-Z]{2}$")]
    week: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri")
    holidays: tuple[date, ...] = ()
    swap_days: tuple[date, ...] = ()


class CityEvent(Entry):
    """A dated happening that explains a series: a flood, a festival.

    Those of one ``kind`` are held against each other, at their ``peak``: mùng 1, the crest of a flood.
    """

    id: str
    name: Text
    start: date
    end: date
    kind: str | None = None
    peak: date | None = None


class City(Entry):
    """Identity and calendar of the city; one per pack.

    ``since`` is the day the present areas came into force: series that cross it are noted.
    Only a ``demonstration`` may have simulated sources; the simulator writes for no other city.
    """

    id: str
    name: Text
    operator: Text
    timezone: str
    language: Literal["vi", "en"] = "vi"
    lunar: bool = False
    since: date
    scope: str
    demonstration: bool = False
    calendar: WorkingCalendar
    events: tuple[CityEvent, ...] = ()

    def day(self, old: bool) -> date:
        """A day of the present areas, or the last of those before them."""
        return self.since - timedelta(days=1) if old else self.since
