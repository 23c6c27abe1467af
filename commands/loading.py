"""``lantern sync`` and ``lantern clock``: what loads and publishes."""

from __future__ import annotations

import argparse
import signal
import threading

from commands.progress import Progress
from data.catalogue import Catalogue, load
from data.clock.clock import SystemClock
from data.clock.heart import RETRY, Heart
from data.clock.sync import Sync
from data.settings import Settings
from data.store.lease import Lease
from data.store.writer import Writer


def sync(settings: Settings, options: argparse.Namespace) -> int:
    """Load what is new, once, showing progress."""
    with Lease(settings.store):
        progress = Progress()
        loading = following(settings, load(settings.city), progress)
        loads = loading.tick()
        loading.writer.close()
    rows, aside = sum(item.loaded for item in loads), sum(item.quarantined for item in loads)
    progress.end(f"{len(loads)} deliveries, {rows:,} rows loaded, {aside:,} in quarantine")
    return 0


def clock(settings: Settings, options: argparse.Namespace) -> int:
    """Load and publish whatever comes, until stopped."""
    stopping = until_stopped()
    with Lease(settings.store):
        catalogue = load(settings.city)
        heart = Heart(settings.store, SystemClock(catalogue.city.timezone))
        loading = following(settings, catalogue, Progress(quiet=True, steps=heart.step))
        while not stopping.wait(RETRY if heart.error else settings.poll):
            heart.run(loading)
    return 0


def following(settings: Settings, catalogue: Catalogue, progress: Progress | None = None) -> Sync:
    """A sync of the city's sources into its store; the caller holds the lease."""
    clock_ = SystemClock(catalogue.city.timezone)
    settings.drop.mkdir(parents=True, exist_ok=True)
    observe = progress or Progress(quiet=True)
    writer = Writer(settings.store, catalogue, clock_, observe.step, settings.keep)
    return Sync(writer, settings.drop, clock_, observe.announce)


def until_stopped() -> threading.Event:
    """An event that is set when the process is asked to stop."""
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    return stopping
