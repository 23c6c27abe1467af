"""Whatever happens, the roll-ups are what the lake alone would give."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.store import compaction
from tests.effort import examples
from tests.store.town import Town, contents, rebuilt

DAYS = st.integers(1, 4).map(lambda day: f"2026-0{day}-05")
VISITS = st.tuples(
    DAYS, st.sampled_from(["east", "west", "Đông", "moon", ""]), st.sampled_from(["3", "40", "-1", "x", ""])
)
DOSSIERS = st.tuples(
    st.sampled_from("12345"), st.sampled_from(["N", "T", "", "?"]), DAYS, st.one_of(st.just(""), DAYS),
    st.sampled_from(["5", "2.5", ""]), st.sampled_from(["online", "desk", ""]),
)  # fmt: skip
GAUGES = st.tuples(
    st.sampled_from("ab"), st.sampled_from(["2026-01-05 08:00", "2026-01-05 08:10"]), st.sampled_from("1234")
)
ROWS = {"visit": VISITS, "dossier": DOSSIERS, "gauge": GAUGES, "book": VISITS, "month": VISITS, "register": DOSSIERS}


def _some(kind: str) -> st.SearchStrategy:
    return st.tuples(st.just(kind), st.lists(ROWS[kind].map(",".join), min_size=1, max_size=4), st.integers(1, 2))


STEPS = st.one_of(
    *(_some(kind) for kind in ROWS),
    st.tuples(st.sampled_from(["undo", "rewrite"]), st.just([]), st.integers(0, 30)),
    st.tuples(st.sampled_from(["compact", "tidy", "reopen"]), st.just([]), st.just(0)),
)


def _reopened(town: Town, folder: Path) -> Town:
    town.writer.close()
    return Town(folder, town.catalogue)


def _rewrite(town: Town, number: int) -> None:
    """Drop the first row of an appended file: its prefix changes, so all of it is loaded anew."""
    files = sorted(
        path for path in town.drop.glob("*_*.csv") if path.name.split("_")[0] in ("visit", "dossier", "gauge")
    )
    if files:
        path = files[number % len(files)]
        heading, *rows = path.read_text().splitlines()
        town.put(path.name, *(rows[1:] or rows), heading=heading)


def _undo(town: Town, number: int) -> None:
    standing = sorted(set(town.writer.loads) - set(town.writer.manifest.undone))
    if standing:
        town.writer.undo(standing[number % len(standing)])


def _do(town: Town, kind: str, rows: list[str], number: int) -> None:
    if kind == "undo":
        _undo(town, number)
    elif kind == "rewrite":
        _rewrite(town, number)
    elif kind in ("compact", "tidy"):
        getattr(town.writer, kind)()
    elif kind in ("visit", "dossier", "gauge"):
        town.append(f"{kind}_{number}.csv", *rows)
    else:
        town.put("book.csv" if kind == "book" else f"{kind}_{number}.csv", *rows)
    town.tick()


def check(town: Town, folder: Path) -> None:
    held = town.writer.manifest
    assert contents(town.writer.connection, town.writer.shapes) == rebuilt(folder, town.store, held, town.writer.shapes)
    for load in town.writer.loads.values():
        assert load.loaded + load.misformed + load.misruled == load.delivered
        assert load.loaded >= 0
    for dataset in town.writer.shapes:
        if not town.writer.shapes[dataset].keyed:
            (raw,) = town.rows(f"SELECT count(*) FROM ({town.writer._snapshot.rows_sql(dataset)})")[0]
            assert raw == town.rows(f"SELECT coalesce(sum(rows), 0) FROM rollup_{dataset}")[0][0]


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(compaction, "MOST_DELTAS", 3)
    monkeypatch.setattr(compaction, "MOST_LAKE_FILES", 2)


@settings(max_examples=examples(5), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(STEPS, min_size=2, max_size=9))
def test_roll_ups_equal_a_rebuild_after_anything(known, steps):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        town = Town(folder, known)
        for kind, rows, number in steps:
            town = _reopened(town, folder) if kind == "reopen" else town
            if kind != "reopen":
                _do(town, kind, rows, number)
            check(town, folder)
        town = _reopened(town, folder)
        check(town, folder)
        town.writer.close()


@settings(max_examples=examples(8), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.text(alphabet="0123456789-,.:;\"'xN T+Zđ\u0301\u00a0", max_size=40), min_size=1, max_size=8))
def test_of_any_garbage_what_is_loaded_and_set_aside_is_what_came(known, garbage):
    with tempfile.TemporaryDirectory() as name:
        town = Town(Path(name), known)
        town.put("dossier_1.csv", "1,N,2026-01-05,,5,online", *garbage)
        town.tick()
        for load in town.writer.loads.values():
            assert load.loaded + load.quarantined == load.delivered
            aside = f"SELECT count(*) FROM '{town.store / load.quarantine}'" if load.quarantine else "SELECT 0"
            assert town.rows(aside) == [(load.quarantined,)]
        town.writer.close()


def test_more_deltas_than_are_kept_are_merged(town, tmp_path, monkeypatch):
    monkeypatch.setattr(compaction, "MOST_DELTAS", 20)
    town.put("visit_0.csv", "2026-01-05,east,1")
    town.tick()
    most = 0
    for number in range(1, 24):
        town.append("visit_0.csv", f"2026-01-05 08:{number:02},east,{number}")
        town.append("gauge_1.csv", f"a,2026-01-05 08:00,{number}")
        town.tick()
        most = max(most, len(town.writer.manifest.deltas))
    assert most == 20
    assert len(town.writer.manifest.deltas) == 3
    assert town.rows("SELECT sum(rows) FROM rollup_visit") == [(24,)]
    check(town, tmp_path)
