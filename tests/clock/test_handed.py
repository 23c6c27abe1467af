"""What pages ask of the writing process is done at its next look, and said to have been done."""

from __future__ import annotations

import pytest

from data.store import jobs
from data.store.jobs import Job
from tests.store.town import Town
from tests.store.town import catalogue as town_catalogue


@pytest.fixture
def town(tmp_path):
    made = Town(tmp_path / "town", town_catalogue(tmp_path / "pack"))
    made.put("book.csv", "2026-01-05,east,5")
    made.tick()
    yield made
    made.writer.close()


def ask(town: Town, kind: str, load: int) -> None:
    jobs.hand(town.store, Job(kind, load, town.clock.now().isoformat(), "127.0.0.1"))


def test_a_load_is_taken_back_and_given_back(town: Town) -> None:
    found = []
    for kind in ("undo", "restore"):
        ask(town, kind, 1)
        town.sync.tick()
        found.append((town.rows("SELECT sum(rows) FROM rollup_visit"), jobs.waiting(town.store)))
    assert found == [([(0,)], []), ([(1,)], [])]
    done = {item.kind: item.snapshot for item in jobs.outcomes(town.store)}
    assert done == {"undo": town.writer.manifest.snapshot - 1, "restore": town.writer.manifest.snapshot}


def test_what_cannot_be_done_is_refused_with_its_reason(town: Town) -> None:
    before = town.writer.manifest.snapshot
    ask(town, "undo", 99)
    ask(town, "restore", 1)
    town.sync.tick()
    assert {(item.load, item.refused) for item in jobs.outcomes(town.store)} == {(99, "absent"), (1, "absent")}
    assert town.writer.manifest.snapshot == before


def test_a_load_that_was_overtaken_names_the_later_one(town: Town) -> None:
    ask(town, "undo", 1)
    town.tick()
    town.put("book.csv", "2026-02-05,east,5")
    town.tick()
    ask(town, "restore", 1)
    town.sync.tick()
    outcome = next(item for item in jobs.outcomes(town.store) if item.kind == "restore")
    assert (outcome.refused, outcome.by) == ("overtaken", 2)
