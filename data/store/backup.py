"""Backups of a store, taken while it is written and read: one snapshot with every file it stands on.

What a manifest names never changes, so it can be copied at any time; if the writer clears a file away meanwhile, a
newer snapshot is copied instead. The list of files with their digests is written last: a backup without it is none.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from data.store import durable, ledger, manifest
from data.store.lease import Lease
from data.store.manifest import Manifest

FORMAT = 1
LIST, STORE, REPORTS = "backup.json", "store", "reports"
TRIES = 5
BESIDE = ("alerts/since",)  # what is told of a store that no snapshot holds


class BackupError(Exception):
    """A backup that cannot be made or used; the message has the remedy."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds: ``files`` is path -> SHA-256, of everything beside the list itself."""

    format: int
    snapshot: int
    created_at: str
    files: dict[str, str]


def take(store: Path, target: Path, created_at: str) -> Backup:
    """Copy the newest snapshot of ``store`` into the empty folder ``target``; `seal` makes it a backup."""
    for _ in range(TRIES):
        held = manifest.current(store)
        if held is None:
            raise BackupError(f"no snapshot in {store} yet; run 'lantern sync'")
        try:
            _copy(store, target / STORE, held)
            return Backup(FORMAT, held.snapshot, created_at, {})
        except FileNotFoundError:
            shutil.rmtree(target / STORE, ignore_errors=True)
    raise BackupError(f"{store} changes faster than it can be copied; try again when less is being loaded")


def seal(target: Path, backup: Backup) -> Backup:
    """Write the list of what lies in ``target``: from now on it is a backup."""
    paths = sorted(path for path in target.rglob("*") if path.is_file() and path.name != LIST)
    durable.sync(paths)
    sealed = Backup(backup.format, backup.snapshot, backup.created_at, {_name(target, p): digest(p) for p in paths})
    durable.write(target / LIST, json.dumps(asdict(sealed), indent=1).encode())
    return sealed


def verified(folder: Path) -> Backup:
    """The backup in ``folder`` once every file of it is found as it was written; BackupError if one is not."""
    try:
        raw = json.loads((folder / LIST).read_bytes())
    except FileNotFoundError as error:
        raise BackupError(f"{folder} holds no finished backup: {LIST} is missing; take another") from error
    except ValueError as error:
        raise BackupError(f"{folder / LIST} cannot be read; take another backup") from error
    if raw.get("format") != FORMAT:
        made = f"{folder} was made by another version of Lantern (format {raw.get('format')})"
        raise BackupError(f"{made}; restore it there")
    backup = Backup(**raw)
    for name, wanted in backup.files.items():
        path = folder / name
        if not path.is_file() or digest(path) != wanted:
            raise BackupError(f"{path} is not as it was written; use another backup")
    return backup


def restore(folder: Path, store: Path, replaced: bool) -> Path | None:
    """Put the store of a verified backup in place in one step; where the one before lies now, if there was one.

    BackupError where a store is and it may not be ``replaced``.
    """
    if manifest.current_number(store) is not None and not replaced:
        raise BackupError(f"{store} holds a store already; say --replace to put it aside")
    store.parent.mkdir(parents=True, exist_ok=True)
    fresh = store.with_name(f".{store.name}.restoring")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(folder / STORE, fresh)
    durable.sync(path for path in fresh.rglob("*") if path.is_file())
    with Lease(store):
        before = _aside(store)
        os.replace(store, before)
        os.replace(fresh, store)
    if manifest.current_number(before) is None:
        shutil.rmtree(before)
        return None
    return before


def archived(archive: Path) -> list[Path]:
    """Every file of an archive of issued reports; what is only being made lies in folders of its own."""
    found = archive.glob("*") if archive.is_dir() else ()
    return sorted(path for path in found if path.is_file() and not path.name.startswith("."))


def keep(archive: Path, target: Path) -> None:
    """Copy issued reports, which never change, into a backup."""
    (target / REPORTS).mkdir()
    for path in archived(archive):
        shutil.copyfile(path, target / REPORTS / path.name)


def give_back(folder: Path, archive: Path) -> Path | None:
    """Put the issued reports of a verified backup in place; where those before lie now, if there were any.

    A backup of a version that kept none leaves those there are.
    """
    if not (folder / REPORTS).is_dir():
        return None
    archive.parent.mkdir(parents=True, exist_ok=True)
    fresh = archive.with_name(f".{archive.name}.restoring")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(folder / REPORTS, fresh)
    durable.sync(path for path in fresh.rglob("*") if path.is_file())
    before = _aside(archive) if archive.exists() else None
    if before is not None:
        os.replace(archive, before)
    os.replace(fresh, archive)
    if before is not None and not archived(before):
        shutil.rmtree(before)
        return None
    return before


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copy(store: Path, target: Path, held: Manifest) -> None:
    names = set(held.files)
    names |= {load.quarantine for load in ledger.read(store, held.ledger) if load.quarantine}
    names |= {name for name in BESIDE if (store / name).is_file()}
    for name in sorted(names):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(store / name, target / name)
    manifest.write(target, held)
    manifest.point(target, held.snapshot)


def _aside(store: Path) -> Path:
    number = 1
    while (aside := store.with_name(f"{store.name}.before-{number}")).exists():
        number += 1
    return aside


def _name(target: Path, path: Path) -> str:
    return path.relative_to(target).as_posix()
