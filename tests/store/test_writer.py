"""What the writer promises about deliveries, whatever happens to them."""

from __future__ import annotations

import errno
import os
from dataclasses import replace

import pytest

from data.store import durable
from data.store.manifest import current
from tests.store.town import Town, contents, rebuilt


def test_the_same_file_loads_once(town):
    town.put("visit_1.csv", "2026-01-05,east,5")
    assert town.tick() == [1]
    assert town.tick() == []
    town.append("visit_1.csv", "2026-01-06,west,6")
    assert town.tick() == [2]
    assert town.rows("SELECT count(*), sum(rows) FROM rollup_visit") == [(2, 2)]


def test_a_changed_beginning_loads_the_whole_file_again(town):
    town.put("visit_1.csv", "2026-01-05,east,5", "2026-01-06,east,6")
    town.tick()
    town.put("visit_1.csv", "2026-01-05,east,7", "2026-01-06,east,6", "2026-01-07,east,6")
    town.tick()
    assert town.writer.loads[2].supersedes == (1,)
    assert town.rows("SELECT sum(rows) FROM rollup_visit") == [(3,)]


def test_an_undone_file_stays_undone_until_it_changes(town):
    town.put("visit_1.csv", "2026-01-05,east,5")
    town.put("visit_2.csv", "2026-03-05,east,5")
    town.tick()
    assert town.writer.manifest.event_times["visit"] == "2026-03-05T00:00:00"
    town.writer.undo(2)
    assert town.writer.manifest.event_times["visit"] == "2026-01-05T00:00:00", "undo makes data older"
    assert town.writer.manifest.sources["gates"].loaded == 1
    assert town.tick() == []
    again = Town(town.store.parent, town.catalogue)
    assert again.tick() == []
    again.append("visit_2.csv", "2026-03-06,east,5")
    assert again.tick() == [3]
    again.writer.close()


def test_what_is_not_there_cannot_be_undone(town):
    town.put("visit_1.csv", "2026-01-05,east,5")
    town.tick()
    town.writer.undo(1)
    for load in (1, 7):
        with pytest.raises(KeyError):
            town.writer.undo(load)
    assert town.rows("SELECT sum(rows) FROM rollup_visit") == [(0,)]
    assert "visit" not in town.writer.manifest.event_times


def test_undo_brings_back_what_was_replaced(town):
    town.put("book.csv", "2026-01-05,east,5")
    town.tick()
    town.put("book.csv", "2026-02-05,east,9", "2026-02-06,east,9")
    town.tick()
    assert town.rows("SELECT sum(rows) FROM rollup_visit") == [(2,)]
    town.writer.undo(2)
    assert _days(town) == [("01-05", 1)]
    assert town.writer.manifest.event_times["visit"] == "2026-01-05T00:00:00"


def test_replacing_makes_data_older_too(town):
    town.put("book.csv", "2026-03-05,east,5")
    town.tick()
    town.put("book.csv", "2026-01-05,east,50")
    town.tick()
    assert town.writer.manifest.event_times["visit"] == "2026-01-05T00:00:00"
    assert town.writer.manifest.sources["book"].delivered == 1


def _days(town: Town) -> list[tuple]:
    """Days with visits, and how many rows."""
    sql = "SELECT strftime(bucket, '%m-%d'), sum(rows) FROM rollup_visit GROUP BY 1 HAVING sum(rows) > 0 ORDER BY 1"
    return town.rows(sql)


def test_a_period_replaces_its_months_and_no_others(town):
    town.put("month_1.csv", "2026-01-05,east,1", "2026-02-05,east,2", "2026-03-05,east,3")
    town.tick()
    town.put("month_2.csv", "2026-02-06,west,20")
    town.tick()
    assert _days(town) == [("01-05", 1), ("02-06", 1), ("03-05", 1)]
    town.writer.undo(2)
    assert _days(town) == [("01-05", 1), ("02-05", 1), ("03-05", 1)]


def test_a_key_that_a_period_no_longer_names_is_gone(town):
    town.put("register_1.csv", "1,N,2026-01-05,,5,desk", "2,N,2026-01-06,,5,desk", "3,N,2026-02-06,,5,desk")
    town.tick()
    town.put("register_2.csv", "1,N,2026-01-05,,6,desk")
    town.tick()
    assert town.rows("SELECT number, fee FROM current_dossier ORDER BY 1") == [("1", 6), ("3", 5)]


