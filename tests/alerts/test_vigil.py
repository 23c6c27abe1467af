"""The vigil over a real store: an event when the number says so, none twice, and a failure that is not the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from commands import run
from data.alerts.event import Event
from data.alerts.events import Events
from data.alerts.vigil import Vigil
from data.catalogue import Text
from data.catalogue.alert import Alert
from data.kpis.service import KpiService
from data.state import StateError
from tests.kpis.delivered import NOW, city, copied
from tests.kpis.november import NOVEMBER
from tests.state.fresh import fresh

X = Text(vi="x", en="x")
RULES = {
    "river_silent": Alert.model_validate(
        {"id": "river_silent", "name": X, "source": "water_level", "silent_for": 3600, "least": "alert"}
    ),
    "overdue": Alert.model_validate({"id": "overdue", "name": X, "kpi": "DVC-05", "owner": X}),
}


@pytest.fixture(scope="module")
def dry(tmp_path_factory):
    """A city in which the river is silent."""
    folder = tmp_path_factory.mktemp("dry")
    service, writer = city(folder, {name: rows for name, rows in NOVEMBER.items() if name != "water_level"})
    service.reader.close()
    writer.close()
    return folder


@pytest.fixture
def vigil(dry, tmp_path):
    service, writer = copied(dry, tmp_path)
    state = fresh(tmp_path / "state.db")
    yield Vigil(KpiService(replace(service.catalogue, alerts=RULES), service.reader, service.clock), state)
    state.close()
    writer.close()


def test_what_is_silent_is_an_event_and_stays_the_same_one(vigil):
    moved = vigil.look()
    assert [(move.event.rule, move.before, move.after) for move in moved] == [("river_silent", 0, 2)]
    vigil.service.clock.advance(timedelta(minutes=5))
    assert vigil.look() == []
    again = Vigil(vigil.service, vigil.state)
    vigil.service.clock.advance(timedelta(minutes=5))
    assert again.look() == []
    (event,) = Events(vigil.state).open()
    assert (event.rule, event.level, event.began_at) == ("river_silent", 2, NOW)


def test_what_lasts_of_another_store_ends_when_the_vigil_begins(vigil):
    """The state outlives a store that was replaced: nothing would ever end what that one began."""
    old = Event("river::2020", "river", "", NOW, 3, 3, 2.5, NOW)
    Events(vigil.state).write([old])
    vigil.look()
    assert [event.rule for event in Events(vigil.state).open()] == ["river_silent"]
    assert [event.id for event in Events(vigil.state).ended(NOW)] == ["river::2020"]


def test_a_look_that_fails_is_told_and_the_next_one_is_made(vigil, monkeypatch, caplog):
    write, failures = Events.write, [StateError("the disk is full")]

    def failing(self, events):
        if failures:
            raise failures.pop()
        write(self, events)

    monkeypatch.setattr(Events, "write", failing)
    monkeypatch.setattr("data.alerts.vigil.EVERY", 0.05)
    vigil.start()
    for _ in range(200):
        if Events(vigil.state).open():
            break
        vigil._stopping.wait(0.05)
    vigil.stop()
    assert "the disk is full" in caplog.text
    assert [event.rule for event in Events(vigil.state).open()] == ["river_silent"]


def test_the_log_makes_the_same_events_again(vigil, tmp_path, monkeypatch, capsys):
    from tests.kpis.delivered import PACK

    vigil.look()
    monkeypatch.setenv("LANTERN_STORE", str(vigil.service.reader.store))
    monkeypatch.setenv("LANTERN_STATE", f"sqlite:///{tmp_path / 'state.db'}")
    monkeypatch.setenv("LANTERN_CITY", str(PACK))
    assert run(["alerts"]) == 0
    assert "alert      since" in capsys.readouterr().out
    assert run(["alerts", "--replay"]) == 0
    assert "makes the same 1 events again, 1 of which last" in capsys.readouterr().out
    Events(vigil.state).write([Event("river::2020", "river", "", NOW, 3, 3, 2.5, NOW)])
    assert run(["alerts", "--replay"]) == 1
    assert "another story of river::2020" in capsys.readouterr().err
