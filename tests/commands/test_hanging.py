"""lantern wall: a screen gets a playlist or a place of a room, and what cannot be is refused with a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands import run
from data.audit import Audit
from data.audit.audit import Search
from data.clock.clock import SystemClock
from data.state import State
from data.walls.screens import Screens


@pytest.fixture
def state(pack_folder: Path, tmp_path: Path, monkeypatch):
    url = f"sqlite:///{tmp_path / 'state.db'}"
    monkeypatch.setenv("LANTERN_CITY", str(pack_folder))
    monkeypatch.setenv("LANTERN_STATE", url)
    held = State.open(url)
    yield held
    held.close()


def pair(state: State, *more: str) -> int:
    """Pair a screen that waits by the city's clock."""
    code = Screens(state).announce(SystemClock("Asia/Ho_Chi_Minh").now())[1]
    return run(["wall", "pair", code, "--name", "Trái", *more])


def test_a_screen_is_paired_to_a_place_of_a_room(state, capsys):
    assert pair(state, "--room", "operations", "--place", "a") == 0
    (screen,) = Screens(state).all()
    assert (screen.choice.place, screen.choice.playlist, screen.choice.room) == ("operations/a", "hall", "")
    (entry,), _ = Audit(state).page(Search(act="screen"))
    assert (entry.subject, entry.details) == (f"/screens/{screen.id}", {"name": "Trái"})
    assert run(["wall", "list"]) == 0
    assert "operations/a" in capsys.readouterr().out


def test_a_playlist_alone_goes_on_to_work_and_the_room_says_where_it_hangs(state):
    assert pair(state, "--playlist", "tourism", "--room", "Tầng 2") == 0
    choice = Screens(state).all()[0].choice
    assert (choice.playlist, choice.room, choice.place) == ("tourism", "Tầng 2", "")


@pytest.mark.parametrize(
    ("more", "message"),
    [(("--room", "operation", "--place", "a"), "there is no room 'operation'; did you mean 'operations'?"),
     (("--room", "operations", "--place", "z"), "room 'operations' has no place 'z'; known: a, b, c"),
     (("--playlist", "hal"), "there is no playlist 'hal'; did you mean 'hall'?")],
)  # fmt: skip
def test_what_there_is_none_of_is_refused(state, capsys, more, message):
    assert pair(state, *more) == 1
    assert message in capsys.readouterr().err
    assert not Screens(state).all()
