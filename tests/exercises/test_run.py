"""A run is a function of its beginning, its speed and the clock; one plays at a time; what is real wins."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.alerts.event import Event, event_id
from data.exercises.precedence import overruling
from data.exercises.run import Run, lasts
from data.exercises.runs import RunError, Runs
from tests.kpis.delivered import hoian
from tests.state.fresh import fresh

CATALOGUE = hoian()
FLOOD = CATALOGUE.exercises["flood_2025_10"]
NOW = datetime(2026, 11, 24, 19, 42)


@pytest.fixture
def runs(tmp_path):
    state = fresh(tmp_path / "state.db")
    yield Runs(state)
    state.close()


def event(rule: str, level: int, began: timedelta) -> Event:
    at = NOW + began
    return Event(event_id(rule, "", at), rule, "", at, level, level, 1.0, at)


@given(st.integers(1, 600), st.integers(0, 10**6))
def test_the_script_goes_as_fast_as_it_is_said_and_stops_at_its_end(speed, seconds):
    run = Run(1, FLOOD.id, "hall", speed, NOW, NOW + lasts(FLOOD, speed), "lan")
    now = NOW + timedelta(seconds=seconds)
    told = (run.moment(FLOOD, now) - FLOOD.start).total_seconds()
    assert told == min(78 * 3600, seconds * speed)  # six in the morning of the 27th to noon of the 30th
    assert run.plays(now) == (seconds * speed < 78 * 3600)
    assert (run.over(now) is None) == run.plays(now)


def test_one_exercise_plays_at_a_time_and_nobody_has_to_end_it(runs):
    first = runs.start(FLOOD, "hall", 240, "lan", NOW)
    assert first.until - NOW == timedelta(minutes=19, seconds=30)
    with pytest.raises(RunError, match="playing"):
        runs.start(FLOOD, "tourism", 240, "lan", NOW + timedelta(minutes=19))
    assert runs.start(FLOOD, "tourism", 240, "lan", NOW + timedelta(minutes=20)).id == first.id + 1


@pytest.mark.parametrize("speed", [0, -1, 601])
def test_a_speed_that_cannot_be_played_is_refused(runs, speed):
    with pytest.raises(RunError, match="speed"):
        runs.start(FLOOD, "hall", speed, "lan", NOW)
    assert runs.last() is None


def test_a_run_ends_once(runs):
    run = runs.start(FLOOD, "hall", 240, "lan", NOW)
    assert runs.end(run.id, NOW, "alert", "river").why == "alert"
    assert runs.end(run.id, NOW + timedelta(1), "stopped", "lan") is None
    assert (runs.last().why, runs.last().ended_by) == ("alert", "river")


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("rule", "level", "began", "wins"),
    [
        ("river", 2, -HOUR, True),  # it stands on the wall already
        ("river", 1, HOUR, False),  # a watch takes no wall
        ("air", 3, HOUR, True),  # it takes no wall, and it is new
        ("air", 3, -HOUR, False),  # the operators have known of it
        ("nobody", 3, HOUR, False),
    ],
)
def test_what_takes_the_wall_or_is_new_wins(rule, level, began, wins):
    found = overruling([event(rule, level, began)], CATALOGUE.alerts, CATALOGUE.boards, NOW)
    assert (found is not None) == wins


def test_what_has_ended_forbids_nothing():
    over = replace(event("river", 3, -HOUR), ended_at=NOW)
    assert overruling([over], CATALOGUE.alerts, CATALOGUE.boards, NOW - 2 * HOUR) is None
