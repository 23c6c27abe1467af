"""Rooms of a pack: places by their letter, spans that end, and what is refused with its line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pydantic import ValidationError

from data.catalogue import CatalogueError, Room, load

NAME = {"vi": "Phòng", "en": "Room"}
A = {"id": "a", "name": NAME, "show": "map"}


def room(**given) -> Room:
    return Room.model_validate({"id": "main", "name": NAME, "playlist": "hall", "places": (A,), **given})


def test_a_room_ends_what_it_holds_and_knows_its_places():
    held = room()
    assert (held.pause, held.pin) == (300, 1800)
    assert held.place("a").show == "map" and held.place("z") is None


@pytest.mark.parametrize(
    ("given", "message"),
    [({"places": (A, A)}, "place a stands twice"), ({"pin": "9 hours"}, "never left stuck"),
     ({"pause": "0 minutes"}, "pause"), ({"places": ()}, "places"),
     ({"places": (A | {"show": "everything"},)}, "show"), ({"places": (A | {"id": "scenes"},)}, "id")],
)  # fmt: skip
def test_a_room_that_would_not_do_is_refused(given, message):
    with pytest.raises(ValidationError, match=message):
        room(**given)


def test_a_playlist_there_is_none_of_is_told_with_its_line_and_a_remedy(pack_folder: Path, tmp_path: Path):
    pack = tmp_path / "pack"
    shutil.copytree(pack_folder, pack)
    text = "- id: main\n  name: {vi: x, en: x}\n  playlist: hal\n  places: [{id: a, name: {vi: x, en: x}}]\n"
    (pack / "rooms.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load(pack)
    assert "rooms.yaml:3: main: no playlist 'hal'; did you mean 'hall'?" in str(caught.value)


def test_the_rooms_of_hoi_an_have_a_map_numbers_and_a_list(pack_folder: Path):
    catalogue = load(pack_folder)
    assert [[place.show for place in held.places] for held in catalogue.rooms.values()] == [["map", "kpis", "list"]]
