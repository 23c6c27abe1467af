"""History: the loads of the ledger, whether they count, and what was asked to be done with them."""

from __future__ import annotations

import logging
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from data.kpis.record import Act, LoadRecord, Standing
from data.store import jobs, ledger
from data.store.ledger import Load
from data.store.manifest import Manifest

LOG = logging.getLogger(__name__)


def loads(store: Path, held: Manifest) -> list[Load] | None:
    """Every load of the ledger, newest first; None when a file of it cannot be read."""
    try:
        found = [load for name in held.ledger for load in _file(store, name)]
    except (OSError, ValueError) as error:
        LOG.error("the ledger cannot be read: %s", error)
        return None
    return sorted(found, key=lambda load: load.load, reverse=True)


def load_of(store: Path, held: Manifest, number: int) -> Load | None:
    """The load of a number; None when there is none, or the ledger cannot be read."""
    return next((load for load in loads(store, held) or () if load.load == number), None)


@lru_cache(maxsize=2048)
def _file(store: Path, name: str) -> tuple[Load, ...]:
    """A ledger file never changes once a manifest names it."""
    return tuple(ledger.read(store, [name]))


def line(load: Load, held: Manifest, act: Act | None) -> LoadRecord:
    return LoadRecord(
        load.load, load.path, datetime.fromisoformat(load.loaded_at),
        load.delivered, load.loaded, load.quarantined, standing_of(load, held), held.undone.get(load.load) or None, act,
    )  # fmt: skip


def standing_of(load: Load, held: Manifest) -> Standing:
    by = held.undone.get(load.load)
    return Standing.COUNTS if by is None else Standing.REPLACED if by else Standing.UNDONE


def acts(store: Path) -> dict[int, Act]:
    """The last act asked for each load; one that still waits is the last."""
    moment = datetime.fromisoformat
    found: dict[int, Act] = {}
    for item in reversed(jobs.outcomes(store)):
        at, done = moment(item.asked_at), moment(item.done_at)
        found[item.load] = Act(item.kind, at, item.asked_by, done, item.refused, item.by)
    for job in jobs.waiting(store):
        found[job.load] = Act(job.kind, moment(job.asked_at), job.asked_by)
    return found
