"""The spot of a wall: which playlist it goes through, and whether it hangs at a place of a room."""

from __future__ import annotations

from dataclasses import dataclass

from data.catalogue import Catalogue, Place, Playlist, Room
from data.catalogue.room import Show
from data.walls.screens import Choice


@dataclass(frozen=True, slots=True)
class Spot:
    """A playlist, whole, or at a ``place`` of a ``room`` that shows a part of every board."""

    playlist: Playlist
    room: Room | None = None
    place: Place | None = None

    @property
    def show(self) -> Show:
        """What it shows of a board."""
        return "all" if self.place is None else self.place.show

    @property
    def home(self) -> str:
        """Its address."""
        inside = f"{self.room.id}/{self.place.id}" if self.room and self.place else self.playlist.id
        return f"/wall/{inside}"


def spot(catalogue: Catalogue, name: str, letter: str = "") -> Spot | None:
    """The spot at /wall/<name>, or of the place ``letter`` of room ``name``; None where there is none."""
    if not letter:
        playlist = catalogue.playlists.get(name)
        return None if playlist is None else Spot(playlist)
    room = catalogue.rooms.get(name)
    place = room.place(letter) if room is not None else None
    return None if room is None or place is None else Spot(catalogue.playlists[room.playlist], room, place)


def given(catalogue: Catalogue, choice: Choice) -> Spot | None:
    """The spot a screen was given; one whose room is no more goes on with its playlist."""
    name, _, letter = choice.place.partition("/")
    return (spot(catalogue, name, letter) if letter else None) or spot(catalogue, choice.playlist)
