"""Faults of playlists: boards there are none of or that do not fit on a wall, areas and values nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from data.catalogue.faults.fault import Fault, near
from data.catalogue.playlist import Scene

if TYPE_CHECKING:
    from data.catalogue.loader import Catalogue


def playlist_faults(catalogue: Catalogue) -> Iterator[Fault]:
    """What a playlist names has to be there, and a board of it has to be readable across a room."""
    for playlist in catalogue.playlists.values():
        for index, scene in enumerate(playlist.scenes):
            yield from scene_faults(catalogue, "playlists", playlist.id, ("scenes", index), scene)


def scene_faults(
    catalogue: Catalogue, kind: str, name: str, path: tuple[str | int, ...], scene: Scene
) -> Iterator[Fault]:
    """Faults of one scene of an entry of ``kind``."""
    board = catalogue.boards.get(scene.board)
    if board is None:
        yield Fault(kind, name, (*path, "board"), f"no board '{scene.board}'", near(scene.board, catalogue.boards))
        return
    if board.crowded:
        remedy = "write wall: with fewer tiles for that board"
        yield Fault(kind, name, (*path, "board"), f"board '{board.id}' on a wall: {board.crowded}", remedy)
    if scene.area is not None and scene.area not in catalogue.areas:
        yield Fault(kind, name, (*path, "area"), f"no area '{scene.area}'", near(scene.area, catalogue.areas))
    for field, values in scene.filters.items():
        known = {value for one in catalogue.datasets.values() if field in one.dimensions
                 for value in one.columns[field].values}  # fmt: skip
        for value in values:
            if value not in known:
                message = f"'{value}' is no value of a dimension '{field}'"
                yield Fault(kind, name, (*path, "filters", field), message, near(value, known))
