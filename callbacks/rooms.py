"""The page of rooms: which there are, what hangs at their places, and the way to each remote."""

from __future__ import annotations

from datetime import datetime

from dash.development.base_component import Component

from callbacks.guard import Guard
from data.catalogue import Room
from data.kpis.sight import Sight
from layouts import rooms as layout


def page(sight: Sight, guard: Guard, language: str) -> Component | None:
    """The page of rooms; None where no screen can be paired."""
    if guard.screens is None:
        return None
    catalogue, now = sight.catalogue, sight.clock.now()
    found = [
        layout.Shown(
            room.id, room.name.get(language), catalogue.playlists[room.playlist].name.get(language),
            hanging(guard, room, now, language),
        )
        for room in catalogue.rooms.values()
    ]  # fmt: skip
    return layout.rooms(found, language)


def hanging(guard: Guard, room: Room, at: datetime, language: str) -> list[layout.Hung]:
    """The places of a room with the screens that hang there."""
    screens = guard.screens.all() if guard.screens is not None else []
    return [
        layout.Hung(
            place.id, place.name.get(language), place.show, f"/wall/{room.id}/{place.id}",
            [one.standing(at) for one in screens if one.choice.place == f"{room.id}/{place.id}"],
        )
        for place in room.places
    ]  # fmt: skip
