"""Manifests, the ledger, the lease and durable writing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from data.store import durable, ledger, manifest
from data.store.lease import Lease, LeaseHeld
from data.store.ledger import Load
from data.store.manifest import Delta, LakeFile, Manifest, Replaced, SourceCount

ROOT = Path(__file__).parents[2]
FULL = Manifest(
    snapshot=7, parent=6, created_at="2026-11-24T19:42:00", digest="abc", mart="marts/mart-1.duckdb",
    deltas=(Delta(7, {"rollup_visit": "deltas/7.parquet"}),),
    lake={"visit": (LakeFile("lake/a.parquet", 3, "2026-01-05T00:00:00", "2026-01-07T00:00:00", 1, 2),)},
    ledger=("ledger/1.jsonl",), undone={1: 0, 2: 3},
    replaced=(Replaced(3, "gates", "visit", ("2026-01",)),), last_load=3,
    sources={"gates": SourceCount(3, 2, 1, 0, "2026-01-07T00:00:00", "2026-11-24T19:42:00", "Lỗi")},
    stamps={"visit": 7}, event_times={"visit": "2026-01-07T00:00:00"}, event_starts={"visit": "2026-01-05T00:00:00"},
)  # fmt: skip


def test_a_manifest_survives_its_text():
    assert manifest.decode(FULL.encode()) == FULL
    assert manifest.decode(Manifest().encode()) == Manifest()


def test_it_names_every_file_it_needs():
    assert FULL.files == {"marts/mart-1.duckdb", "deltas/7.parquet", "lake/a.parquet", "ledger/1.jsonl"}
    assert FULL.thinned().files == set()
    assert FULL.thinned().undone == FULL.undone


def test_what_is_written_is_current_only_once_pointed_to(tmp_path):
    assert manifest.current(tmp_path) is None
    manifest.write(tmp_path, FULL)
    assert manifest.current_number(tmp_path) is None
    manifest.point(tmp_path, 7)
    assert (manifest.current(tmp_path), manifest.known(tmp_path)) == (FULL, [7])


def test_a_mask_ranks_only_while_its_load_stands():
    assert [rule.load for rule in FULL.masks("visit")] == [3]
    assert Manifest(replaced=FULL.replaced, undone={3: 0}).masks("visit") == ()


def test_ledger_files_join_without_losing_a_line(tmp_path):
    loads = [
        Load(n, "gates", "visit", "Tệp.csv", 0, 9, "d", 2, 3, 2, 1, 0, "t", None, None, (1,), ("2026-01",))
        for n in (1, 2, 3)
    ]
    names = [ledger.write(tmp_path, n, [load]) for n, load in enumerate(loads, start=1)]
    assert list(ledger.read(tmp_path, [ledger.merged(tmp_path, 4, names)])) == loads


def test_a_write_is_whole_or_absent(tmp_path, monkeypatch):
    path = tmp_path / "deep" / "file"
    durable.write(path, b"old")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(durable.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        durable.write(path, b"new and longer")
    assert path.read_bytes() == b"old"


def test_a_second_writer_is_refused_by_name(tmp_path):
    code = (
        "import sys; from pathlib import Path; from data.store.lease import Lease; "
        "lease = Lease(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(LeaseHeld, match=f"process {holder.pid}"):
        Lease(tmp_path)
    holder.kill()
    holder.wait(timeout=10)
    for pipe in (holder.stdin, holder.stdout):
        pipe.close()
    with Lease(tmp_path):
        assert (tmp_path / "lease").read_text().isdigit()
