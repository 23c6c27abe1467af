"""The past: a snapshot as it was, even when its mart has long gone.

Old manifests are kept. If their files still are, they are opened; if not, the same rows are
taken from the lake by load id and rolled up again, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from data.areas.vintage import Restatement
from data.store import manifest, mart
from data.store.atom import Shape
from data.store.manifest import Manifest
from data.store.snapshot import Snapshot


def open_snapshot(
    store: Path, number: int, shapes: Mapping[str, Shape], restatements: Sequence[Restatement] = ()
) -> Snapshot:
    """Snapshot ``number``; FileNotFoundError if there never was one."""
    past, now = manifest.read(store, number), manifest.current(store)
    if now is None or (past.mart and all((store / name).is_file() for name in past.files)):
        return Snapshot(store, past, shapes, restatements)
    return _recomputed(store, past, now, shapes, restatements)


def _recomputed(
    store: Path, past: Manifest, now: Manifest, shapes: Mapping[str, Shape], restatements: Sequence[Restatement]
) -> Snapshot:
    folder = Path(mkdtemp(prefix="lantern-past-"))
    rows = replace(past, lake=now.lake, deltas=(), mart=None)
    mart.build(folder / "mart.duckdb", store, rows, shapes)
    snapshot = Snapshot(store, replace(rows, mart=str(folder / "mart.duckdb")), shapes, restatements)
    rmtree(folder)  # what is open stays readable
    snapshot.recomputed = True
    return snapshot
