"""``lantern snapshots``: what was published and loaded, and taking a load back."""

from __future__ import annotations

import argparse

from commands.refusal import Refused
from data.catalogue import load
from data.clock.clock import SystemClock
from data.settings import Settings
from data.store import ledger, manifest
from data.store.lease import Lease
from data.store.manifest import Manifest
from data.store.reader import NoSnapshot
from data.store.writer import Writer


def snapshots(settings: Settings, options: argparse.Namespace) -> int:
    """List snapshots or loads, or undo one load."""
    if options.undo is not None:
        return _undo(settings, options.undo)
    held = manifest.current(settings.store)
    if held is None:
        raise NoSnapshot(f"no snapshot in {settings.store} yet; run 'lantern sync'")
    if options.loads:
        _list_loads(settings, held, options.loads)
        return 0
    for number in manifest.known(settings.store)[-30:]:
        item = manifest.read(settings.store, number)
        here = "  current" if number == held.snapshot else ""
        print(f"{number:8}  {item.created_at}  loads up to {item.last_load}, {len(item.deltas)} deltas{here}")
    return 0


def _list_loads(settings: Settings, held: Manifest, count: int) -> None:
    for item in list(ledger.read(settings.store, held.ledger))[-count:]:
        rows = f"{item.loaded:8} rows {item.quarantined:5} aside"
        state = "" if item.load not in held.undone else f"  undone by {held.undone[item.load] or 'hand'}"
        print(f"{item.load:8}  {item.loaded_at}  {item.source:20} {rows}  {item.path}{state}")


def _undo(settings: Settings, load_: int) -> int:
    catalogue = load(settings.city)
    with Lease(settings.store):
        writer = Writer(settings.store, catalogue, SystemClock(catalogue.city.timezone), keep=settings.keep)
        try:
            after = writer.undo(load_)
        except KeyError as error:
            raise Refused(f"there is no standing load {load_}; 'lantern snapshots --loads 50' lists them") from error
    print(f"load {load_} is taken back; snapshot {after.snapshot}")
    return 0
