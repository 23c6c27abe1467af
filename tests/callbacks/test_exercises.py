"""An exercise played to the end beside a real city: marked wherever it shows, and in no byte of the city."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app import serve
from callbacks.boards import tile_query
from data.accounts import Accounts
from data.alerts import Standing, step
from data.alerts.event import Event, event_id
from data.alerts.events import Events
from data.alerts.log import Log, Tick
from data.audit import Audit
from data.audit.audit import Search
from data.clock.clock import FixedClock
from data.exercises.prompter import Prompter
from data.exercises.rehearsal import STATE, STORE
from data.exercises.run import SAID
from data.exercises.runs import Runs
from data.kpis.service import KpiService
from data.state import State
from tests.callbacks.town import GOOD, HERE, QUICK
from tests.exercises import morning
from tests.exercises.morning import NAME
from tests.kpis.delivered import NOW
from tests.kpis.november import loaded
from tests.standing import StandingClock
from tests.state.fresh import fresh

SPEED = 600
WORD = "DIỄN TẬP"


class Moved(StandingClock):
    """Shows what it is put to."""

    def put(self, at: datetime) -> None:
        self._at = at


@dataclass
class Drill:
    """A real city with an exercise of few steps: what it was before, and what walls showed on the way."""

    service: KpiService
    state: State
    clock: Moved
    prompter: Prompter
    before: str = ""
    shown: list[tuple[str, dict]] = field(default_factory=list)

    @property
    def runs(self) -> Runs:
        return Runs(self.state)

    def client(self, accounts: Accounts | None = None):
        app = serve(self.service.catalogue, self.service, self.clock, "off", accounts, state=self.state)[0]
        return app.server.test_client()

    def scenes(self, playlist: str = "hall") -> dict:
        return json.loads(self.client().get(f"/wall/{playlist}/scenes").data)

    @property
    def folder(self) -> Path:
        return self.runs.run(1).folder(self.service.reader.store)

    def ticks(self) -> list[Tick]:
        """What the rules were told, as the log of the exercise has it."""
        newest = Log(self.folder / STORE).newest()
        assert newest is not None
        return list(Log.read(newest)[1])

    def events(self) -> list[Event]:
        held = State.open(f"sqlite:///{self.folder / STATE}")
        try:
            return [event for event in Events(held).every() if event.rule == "river"]
        finally:
            held.close()


def fingerprint(drill: Drill) -> str:
    """Everything the real city is made of, and every answer it gives: a digest of each byte."""
    store = drill.service.reader.store
    hashed = hashlib.sha256()
    for path in sorted(path for path in store.rglob("*") if path.is_file()):
        hashed.update(path.relative_to(store).as_posix().encode() + path.read_bytes())
    hashed.update(repr([*Events(drill.state).open(), *Events(drill.state).every()]).encode())
    fresh = KpiService(drill.service.catalogue, drill.service.reader, FixedClock(NOW))
    asked = [tile_query(kpi, NOW) for kpi in fresh.catalogue.kpis.values()]
    for result in fresh.ask(asked):
        hashed.update(repr((result.value, result.points, result.parts, result.marks, result.sources)).encode())
    return hashed.hexdigest()


@pytest.fixture(scope="module")
def drill(tmp_path_factory) -> Iterator[Drill]:
    """An exercise of five steps, played by one prompter up to 08:00 and by another from there on."""
    folder = tmp_path_factory.mktemp("drill")
    service, writer = loaded(folder)
    catalogue, scripted = morning.scripted(folder, service.catalogue)
    clock = Moved(NOW)
    service = KpiService(catalogue, service.reader, clock)
    state = fresh(folder / "state.db")
    held = Drill(service, state, clock, Prompter(scripted, service.reader.store, state, clock))
    held.before = fingerprint(held)
    run = held.runs.start(catalogue.exercises[NAME], "hall", SPEED, "lan", NOW)
    for hours in (0, 2, 4):
        clock.put(NOW + timedelta(hours=hours) / SPEED)
        if hours == 4:  # the process that played is gone, and another takes up what there is
            held.prompter.stop()
            held.prompter = Prompter(scripted, service.reader.store, state, clock)
        while held.prompter.look():
            pass
        held.shown += [(name, held.scenes(name)) for name in ("hall", "tourism")]
    assert run.plays(clock.now())
    yield held
    held.prompter.stop()
    state.close()
    writer.close()


def test_the_machine_goes_through_the_three_levels_at_the_scripted_times(drill):
    """Of readings every hour 1.2 m at 07:00 is above alarm I, 1.6 at 08:00 above II, 2.2 at 09:00 above III; each has
    held for ten minutes at the next reading."""
    rule, stands, moved = drill.service.catalogue.alerts["river"], Standing(), []
    for tick in drill.ticks():
        for reading in tick.readings:
            if reading.rule == "river":
                stands, move = step(rule, stands, reading)
                moved += [(move.after, f"{move.event.changed_at:%d %H:%M}")] if move else []
    assert moved == [(1, "27 08:00"), (2, "27 09:00"), (3, "27 10:00")]
    assert [(event.began_at, event.level) for event in drill.events()] == [(datetime(2025, 10, 27, 8), 3)]
    levels = [shown["state"] for name, shown in drill.shown if name == "hall"]
    assert levels == ["normal", "watch", "emergency"]


def test_the_mark_is_on_every_scene_of_the_exercise_and_on_none_other(drill):
    for name, told in drill.shown:
        for scene, (_, markup) in told["scenes"].items():
            marked = [sign in markup for sign in ('class="exercised"', "exercise-mark", "exercise-band", WORD)]
            assert all(marked) if name == "hall" else not any(marked), (name, scene)
        assert bool(told["exercise"]) == (name == "hall")
    assert {scene for name, told in drill.shown if name == "hall" for scene in told["scenes"]} == {"flood", "alarm"}


def test_nothing_of_an_exercise_is_in_the_real_city(drill):
    assert drill.events()
    assert fingerprint(drill) == drill.before
    pages = [drill.client().get(path).get_data(as_text=True) for path in ("/alerts", "/kpi/HT-07.csv", "/sources")]
    assert not [text for text in pages if WORD in text.replace("Diễn tập", "") and "exercise-band" in text]
    assert "2.3" not in pages[1] and "2025-10-27" not in pages[1]


def test_a_record_of_it_says_in_every_line_what_it_is(drill):
    answer = drill.client().get(f"/exercises/{drill.runs.last().id}/events.csv")
    lines = answer.get_data(as_text=True).removeprefix("\ufeff").splitlines()
    assert "dien_tap_flood_2025_10" in answer.headers["Content-Disposition"]
    assert len(lines) > 3 and all(line.startswith(WORD) for line in lines[1:])


def test_a_real_alert_wins_at_once_and_ends_it(drill):
    now = drill.clock.now()
    real = Event(event_id("river", "", now), "river", "", now, 2, 2, 1.61, now)
    assert drill.scenes()["exercise"]
    Events(drill.state).write([real])
    try:
        told = drill.scenes()
        assert (told["exercise"], told["state"], list(told["scenes"])) == (0, "alert", ["alarm"])
        assert WORD not in told["scenes"]["alarm"][1]
        assert told["ceased"].startswith("CẢNH BÁO THẬT")
        answer = drill.client().post("/exercises/flood_2025_10/start", headers=HERE)
        assert answer.headers["Location"].endswith("said=alert")
        assert not drill.prompter.look()
        assert (drill.runs.last().why, drill.runs.last().ended_by) == ("alert", real.id)
    finally:
        Events(drill.state).write([replace(real, level=0, ended_at=now)])
    drill.clock.put(now + SAID)
    told = drill.scenes()
    assert (told["exercise"], told["ceased"]) == (0, "")  # it does not come back


def test_it_ends_by_itself_also_when_nobody_plays_it(drill):
    run = drill.runs.start(
        drill.service.catalogue.exercises["flood_2025_10"], "tourism", SPEED, "lan", drill.clock.now()
    )
    drill.prompter.look()
    assert drill.scenes("tourism")["exercise"] and not drill.scenes("hall")["exercise"]
    drill.clock.put(run.until)
    told = drill.scenes("tourism")
    assert told["exercise"] == 0 and told["ceased"].startswith("Diễn tập kết thúc")
    assert not drill.prompter.look() and drill.runs.last().why == "script"


def test_who_runs_exercises_begins_and_stops_one_and_that_is_noted(drill):
    accounts = Accounts(drill.state, passwords=QUICK)
    accounts.add("lan", "Lan", ["operator"], drill.clock.now(), GOOD)
    accounts.add("minh", "Minh", ["staff"], drill.clock.now(), GOOD)
    browser = drill.client(accounts)
    assert browser.post("/exercises/flood_2025_10/start", headers=HERE).status_code == 401
    for name, status in (("minh", 403), ("lan", 303)):
        browser.post("/sign-in", data={"name": name, "password": GOOD}, headers=HERE)
        assert browser.post("/exercises/flood_2025_10/start").status_code == 403  # another site's form
        assert browser.post("/exercises/flood_2025_10/start", headers=HERE).status_code == status
    run = drill.runs.last()
    assert (run.began_by, run.playlist, run.speed) == ("lan", "hall", 240)
    assert f"/exercises/{run.id}/stop" in browser.get("/exercises").get_data(as_text=True)
    again = browser.post("/exercises/flood_2025_10/start", headers=HERE)
    assert (again.status_code, again.headers["Location"]) == (302, "/exercises?said=playing")
    assert browser.post(f"/exercises/{run.id}/stop", headers=HERE).status_code == 303
    assert (drill.runs.last().why, drill.runs.last().ended_by) == ("stopped", "lan")
    noted = [entry.subject for entry in Audit(drill.state).all(Search(act="exercise"))]
    assert sorted(noted) == sorted([f"/exercises/{run.id}/stop", "/exercises/flood_2025_10/start"])
