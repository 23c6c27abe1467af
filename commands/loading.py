"""``lantern sync`` and ``lantern clock``: what loads and publishes."""

from __future__ import annotations

import argparse
import logging
import signal
import threading
from collections.abc import Sequence
from datetime import datetime

from commands import pressing
from commands.progress import Progress
from data.alerts.events import Events
from data.alerts.vigil import Vigil
from data.audit import Audit
from data.catalogue import Catalogue, load
from data.clock.clock import SystemClock
from data.clock.heart import RETRY, Heart
from data.clock.sync import Sync
from data.exercises.prompter import Prompter
from data.kpis.service import open_service
from data.reports.foreman import Foreman
from data.reports.orders import Orders
from data.reports.papers import Papers
from data.reports.timetable import Timetable
from data.settings import Settings, demonstrates
from data.state import State, StateError
from data.store.lease import Lease
from data.store.ledger import Load
from data.store.writer import Writer

LOG = logging.getLogger(__name__)


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
        state = State.open(settings.state)
        trail = None if demonstrates(settings, catalogue) else Audit(state)
        vigil = Vigil(open_service(catalogue, settings.store, heart.clock, threads=1), state)
        prompter = Prompter(catalogue, settings.store, state, heart.clock, trail)
        timetable = Timetable(catalogue, Orders(state), Events(state), Papers(state, settings.archive))
        foreman = Foreman(timetable, settings.archive, heart.clock, pressing.start)
        vigil.start()
        prompter.start()
        foreman.start()
        while not stopping.wait(RETRY if heart.error else settings.poll):
            loads = heart.run(loading)
            if loads:
                vigil.wake()
            if loads and trail is not None:
                noted(trail, loads, heart.clock.now())
        foreman.stop()
        prompter.stop()
        vigil.stop()
    return 0


def noted(trail: Audit, loads: Sequence[Load], now: datetime) -> None:
    """Write what was loaded into the audit trail; data that came are not held up by a state that is not there."""
    sources = ", ".join(sorted({item.source for item in loads}))
    rows, aside = sum(item.loaded for item in loads), sum(item.quarantined for item in loads)
    try:
        trail.add(now, "clock", "console", "load", sources, loads=[item.load for item in loads], rows=rows, aside=aside)
    except StateError as error:
        LOG.error("the audit trail does not say that %s came: %s", sources, error)


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
