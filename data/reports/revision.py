"""Revision: what came, or was taken back, of the period of an issued paper since it was issued."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from data.calendar.period import Period
from data.kpis.history import loads
from data.kpis.sight import Sight
from data.reports.period import PeriodError, parse
from data.reports.record import Record
from data.store import manifest
from data.store.ledger import Load
from data.store.manifest import Manifest


def revisions(sight: Sight, records: Sequence[Record]) -> dict[int, int]:
    """How many loads changed what each issued paper is made of, by its number; those of none are left out.

    The ledger alone is asked, which tells a list of papers at once; which figures are others by it tell `changes`.
    """
    held = sight.reader.snapshot().manifest
    known = loads(sight.reader.store, held) or ()
    found = {}
    for record in (one for one in records if one.standing == "issued"):
        try:
            span, past = _span(sight, record), manifest.read(sight.reader.store, record.snapshot)
        except (KeyError, PeriodError, FileNotFoundError):
            continue  # of a report that is no more, or a snapshot there never was
        datasets = {name for code in sight.catalogue.reports[record.report].kpis
                    if (kpi := sight.catalogue.kpi(code)) for name in kpi.datasets}  # fmt: skip
        moved = [one for one in known if one.dataset in datasets and _touches(one, span) and _moved(one, past, held)]
        if moved:
            found[record.id] = len(moved)
    return found


def _moved(load: Load, past: Manifest, now: Manifest) -> bool:
    """Whether a load came or was taken back in between; one that another replaced is told by that other."""
    replaced = past.undone.get(load.load) or now.undone.get(load.load)
    return not replaced and _counted(load, past) != _counted(load, now)


def _counted(load: Load, held: Manifest) -> bool:
    return load.load <= held.last_load and load.load not in held.undone


def _span(sight: Sight, record: Record) -> Period:
    report = sight.catalogue.reports[record.report]
    return parse(record.period, report.kind, report.cut_off).span


def _touches(load: Load, span: Period) -> bool:
    if not load.event_start or not load.event_end:
        return False
    first, last = datetime.fromisoformat(load.event_start), datetime.fromisoformat(load.event_end)
    return first < span.end and last >= span.start
