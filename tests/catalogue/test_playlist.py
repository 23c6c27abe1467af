"""Playlists and the boards they show: what fits on a wall, and what is refused with its line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pydantic import ValidationError

from data.catalogue import CatalogueError, Playlist, load
from data.catalogue.board import Board
from data.catalogue.playlist import Hours

NAME = {"vi": "Sảnh", "en": "Hall"}


@pytest.mark.parametrize(
    ("start", "end", "inside", "outside"),
    [("06:30", "18:00", ("06:30", "12:00", "17:59"), ("06:29", "18:00", "23:00")),
     ("22:00", "05:30", ("22:00", "23:59", "00:00", "05:29"), ("05:30", "21:59", "12:00"))],
)  # fmt: skip
def test_hours_hold_their_beginning_and_not_their_end_over_midnight_too(start, end, inside, outside):
    hours = Hours.model_validate({"from": start, "to": end})
    assert all(map(hours.hold, inside)) and not any(map(hours.hold, outside))


@pytest.mark.parametrize(
    "given", [{"from": "24:00", "to": "05:00"}, {"from": "08:00", "to": "08:00"}, {"from": "8:00", "to": "9:00"}]
)
def test_hours_that_are_none_are_refused(given):
    with pytest.raises(ValidationError):
        Hours.model_validate(given)


def test_a_playlist_that_could_leave_a_wall_empty_is_refused():
    scene = {"board": "overview", "hours": {"from": "06:00", "to": "18:00"}}
    with pytest.raises(ValidationError, match="never empty"):
        Playlist.model_validate({"id": "hall", "name": NAME, "scenes": (scene, {"board": "x", "joins": "event"})})


def board(*rows: list[dict], wall: list | None = None) -> Board:
    given = {"id": "b", "name": NAME, "title": NAME, "rows": rows} | ({"wall": wall} if wall is not None else {})
    import json

    return Board.model_validate_json(json.dumps(given))


def test_a_board_is_crowded_by_rows_tiles_heroes_and_maps():
    full = [{"kpi": f"K{i}", "span": 3} for i in range(4)]
    assert board(full, full, full).crowded == "12 tiles where 10 can be read"
    heroes = [{"kpi": "A", "span": 4, "size": "hero"} for _ in range(3)]
    assert board(heroes).crowded == "3 hero tiles where 2 can be read"
    maps = [{"map": "A", "span": 6, "name": NAME} for _ in range(2)]
    assert board(maps).crowded == "2 maps where 1 can be read"
    assert board(full, full, full, wall=[full]).crowded == ""
    assert board(full, full, full, wall=[full]).staged.rows == board(full).rows


def test_every_playlist_of_hoi_an_can_be_read_across_a_room(pack_folder: Path):
    catalogue = load(pack_folder)
    shown = {scene.board for playlist in catalogue.playlists.values() for scene in playlist.scenes}
    assert {"overview", "infrastructure", "egov", "tourism", "goals", "flood", "lantern"} <= shown
    assert not [catalogue.boards[name].crowded for name in shown if catalogue.boards[name].crowded]


@pytest.mark.parametrize(
    ("written", "message"),
    [("{board: nowhere}", "playlists.yaml:3: bad: no board 'nowhere'"),
     ("{board: culture}", "playlists.yaml:3: bad: board 'culture' on a wall: 11 tiles where 10 can be read"),
     ("{board: overview, area: moon}", "playlists.yaml:3: bad: no area 'moon'"),
     ("{board: overview, filters: {field: [magic]}}",
      "playlists.yaml:3: bad: 'magic' is no value of a dimension 'field'")],
)  # fmt: skip
def test_what_a_scene_names_has_to_be_there(pack_folder: Path, tmp_path: Path, written, message):
    pack = tmp_path / "pack"
    shutil.copytree(pack_folder, pack)
    text = f"- id: bad\n  name: {{vi: x, en: x}}\n  scenes: [{written}, {{board: overview}}]\n"
    (pack / "playlists.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load(pack)
    assert any(str(problem).startswith(message) for problem in caught.value.problems), str(caught.value)
