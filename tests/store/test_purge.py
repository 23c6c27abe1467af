"""A purge leaves no row of a source behind, in no file and no snapshot, and keeps every row of the others."""

from __future__ import annotations

import duckdb
import pytest

from data.store import manifest, past
from tests.store.town import Town, contents, lake_counts, rebuilt


@pytest.fixture
def filled(town: Town) -> Town:
    """Two sources of one dataset with loads between one another, rows in quarantine, another dataset."""
    town.put("visit_1.csv", "2026-01-05,east,5", "2026-01-06,nowhere,5")
    town.put("month_1.csv", "2026-01-07,west,7")
    town.put("dossier_1.csv", "1,N,2026-01-05,,5,desk")
    town.tick()
    town.append("visit_1.csv", "2026-02-05,east,6")
    town.tick()
    return town


def test_rows_of_the_source_are_gone_and_those_of_others_stay(filled: Town, tmp_path) -> None:
    gone = filled.writer.purge(["gates"])
    assert {load.source for load in gone} == {"gates"} and len(gone) == 2
    assert filled.rows("SELECT sum(rows) FROM rollup_visit") == [(1,)]
    assert filled.rows("SELECT number FROM current_dossier") == [("1",)]
    left = lake_counts(filled.writer.connection, filled.store, filled.writer.manifest)
    assert set(left) == {load for load, item in filled.writer.loads.items() if item.source != "gates"}
    assert contents(filled.writer.connection, filled.writer.shapes) == rebuilt(
        tmp_path, filled.store, filled.writer.manifest, filled.writer.shapes
    )


def test_no_file_of_the_store_holds_them(filled: Town) -> None:
    first = manifest.read(filled.store, 1)
    manifest.write(filled.store, first.thinned())
    past.open_snapshot(filled.store, 1, filled.writer.shapes).close()
    assert list((filled.store / past.FOLDER).iterdir())
    filled.writer.purge(["gates"])
    assert not (filled.store / past.FOLDER).exists()
    for path in filled.store.rglob("*.parquet"):
        columns = {name for name, *_ in duckdb.sql(f"DESCRIBE SELECT * FROM '{path}'").fetchall()}
        if "_load" in columns:
            loads = {load for (load,) in duckdb.sql(f"SELECT DISTINCT _load FROM '{path}'").fetchall()}
            assert {filled.writer.loads[load].source for load in loads} & {"gates"} == set(), path
    named = filled.writer.manifest.files
    kept = {
        p.relative_to(filled.store).as_posix()
        for f in ("marts", "deltas", "lake")
        for p in (filled.store / f).rglob("*.*")
    }
    assert kept == {name for name in named if not name.startswith("ledger/")}
    assert all(
        not manifest.read(filled.store, number).lake
        for number in manifest.known(filled.store)
        if number < filled.writer.manifest.snapshot
    )


def test_what_is_purged_is_not_loaded_again_and_the_rest_goes_on(filled: Town) -> None:
    filled.writer.purge(["gates"])
    assert filled.tick() == []
    filled.writer.close()
    again = Town(filled.store.parent, filled.catalogue)
    assert again.tick() == []
    again.append("visit_1.csv", "2026-03-05,east,6")
    assert len(again.tick()) == 1
    assert again.rows("SELECT sum(rows) FROM rollup_visit") == [(2,)]
    assert again.writer.manifest.sources["gates"].loaded == 1
    again.writer.close()


def test_purging_nothing_publishes_nothing(filled: Town) -> None:
    before = filled.writer.manifest.snapshot
    assert filled.writer.purge(["book", "nowhere"]) == []
    assert filled.writer.manifest.snapshot == before
