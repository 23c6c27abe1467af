"""Quarantine: the rows of a source that were set aside, with their reason, page by page."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence

import duckdb

from data.catalogue import Dataset, Text
from data.kpis.disclosure import guarded
from data.kpis.history import loads as all_loads
from data.kpis.inspection import whole
from data.kpis.record import Fault, FaultPage
from data.kpis.service import KpiService
from data.store.dialect import literal
from data.store.ledger import Load
from data.store.snapshot import Snapshot

LOG = logging.getLogger(__name__)


def faults(service: KpiService, source: str, offset: int, limit: int) -> FaultPage:
    """Quarantined rows ``offset``.. of the loads of a source that count.

    KeyError for a source the asker does not see whole.
    """
    snapshot = service.reader.snapshot()
    held = whole(service, source)
    loads = all_loads(service.reader.store, snapshot.manifest)
    if loads is None:
        return FaultPage((), 0, offset, readable=False)
    undone = snapshot.manifest.undone
    standing = [x for x in loads if x.source == source and x.load not in undone and x.quarantine]
    total = sum(load.quarantined for load in standing)
    touched, skipped = _touched(standing, offset, limit)
    dataset = service.catalogue.datasets[held.dataset]
    try:
        rows = _quarantine(snapshot, touched, skipped, limit)
    except duckdb.Error as error:
        LOG.error("quarantine of %s cannot be read: %s", source, error)
        return FaultPage((), total, offset, readable=False)
    paths = {load.load: load.path for load in touched}
    masked = guarded(dataset) and not service.scope.small
    return FaultPage(tuple(_fault(dataset, masked, paths, *row) for row in rows), total, offset)


def _touched(loads: Sequence[Load], offset: int, limit: int) -> tuple[list[Load], int]:
    """The loads a page of faults comes from, and how many faults of the first are on earlier pages."""
    touched: list[Load] = []
    before, skipped = 0, 0
    for load in loads:
        after = before + load.quarantined
        if after > offset and before < offset + limit:
            skipped = skipped if touched else offset - before
            touched.append(load)
        before = after
    return touched, skipped


def _quarantine(snapshot: Snapshot, loads: Iterable[Load], skipped: int, limit: int) -> list[tuple]:
    files = ", ".join(literal(snapshot.store / str(load.quarantine)) for load in loads)
    if not files:
        return []
    return snapshot.cursor().execute(
        f"SELECT _load, _line, name, value, reason FROM read_parquet([{files}]) "
        f"ORDER BY _load DESC, _line LIMIT {int(limit)} OFFSET {int(skipped)}"
    ).fetchall()  # fmt: skip


def _fault(
    dataset: Dataset, masked: bool, paths: dict[int, str],
    load: int, line: int, name: str, value: str | None, reason: str,
) -> Fault:  # fmt: skip
    column = dataset.columns.get(name)
    label = (column.name if column else None) or Text(vi=name, en=name)
    personal = masked or bool(column and column.personal)
    return Fault(load, paths[load], line, label, None if personal else value, reason, personal)
