"""Rounds over a log: whatever dies when, the same events are there, each once."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.alerts import Reading
from data.alerts.events import Events
from data.alerts.log import Log, watched_since
from data.alerts.rounds import Rounds
from tests.alerts.test_machine import T0, rule
from tests.state.fresh import fresh

RULES = (rule(), rule(id="crowd", **{"for": 0}))


class Kept:
    """Events as a database would keep them: by id, the last word counts."""

    def __init__(self) -> None:
        self.events: dict[str, object] = {}
        self.fails = False

    def __call__(self, events) -> None:
        if self.fails:
            raise OSError("the process dies here")
        self.events |= {event.id: event for event in events}


def tick(minute: int, *levels: int) -> tuple[datetime, int, list[Reading]]:
    at = T0 + timedelta(minutes=minute)
    return at, minute, [Reading(r.id, "", at, float(n), n, n) for r, n in zip(RULES, levels, strict=True)]


DAY = [tick(0, 0, 0), tick(5, 1, 0), tick(10, 1, 2), tick(15, 2, 2), tick(25, 2, 0), tick(30, 0, 0), tick(60, 0, 0),
       tick(70, 0, 0), tick(100, 3, 1), tick(110, 3, 1)]  # fmt: skip


def whole(folder: Path) -> dict[str, object]:
    kept = Kept()
    rounds = Rounds(folder, RULES, kept)
    for one in DAY:
        rounds.look(*one)
    return kept.events


@pytest.mark.parametrize("died", range(len(DAY)))
@pytest.mark.parametrize("where", ["between two ticks", "after the log, before the events"])
def test_a_process_that_dies_loses_no_event_and_makes_none_twice(tmp_path, died, where):
    kept = Kept()
    rounds = Rounds(tmp_path / "a", RULES, kept)
    for number, one in enumerate(DAY):
        kept.fails = number == died and where != "between two ticks"
        try:
            rounds.look(*one)
        except OSError:
            assert kept.fails
        if number == died:
            kept.fails = False
            rounds = Rounds(tmp_path / "a", RULES, kept)
            rounds.look(*one)  # the same moment, looked at again
    assert kept.events == whole(tmp_path / "b") != {}


@pytest.mark.parametrize("cut", [1, 7, 30])
def test_a_line_cut_off_by_a_crash_was_never_acted_on(tmp_path, cut):
    kept = Kept()
    rounds = Rounds(tmp_path / "a", RULES, kept)
    for one in DAY:
        rounds.look(*one)
    path = Log(tmp_path / "a").newest()
    path.write_bytes(path.read_bytes()[:-cut])
    again = Rounds(tmp_path / "a", RULES, kept)
    again.look(*DAY[-1])
    assert kept.events == whole(tmp_path / "b")
    assert Rounds(tmp_path / "a", RULES, Kept()).standings == again.standings


def test_what_is_normal_is_not_logged(tmp_path):
    rounds = Rounds(tmp_path, RULES, Kept())
    for minute in range(1000):
        rounds.look(*tick(minute, 0, 0))
    assert Log(tmp_path).newest() is None


def test_it_is_known_since_when_somebody_looked(tmp_path):
    assert watched_since(tmp_path) is None
    calm, busy = tick(0, 0, 0), tick(5, 2, 0)
    Rounds(tmp_path, RULES, Kept()).look(*calm)
    Rounds(tmp_path, RULES, Kept()).look(*busy)
    assert watched_since(tmp_path) == calm[0]
    (tmp_path / "alerts" / "since").unlink()  # as a log was left by the version before
    Rounds(tmp_path, RULES, Kept()).look(*tick(10, 2, 0))
    assert watched_since(tmp_path) == busy[0]


def test_a_month_begins_with_what_stands_and_the_month_before_is_not_needed(tmp_path):
    kept = Kept()
    rounds = Rounds(tmp_path, RULES, kept)
    rounds.look(*tick(0, 1, 1)), rounds.look(*tick(10, 1, 1))
    later = 60 * 24 * 5  # November
    rounds.look(*tick(later, 1, 1))
    files = sorted((tmp_path / "alerts").glob("ticks-*"))
    assert [file.name for file in files] == ["ticks-2025-10.jsonl", "ticks-2025-11.jsonl"]
    files[0].unlink()
    again = Rounds(tmp_path, RULES, kept)
    assert again.standings == rounds.standings
    again.look(*tick(later + 30, 0, 0)), again.look(*tick(later + 60, 0, 0))
    assert len(kept.events) == 2, "the events of October ended, and no others were made"
    assert all(event.ended_at for event in kept.events.values())


def test_a_rule_that_is_gone_has_no_say(tmp_path):
    whole(tmp_path)
    rounds = Rounds(tmp_path, RULES[:1], Kept())
    assert {key[0] for key in rounds.standings} == {"river"}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 3), st.integers(0, 3)), max_size=40), st.integers(0, 40))
def test_wherever_a_process_begins_again_the_log_says_the_same(tmp_path_factory, ticks, cut):
    days = [tick(minute, a, b) for minute, a, b in ticks]
    folder = tmp_path_factory.mktemp("rounds")
    one, two = Kept(), Kept()
    straight = Rounds(folder / "a", RULES, one)
    for day in days:
        straight.look(*day)
    broken = Rounds(folder / "b", RULES, two)
    for number, day in enumerate(days):
        if number == cut:
            broken = Rounds(folder / "b", RULES, two)
        broken.look(*day)
    assert (broken.standings, two.events) == (straight.standings, one.events)


def test_events_are_rows_that_keep_who_took_them_on(tmp_path):
    import sqlalchemy as sa

    state = fresh(tmp_path / "state.db")
    events = Events(state)
    rounds = Rounds(tmp_path, RULES, events.write)
    for one in DAY[:4]:
        rounds.look(*one)
    river, crowd = (event.id for event in sorted(events.open(), key=lambda e: e.rule, reverse=True))
    assert [event.level for event in events.open()] == [2, 1], "the worst first"
    with state.writing() as connection:
        connection.execute(sa.text("UPDATE events SET taken_at = '2025-10-29 06:20:00' WHERE id = :id"), {"id": river})
    for one in DAY[4:8]:
        rounds.look(*one)
    with state.reading() as connection:
        taken = connection.execute(sa.text("SELECT taken_at FROM events WHERE id = :id"), {"id": river}).scalar()
    assert taken is not None
    assert events.open() == []
    assert [event.id for event in events.ended(T0)] == [river, crowd]
    assert events.ended(T0 + timedelta(hours=9)) == []
    state.close()
