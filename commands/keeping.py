"""``lantern backup`` and ``lantern restore``: store, state and issued reports, while everything runs."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import sqlalchemy as sa

from commands.admitting import desk
from commands.refusal import Refused
from data.catalogue import load
from data.clock.clock import SystemClock
from data.settings import Settings
from data.state import State
from data.store import backup
from data.store.backup import BackupError

STATE = "state.db"


def backup_city(settings: Settings, options: argparse.Namespace) -> int:
    """Copy the newest snapshot, the state and what was issued into a folder that is not there yet."""
    target: Path = options.folder
    if target.exists():
        raise Refused(f"{target} is there already; name a folder that is not")
    clock = SystemClock(load(settings.city).city.timezone)
    target.mkdir(parents=True)
    try:
        taken = backup.take(settings.store, target, clock.now().isoformat(timespec="seconds"))
        with desk(settings) as at:
            at.note("backup", target.name, snapshot=taken.snapshot)
            at.accounts.state.copy(target / STATE)
        backup.keep(settings.archive, target)  # after the state: what it says was issued is there
        sealed = backup.seal(target, taken)
    except BackupError as error:
        shutil.rmtree(target)
        raise Refused(str(error)) from error
    size = sum((target / name).stat().st_size for name in sealed.files) / 1e6
    print(f"{target}: snapshot {sealed.snapshot}, {len(sealed.files)} files, {size:,.1f} MB. Keep a copy elsewhere.")
    return 0


def restore_city(settings: Settings, options: argparse.Namespace) -> int:
    """Check a backup whole, then put store, state and issued reports in their places."""
    folder: Path = options.folder
    try:
        held = backup.verified(folder)
        state = _state_file(settings)
        if state.exists() and not options.replace:
            raise BackupError(f"{state} holds a state already; say --replace to put it aside")
        if backup.archived(settings.archive) and not options.replace:
            raise BackupError(f"{settings.archive} holds issued reports already; say --replace to put it aside")
        _readable(folder / STATE)
        before = backup.restore(folder, settings.store, options.replace)
    except BackupError as error:
        raise Refused(str(error)) from error
    aside, reports = State.put(folder / STATE, state), backup.give_back(folder, settings.archive)
    with desk(settings) as at:
        at.note("restore", folder.name, snapshot=held.snapshot)
    kept = [str(path) for path in (before, aside, reports) if path is not None]
    print(f"snapshot {held.snapshot} of {held.created_at} is in place.")
    if kept:
        print(f"What was there lies in {' and '.join(kept)}; remove it when nothing is missed.")
    return 0


def _state_file(settings: Settings) -> Path:
    address = sa.make_url(settings.state)
    if address.get_backend_name() != "sqlite" or not address.database:
        raise Refused("the state is not in a SQLite file: restore it with the tools of its database")
    return Path(address.database)


def _readable(path: Path) -> None:
    """StateError for a state of a newer version; looked at in a copy, which migrating does not hurt."""
    trial = path.with_name(f".{path.name}.trial")
    try:
        shutil.copyfile(path, trial)
        State.open(f"sqlite:///{trial}").close()
    finally:
        for left in trial.parent.glob(f"{trial.name}*"):
            left.unlink()