def test_the_last_of_two_readings_of_one_moment_counts(town, tmp_path):
    for level in ("5", "9", "2"):
        town.append("gauge_1.csv", f"a,2026-01-05 08:00,{level}")
        town.tick()
    values = contents(town.writer.connection, town.writer.shapes)["last_gauge"]
    assert len(values) == 1
    assert "Decimal('2.000000')" in values[0]
    assert values == rebuilt(tmp_path, town.store, town.writer.manifest, town.writer.shapes)["last_gauge"]


def test_a_file_that_cannot_be_read_does_not_stop_the_others(town):
    town.put("visit_1.csv", "2026-01-05,east,5")
    (town.drop / "visit_0.csv").write_bytes(b"at,gate,people\n2026-01-05,\xff\xfe\xff,5\n")
    town.put("dossier_1.csv", "1,N,2026-01-05,,5,desk")
    assert len(town.tick()) == 2
    assert "visit_0.csv" in town.writer.manifest.sources["gates"].error
    before = town.writer.manifest.snapshot
    assert town.tick() == []
    assert town.writer.manifest.snapshot == before, "a bad file is not tried again before it changes"
    town.put("visit_0.csv", "2026-01-05,west,5")
    assert town.tick() == [3]
    assert town.writer.manifest.sources["gates"].error is None


def test_a_link_out_of_the_drop_folder_is_the_error_of_its_source_alone(town, tmp_path):
    outside = tmp_path / "outside.csv"
    outside.write_text("at,gate,people\n2026-01-05,east,5\n")
    (town.drop / "visit_9.csv").symlink_to(outside)
    town.put("dossier_1.csv", "1,N,2026-01-05,,5,desk")
    assert town.tick() == [1]
    assert "visit_9.csv" in town.writer.manifest.sources["gates"].error
    (town.drop / "visit_9.csv").unlink()
    town.tick()
    assert town.writer.manifest.sources["gates"].error is None


def test_a_pattern_that_leaves_the_drop_folder_is_the_error_of_its_source_alone(tmp_path, known):
    bad = known.sources["gates"].model_copy(update={"path": "../visit.csv"})
    town = Town(tmp_path, replace(known, sources={**known.sources, "gates": bad}))
    town.put("dossier_1.csv", "1,N,2026-01-05,,5,desk")
    assert town.tick() == [1]
    assert "leaves the drop folder" in town.writer.manifest.sources["gates"].error
    town.writer.close()


@pytest.mark.parametrize(
    "step", ["load.checked", "lake.written", "delta.written", "manifest.written", "publish.pointed"]
)
def test_the_writer_goes_on_after_an_error_at_any_step(tmp_path, known, step):
    armed = []

    def full(reached: str) -> None:
        if armed and reached == step:
            armed.clear()
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    town = Town(tmp_path, known, full)
    town.put("visit_1.csv", "2026-01-05,east,5")
    town.tick()
    town.append("visit_1.csv", "2026-01-06,east,6")
    armed.append(True)
    with pytest.raises(OSError, match="No space"):
        town.tick()
    town.tick()
    assert town.rows("SELECT sum(rows) FROM rollup_visit") == [(2,)], "loaded once, neither lost nor doubled"
    assert town.writer.manifest == current(town.store)
    town.append("visit_1.csv", "2026-01-07,east,6")
    town.tick()
    assert town.rows("SELECT sum(rows) FROM rollup_visit") == [(3,)]
    town.writer.close()


def test_a_disk_full_at_any_sync_leaves_the_writer_usable(town, monkeypatch):
    town.put("visit_1.csv", "2026-01-05,east,5")
    town.tick()
    forced, left, failed = durable._fsync, [0], 0

    def full(path) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        forced(path)

    monkeypatch.setattr(durable, "_fsync", full)
    for nth in range(1, 10):
        town.append("visit_1.csv", f"2026-01-06 08:{nth:02},east,1")
        left[0] = nth
        try:
            town.tick()
        except OSError:
            failed += 1
        left[0] = 0
        town.tick()
        assert town.rows("SELECT sum(rows) FROM rollup_visit") == [(1 + nth,)]
    assert failed >= 6
    assert set(town.writer.manifest.files) <= {p.relative_to(town.store).as_posix() for p in town.store.rglob("*")}
