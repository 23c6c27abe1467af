"""A loading process dies at every named step, on a full disk, and beside readers."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest

from data.store import manifest
from data.store.step import STEPS
from tests.store.storm import ROOT, Storm
from tests.store.worker import FULL

WATCHER = """
import sys, time
from pathlib import Path
from data.catalogue import load
from data.store import ledger
from data.store.atom import shapes
from data.store.reader import Reader
from data.areas.vintage import restatements
folder, store = Path(sys.argv[1]), Path(sys.argv[2])
known = load(folder)
reader = Reader(store, shapes(known), restatements(known.areas, known.city.since))
print("ready", flush=True)
seen = 0
while not (store.parent / "over").exists():
    if reader.refresh():
        snapshot = reader.snapshot()
        held = snapshot.manifest
        loads = [x for x in ledger.read(store, held.ledger) if x.load not in held.undone and x.dataset == "visit"]
        rows = snapshot.connection.execute("SELECT coalesce(sum(rows), 0) FROM rollup_visit").fetchone()[0]
        assert rows == sum(x.loaded for x in loads), (held.snapshot, rows, loads)
        seen += 1
    time.sleep(0.01)
print(seen, flush=True)
"""


@pytest.fixture(scope="module")
def rising(tmp_path_factory: pytest.TempPathFactory):
    seed = random.randrange(10**6)
    made = Storm(tmp_path_factory.mktemp("storm"), seed)
    yield made
    made.close()


@pytest.fixture
def storm(rising: Storm) -> Storm:
    """The storm over a new city; its seed is printed when a test fails."""
    print(f"seed {rising.seed}")
    rising.new_city()
    return rising


def test_killed_at_every_step_nothing_is_lost_or_half_there(storm):
    storm.rage(2 * len(STEPS))
    assert set(storm.kills) == set(STEPS)
    assert min(storm.kills.values()) >= 2


def test_readers_see_whole_loads_only_while_the_writer_dies(storm):
    order = [sys.executable, "-c", WATCHER, str(storm.folder / "pack"), str(storm.store)]
    with subprocess.Popen(order, cwd=ROOT, stdout=subprocess.PIPE, text=True) as watcher:
        assert watcher.stdout.readline() == "ready\n"
        for step in ("load.checked", "lake.written", "delta.written", "manifest.written", "publish.pointed"):
            storm.live(step=step, nth=2)
            storm.examine()
        assert storm.live() == 0
        (storm.city / "over").touch()
        assert int(watcher.stdout.readline()) >= 3
        assert watcher.wait(timeout=20) == 0
    assert storm.state() == storm.wanted


def test_files_that_cannot_grow_cost_nothing_acknowledged(storm):
    for limit in (1, 700, 9_000, 300_000):
        assert storm.live(limit=limit) in (0, FULL)
        storm.examine()
    storm.complete()


def test_a_disk_full_at_any_write_is_survived(storm):
    failed = 0
    for nth in (1, 2, 3, 5, 8, 13, 21, 34, 55, 89):
        failed += storm.live(sync=nth) == FULL
        storm.examine()
    assert failed >= 6
    storm.complete()


def test_torn_files_nobody_names_are_swept_away(storm):
    storm.live(step="publish.started", nth=5)
    held = storm.examine()
    torn = storm.store / manifest.FOLDER / manifest.name_of(held.snapshot + 1)
    assert torn.is_file()
    torn.write_bytes(torn.read_bytes()[:40])
    newest = [p for p in storm.store.rglob("*") if p.is_file() and p.parent.name in ("deltas", "ledger", "marts")]
    for path in newest:
        if path.relative_to(storm.store).as_posix() not in held.files:
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    (storm.store / ".CURRENT.tmp").write_text("00000")
    (storm.store / manifest.FOLDER / ".0000000099.json.tmp").write_text("{")
    storm.complete()
