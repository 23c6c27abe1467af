"""``lantern snapshots``: what was published and loaded, taking a load back and giving it back."""

from __future__ import annotations

import argparse
import threading

from commands.refusal import Refused
from data.catalogue import load
from data.clock import handed
from data.clock.clock import SystemClock
from data.settings import Settings
from data.store import jobs, ledger, manifest
from data.store.jobs import Job, Kind, Outcome
from data.store.lease import Lease, LeaseHeld
from data.store.manifest import Manifest
from data.store.reader import NoSnapshot
from data.store.writer import Writer

PATIENCE, LOOK = 120.0, 0.2


def snapshots(settings: Settings, options: argparse.Namespace) -> int:
    """List snapshots or loads, or take one load back, or give it back."""
    for kind in jobs.KINDS:
        if (number := getattr(options, kind)) is not None:
            return _act(settings, kind, number)
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


def _act(settings: Settings, kind: Kind, load_: int) -> int:
    """Do it here, or hand it to the process that holds the lease and wait for what becomes of it."""
    catalogue = load(settings.city)
    clock = SystemClock(catalogue.city.timezone)
    jobs.hand(settings.store, Job(kind, load_, clock.now().isoformat(), "command"))
    try:
        with Lease(settings.store):
            writer = Writer(settings.store, catalogue, clock, keep=settings.keep)
            handed.work(writer, clock)
            writer.close()
    except LeaseHeld:
        print(f"handed to the process that writes {settings.store}", flush=True)
    return _told(_outcome(settings, kind, load_))


def _outcome(settings: Settings, kind: Kind, load_: int) -> Outcome:
    """What became of the job; Refused when nobody has done it in time."""
    for _ in range(int(PATIENCE / LOOK)):
        if (kind, load_) not in {(job.kind, job.load) for job in jobs.waiting(settings.store)}:
            return next(item for item in jobs.outcomes(settings.store) if (item.kind, item.load) == (kind, load_))
        threading.Event().wait(LOOK)
    raise Refused(f"nobody has done it in {PATIENCE:g} seconds; it waits for 'lantern clock' or 'lantern run'")


def _told(outcome: Outcome) -> int:
    number = outcome.load
    if outcome.refused == "overtaken":
        raise Refused(f"load {number} cannot be given back: load {outcome.by}, which came later, holds the same data")
    if outcome.refused:
        state = "standing load" if outcome.kind == "undo" else "load taken back by hand"
        raise Refused(f"there is no {state} {number}; 'lantern snapshots --loads 50' lists them")
    done = "is taken back" if outcome.kind == "undo" else "counts again"
    print(f"load {number} {done}; snapshot {outcome.snapshot}")
    return 0
