"""``lantern purge``: simulated data leaves the store for good, before a demonstration becomes a city."""

from __future__ import annotations

import argparse
import sys

from commands.refusal import Refused
from data.catalogue import load
from data.clock.clock import SystemClock
from data.settings import Settings
from data.store.lease import Lease
from data.store.writer import Writer

SURE = "purge"


def purge(settings: Settings, options: argparse.Namespace) -> int:
    """Say what would go, ask, and remove it."""
    if not options.simulated:
        raise Refused("say what is to be purged: lantern purge --simulated")
    catalogue = load(settings.city)
    names = [source.id for source in catalogue.sources.values() if source.authority == "simulated"]
    with Lease(settings.store):
        writer = Writer(settings.store, catalogue, SystemClock(catalogue.city.timezone), keep=settings.keep)
        try:
            return _purged(writer, names, options.yes)
        finally:
            writer.close()


def _purged(writer: Writer, names: list[str], sure: bool) -> int:
    loads = [item for item in writer.loads.values() if item.source in names]
    rows = sum(item.loaded + item.quarantined for item in loads)
    if not loads:
        print(f"nothing to purge: {writer.store} holds no load of a simulated source")
        return 0
    for name in names:
        mine = [item for item in loads if item.source == name]
        print(f"{name:24} {len(mine):6} loads {sum(item.loaded + item.quarantined for item in mine):12,} rows")
    print(f"{len(loads)} loads, {rows:,} rows and every snapshot that showed them leave {writer.store} for good.")
    if not sure and _answer() != SURE:
        raise Refused("nothing was purged")
    after = writer.purge(names)
    print(f"{len(after)} loads purged; snapshot {writer.manifest.snapshot}. Files in the drop folder were left alone.")
    return 0


def _answer() -> str:
    if not sys.stdin.isatty():
        raise Refused("nobody is there to be asked; nothing was purged (--yes purges without asking)")
    return input(f"Write '{SURE}' to go on: ").strip()
