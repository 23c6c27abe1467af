"""Retention: which files may go. A file stays while a kept snapshot names it.

Manifests are never removed, only thinned: a snapshot whose files are gone is answered from the
lake by load id, and says that it was recomputed.
"""

from __future__ import annotations

from pathlib import Path
from shutil import rmtree

from data.store import manifest as manifests
from data.store import past
from data.store.manifest import Manifest

FOLDERS = ("marts", "deltas", "ledger", "quarantine", "lake")


def kept(store: Path, current: Manifest, keep: int) -> list[Manifest]:
    """The newest ``keep`` snapshots up to the current one."""
    numbers = [number for number in manifests.known(store) if number <= current.snapshot][-keep:]
    older = [manifests.read(store, number) for number in numbers if number != current.snapshot]
    return [*older, current]


def prune(store: Path, current: Manifest, keep: int) -> None:
    """Remove what only the snapshot that is no longer kept names, and thin its manifest.

    A file is named by consecutive snapshots and never comes back, so one comparison is enough.
    """
    number = current.snapshot - keep
    if number <= 0:
        return
    gone = manifests.read(store, number)
    needed = manifests.read(store, number + 1).files
    manifests.write(store, gone.thinned())
    for name in gone.files - needed:
        (store / name).unlink(missing_ok=True)


def sweep(store: Path, current: Manifest, keep: int) -> list[str]:
    """Remove what a killed writer left: files and manifests no pointer ever reached.

    Returns the names removed. Only the holder of the lease may call this.
    """
    for number in manifests.known(store):
        if number > current.snapshot:
            (store / manifests.FOLDER / manifests.name_of(number)).unlink()
    for path in (store / manifests.FOLDER).glob(".*.tmp"):
        path.unlink()
    for path in (store / past.FOLDER).glob(".*"):
        rmtree(path, ignore_errors=True)
    needed = set().union(*(m.files for m in kept(store, current, keep)))
    removed = []
    for folder in FOLDERS:
        for path in sorted((store / folder).rglob("*")):
            name = path.relative_to(store).as_posix()
            if path.is_file() and name not in needed and not _acknowledged(name, current):
                path.unlink()
                removed.append(name)
    return removed


def _acknowledged(name: str, current: Manifest) -> bool:
    """Quarantine files of published loads are named by the ledger."""
    return name.startswith("quarantine/") and int(Path(name).stem) <= current.last_load
