"""The past: a snapshot as it was, even when its mart has long gone.

Old manifests are kept. If their files still are, they are opened; if not, the same rows are
taken from the lake by load id and rolled up again, and the answer says so. That takes a while: the
last few marts made so are kept, for whoever asks next in whichever process.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from data.areas.vintage import Restatement
from data.store import manifest, mart
from data.store.atom import Shape, digest
from data.store.manifest import Manifest
from data.store.snapshot import Snapshot

FOLDER = "past"  # within the store
MOST = 4


def open_snapshot(
    store: Path, number: int, shapes: Mapping[str, Shape], restatements: Sequence[Restatement] = ()
) -> Snapshot:
    """Snapshot ``number``; FileNotFoundError if there never was one."""
    past, now = manifest.read(store, number), manifest.current(store)
    if now is None or _whole(store, past, shapes):
        return Snapshot(store, past, shapes, restatements)
    rows, path = replace(past, lake=now.lake, deltas=(), mart=None), _again(store, number, shapes)
    if not path.is_file():
        _make(path, store, rows, shapes)
    snapshot = Snapshot(store, replace(rows, mart=path.relative_to(store).as_posix()), shapes, restatements)
    snapshot.recomputed = True
    return snapshot


def at_hand(store: Path, number: int, shapes: Mapping[str, Shape]) -> bool:
    """Whether snapshot ``number`` opens at once; FileNotFoundError if there never was one."""
    return _whole(store, manifest.read(store, number), shapes) or _again(store, number, shapes).is_file()


def _whole(store: Path, past: Manifest, shapes: Mapping[str, Shape]) -> bool:
    """Whether its files are there and were made for these definitions."""
    there = past.mart and all((store / name).is_file() for name in past.files)
    return bool(there) and past.digest == digest(shapes.values())


def _again(store: Path, number: int, shapes: Mapping[str, Shape]) -> Path:
    return store / FOLDER / f"{number:010d}-{digest(shapes.values())}.duckdb"


def _make(path: Path, store: Path, rows: Manifest, shapes: Mapping[str, Shape]) -> None:
    """Roll up again what a snapshot held; there whole or not at all. What is open stays readable."""
    path.parent.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix=".", dir=path.parent) as folder:
        made = Path(folder) / path.name
        mart.build(made, store, rows, shapes)
        made.replace(path)
    for old in sorted(path.parent.glob("*.duckdb"), key=lambda one: one.stat().st_mtime)[:-MOST]:
        old.unlink(missing_ok=True)
