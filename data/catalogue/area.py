"""Areas and their vintages: a code means what it meant on the day."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from data.catalogue.text import Entry, Text

AreaLevel = Literal["city", "unit", "locality"]
LEVELS: tuple[AreaLevel, ...] = ("city", "unit", "locality")


class Succession(Entry):
    """A share of one area that belongs to another of the other vintage."""

    area: str
    weight: Annotated[float, Field(gt=0, le=1)] = 1.0


class Area(Entry):
    """A piece of the city, valid from one day to another.

    ``code`` is the official code and may be reused by another area in another period;
    ``id`` is unique for ever. ``becomes`` (to the next vintage) is exact when it names one
    area; ``was`` (to the one before) is an estimate by weight. Area in km², official;
    ``capacity`` in people at one time, a planning figure.
    """

    id: Annotated[str, Field(pattern="^[a-z0-9_]+$")]
    code: str
    name: Text
    level: AreaLevel
    parent: str | None = None
    valid_from: date
    valid_to: date | None = None
    becomes: tuple[Succession, ...] = ()
    was: tuple[Succession, ...] = ()
    population: Annotated[int, Field(ge=0)] | None = None
    km2: Annotated[float, Field(gt=0)] | None = None
    capacity: Annotated[int, Field(gt=0)] | None = None
    place: tuple[float, float] | None = None

    def valid_on(self, day: date) -> bool:
        """Whether the area exists on ``day``; ``valid_to`` is exclusive."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)
