"""``lantern exercise``: begins, lists and stops as the page does, refuses in one sentence, and is in the trail."""

from __future__ import annotations

from datetime import datetime

import pytest

from commands import run
from data.alerts.event import Event
from data.alerts.events import Events
from data.audit import Audit
from data.audit.audit import Search
from data.exercises.runs import Runs
from data.state import State


@pytest.fixture
def lantern(tmp_path, monkeypatch, capsys):
    """Runs a command against a state of its own: exit code and all it said."""
    monkeypatch.setenv("LANTERN_STATE", f"sqlite:///{tmp_path / 'state.db'}")

    def command(*arguments: str) -> tuple[int, str]:
        code = run(arguments)
        said = capsys.readouterr()
        return code, said.out + said.err

    return command


def test_an_exercise_is_begun_listed_and_stopped(lantern, tmp_path):
    code, said = lantern("exercise", "start", "flood_2025_10", "--speed", "120")
    assert code == 0 and "plays on hall at 120 times" in said
    assert "flood_2025_10 plays on hall at 120 times" in lantern("exercise", "list")[1]
    assert lantern("exercise", "start", "lantern_night") == (
        1, "another exercise is playing; 'lantern exercise stop' ends it\n",
    )  # fmt: skip
    assert lantern("exercise", "stop")[0] == 0
    assert lantern("exercise", "stop") == (1, "no exercise is playing\n")
    state = State.open(f"sqlite:///{tmp_path / 'state.db'}")
    assert Runs(state).last().why == "stopped"
    noted = [(entry.subject, entry.details.get("speed")) for entry in Audit(state).all(Search(act="exercise"))]
    state.close()
    assert sorted(noted, key=str) == [("/exercises/1/stop", None), ("/exercises/flood_2025_10/start", 120)]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("flod_2025_10",), "there is no exercise 'flod_2025_10'; did you mean 'flood_2025_10'?"),
        (("lantern_night", "--playlist", "hal"), "there is no playlist 'hal'; did you mean 'hall'?"),
        (("lantern_night", "--speed", "601"), "the speed is a whole number from 1 to 600"),
    ],
)
def test_what_cannot_be_begun_is_said_in_one_sentence(lantern, arguments, said):
    assert lantern("exercise", "start", *arguments) == (1, said + "\n")
    assert "no exercise is playing" in lantern("exercise", "list")[1]


def test_a_real_alert_on_the_wall_forbids_it(lantern, tmp_path):
    lantern("exercise", "list")
    state = State.open(f"sqlite:///{tmp_path / 'state.db'}")
    at = datetime(2026, 11, 24, 19, 42)
    Events(state).write([Event("river", "river", "", at, 3, 3, 2.1, at)])
    state.close()
    code, said = lantern("exercise", "start", "flood_2025_10")
    assert code == 1 and said.startswith("a real alert lasts, and it always wins")
