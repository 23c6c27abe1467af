"""Readers, old snapshots, and which files may go."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import replace

import duckdb
import pytest

from data.store import manifest, retention
from data.store.past import FOLDER, MOST
from data.store.reader import NoSnapshot, Reader
from tests.store.town import Town, contents

VISITS = "SELECT sum(rows) FROM rollup_visit"


def visits(snapshot) -> int:
    return snapshot.cursor().execute(VISITS).fetchone()[0]


def grow(town: Town, times: int) -> None:
    for _ in range(times):
        count = len(town.writer.loads)
        town.append("visit_1.csv", f"2026-01-05 08:{count:02},east,1")
        town.append("dossier_1.csv", f"{count % 3},N,2026-01-05,,{count},desk")
        town.tick()


def test_nothing_to_read_yet(tmp_path, known):
    with pytest.raises(NoSnapshot):
        Reader(tmp_path, {}, ()).snapshot()


def test_a_reader_moves_on_and_the_old_snapshot_stays_as_it_was(town):
    grow(town, 1)
    reader = Reader(town.store, town.writer.shapes, ())
    old = reader.snapshot()
    assert not reader.refresh()
    grow(town, 1)
    assert reader.refresh()
    assert (visits(old), visits(reader.snapshot())) == (1, 2)
    town.writer.compact()
    grow(town, 1)
    assert reader.refresh()
    assert (visits(old), visits(reader.snapshot())) == (1, 3)


def test_whoever_asks_gets_the_newest_without_being_told(town):
    grow(town, 1)
    reader = Reader(town.store, town.writer.shapes, ())
    assert visits(reader.snapshot()) == 1
    grow(town, 1)
    assert visits(reader.snapshot()) == 2


def test_a_store_of_other_definitions_is_not_read(town):
    grow(town, 1)
    some = {name: shape for name, shape in town.writer.shapes.items() if name != "gauge"}
    with pytest.raises(NoSnapshot):
        Reader(town.store, some, ()).snapshot()


def test_kept_snapshots_keep_their_files_and_older_ones_are_recomputed(tmp_path, known):
    town = Town(tmp_path, known, keep=3)
    was = {}
    for step in range(9):
        grow(town, 1)
        if step == 3:
            town.writer.undo(1)
        if step in (2, 6):
            town.writer.compact()
        was[town.writer.manifest.snapshot] = contents(town.writer.connection, town.writer.shapes)
        for held in retention.kept(town.store, town.writer.manifest, 3):
            assert all((town.store / name).is_file() for name in held.files)
    reader = Reader(town.store, town.writer.shapes, ())
    recomputed = []
    assert [reader.at_hand(number) for number in (1, max(was))] == [False, True]
    for number, expected in was.items():
        past = reader.past(number)
        assert reader.at_hand(number) and reader.past(number) is past
        assert contents(past.connection, town.writer.shapes) == expected
        recomputed += [number] if past.recomputed else []
        past.close()
    newest = town.writer.manifest.snapshot
    assert recomputed == [number for number in was if number <= newest - 3]
    assert len(list((town.store / "marts").iterdir())) <= 2
    assert manifest.read(town.store, recomputed[0]).files == set(), "an old manifest is thin"
    again = Reader(town.store, town.writer.shapes, ())
    made = [int(path.name.split("-")[0]) for path in (town.store / FOLDER).iterdir()]
    assert sorted(made) == recomputed[-MOST:]  # the last few are kept for whoever asks next, in any process
    assert [number for number in recomputed if again.at_hand(number)] == sorted(made)
    past = again.past(made[0])
    assert past.recomputed and contents(past.connection, town.writer.shapes) == was[made[0]]
    again.close()
    for ask in (reader.past, reader.at_hand):
        with pytest.raises(NoSnapshot):
            ask(999)
    town.writer.close()


def test_a_page_may_be_pinned_to_what_opens_at_once_and_to_nothing_else(tmp_path, known):
    town = Town(tmp_path, known, keep=3)
    grow(town, 1)
    town.writer.compact()
    reader = Reader(town.store, town.writer.shapes, ())
    for _ in range(5):
        grow(town, 1)
    newest = town.writer.manifest.snapshot
    assert visits(reader.pinned(newest - 1)) == visits(reader.snapshot()) - 1
    assert reader.pinned(newest - 1) is reader.pinned(newest - 1)
    assert reader.pinned(newest) is reader.snapshot()
    assert [reader.pinned(number) for number in (1, 999)] == [None, None], "neither thinned nor never there"
    some = {name: shape for name, shape in town.writer.shapes.items() if name != "gauge"}
    with pytest.raises(NoSnapshot):
        Reader(town.store, some, ()).pinned(newest - 1)
    reader.close()
    town.writer.close()


def test_months_with_many_files_are_merged_and_the_past_is_still_answered(town, monkeypatch):
    grow(town, 5)
    monkeypatch.setattr("data.store.compaction.MOST_LAKE_FILES", 3)
    before, number = contents(town.writer.connection, town.writer.shapes), town.writer.manifest.snapshot
    town.writer.tidy()
    assert len(town.writer.manifest.lake["visit"]) == 1
    assert town.writer.tidy() is None
    town.writer.rebuild()
    assert contents(town.writer.connection, town.writer.shapes) == before
    again = Town(town.store.parent, town.catalogue, keep=1)
    past = Reader(town.store, again.writer.shapes, ()).past(number)
    assert past.recomputed
    assert contents(past.connection, again.writer.shapes) == before
    past.close()
    again.writer.close()


def test_sweeping_removes_only_what_nobody_names(town):
    grow(town, 3)
    town.put("visit_9.csv", "2026-01-05,moon,1", "2026-01-05,east,1")
    town.tick()
    stray = [town.store / "lake" / "visit" / "stray.parquet", town.store / "quarantine" / "0000000099.parquet"]
    for path in stray:
        path.write_bytes(b"half")
    removed = retention.sweep(town.store, town.writer.manifest, 20)
    assert {town.store / name for name in removed} == set(stray)
    assert retention.sweep(town.store, town.writer.manifest, 20) == []


def test_changed_definitions_build_the_mart_anew(town, tmp_path):
    grow(town, 2)
    town.writer.close()
    kpis = {name: kpi for name, kpi in town.catalogue.kpis.items() if name != "town.dl_01"}
    other = Town(tmp_path, replace(town.catalogue, kpis=kpis))
    assert other.rows(VISITS) == [(2,)]
    assert len(other.rows("DESCRIBE rollup_visit")) == 3
    other.writer.close()


def test_closing_waits_for_the_question_under_way(town):
    grow(town, 1)
    reader = Reader(town.store, town.writer.shapes, ())
    cursor = reader.snapshot().cursor()
    begun, ended = threading.Event(), []

    def ask() -> None:
        begun.set()
        with pytest.raises(duckdb.InterruptException):
            cursor.execute("SELECT count(*) FROM range(1000000000000) WHERE range % 7 = 3").fetchall()
        ended.append(True)

    def interrupt() -> None:
        while asking.is_alive():
            asking.join(0.2)
            with suppress(duckdb.ConnectionException):  # it ended and was closed just now
                cursor.interrupt()

    asking = threading.Thread(target=ask)
    asking.start()
    begun.wait()
    asking.join(0.2)
    threading.Thread(target=interrupt).start()
    reader.close()
    asking.join()
    assert ended
