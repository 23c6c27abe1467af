"""Rooms: several screens that show one playlist in step, each the part of every board it is given."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from data.catalogue.source import Seconds
from data.catalogue.text import Entry, Text

Show = Literal["all", "map", "kpis", "list"]
SHOWS: tuple[str, ...] = Show.__args__  # type: ignore[attr-defined]
LONGEST = 8 * 3600  # seconds a hand may hold a room still


class Place(Entry):
    """Where a screen hangs, by a letter, and what it ``show``s of each board: its map, its KPIs, its lists, or all."""

    id: Annotated[str, Field(pattern="^[a-z0-9]{1,3}$")]
    name: Text
    show: Show = "all"


class Room(Entry):
    """The places of a room, which go through the scenes of ``playlist`` together. Whoever holds its remote may hold
    it still for ``pause`` or ``pin``, after which it goes on by itself."""

    id: Annotated[str, Field(pattern="^[a-z0-9-]+$", max_length=48)]
    name: Text
    playlist: str
    places: Annotated[tuple[Place, ...], Field(min_length=1, max_length=12)]
    pause: Seconds = 5 * 60
    pin: Seconds = 30 * 60

    @model_validator(mode="after")
    def _places_and_spans(self) -> Room:
        names = [place.id for place in self.places]
        twice = [name for index, name in enumerate(names) if name in names[:index]]
        if twice:
            raise ValueError(f"place {twice[0]} stands twice; give each its own letter")
        if max(self.pause, self.pin) > LONGEST:
            raise ValueError("pause and pin end by themselves within 8 hours: a room is never left stuck")
        return self

    def place(self, name: str) -> Place | None:
        """A place by its letter."""
        return next((place for place in self.places if place.id == name), None)
