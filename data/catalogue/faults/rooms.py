"""Faults of rooms: playlists there are none of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from data.catalogue.faults.fault import Fault, near

if TYPE_CHECKING:
    from data.catalogue.loader import Catalogue


def room_faults(catalogue: Catalogue) -> Iterator[Fault]:
    """The playlist of a room has to be there."""
    for room in catalogue.rooms.values():
        if room.playlist not in catalogue.playlists:
            message = f"no playlist '{room.playlist}'"
            yield Fault("rooms", room.id, ("playlist",), message, near(room.playlist, catalogue.playlists))
