"""Corrections: loads that touched the period of a report and do not count any more."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from data.calendar.period import Period
from data.kpis.history import loads
from data.reports.correction import Correction
from data.store.manifest import Manifest


def corrections(store: Path, held: Manifest, datasets: Collection[str], period: Period) -> tuple[Correction, ...]:
    """Those of ``datasets`` with rows in the period, oldest first."""
    found = []
    for load in loads(store, held) or ():
        by = held.undone.get(load.load)
        if by is None or load.dataset not in datasets or not load.event_start or not load.event_end:
            continue
        first, last = datetime.fromisoformat(load.event_start), datetime.fromisoformat(load.event_end)
        if first < period.end and last >= period.start:
            loaded = datetime.fromisoformat(load.loaded_at)
            found.append(Correction(load.source, first, last, load.loaded, loaded, bool(by)))
    return tuple(sorted(found, key=lambda one: one.loaded_at))
