"""Inspection: how each source of a city stands, load by load; see `history` and `quarantine`.

A source whose ledger or quarantine cannot be read says so and leaves the others alone.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import duckdb

from data.calendar.period import Grain
from data.catalogue import Board, Catalogue, Dataset, Kpi, Source
from data.kpis import history, quality, status
from data.kpis.quality import source_states
from data.kpis.record import Act, SourceRecord, Standing
from data.kpis.result import Quality, SourceState, Stamp
from data.kpis.service import KpiService
from data.store.ledger import Load
from data.store.manifest import SourceCount
from data.store.rollup import rollup_table
from data.store.snapshot import Snapshot

LOG = logging.getLogger(__name__)
LOOKED_BACK = timedelta(days=7)
LEAST_BUCKETS = 3
Came = tuple[float, float, tuple[datetime, datetime]]


def records(service: KpiService, most_loads: int) -> tuple[SourceRecord, ...]:
    """Every source of the city in the order of its pack, with its newest ``most_loads`` loads."""
    snapshot, now = service.reader.snapshot(), service.clock.now()
    catalogue, manifest = service.catalogue, snapshot.manifest
    states = {s.source.id: s for s in source_states(catalogue, manifest, catalogue.datasets, now)}
    loads, acts = history.loads(service.reader.store, manifest), history.acts(service.reader.store)
    return tuple(
        _record(service, snapshot, states[name], loads, acts, now, most_loads)
        for name, source in catalogue.sources.items()
        if name in states and not service.scope.parts(source.dataset)
    )


def record(service: KpiService, source: str, most_loads: int) -> SourceRecord:
    """One source; KeyError if the city has none of that name, or the asker sees a part of its rows only."""
    snapshot, now = service.reader.snapshot(), service.clock.now()
    held = whole(service, source)
    states = source_states(service.catalogue, snapshot.manifest, [held.dataset], now)
    state = next(state for state in states if state.source.id == source)
    store = service.reader.store
    return _record(
        service, snapshot, state, history.loads(store, snapshot.manifest), history.acts(store), now, most_loads
    )


def whole(service: KpiService, source: str) -> Source:
    """A source all of whose rows the asker may see: what it delivered is counted over all of them."""
    held = service.catalogue.sources[source]
    if service.scope.parts(held.dataset):
        raise KeyError(source)
    return held


def standing(service: KpiService, source: str, load: int) -> Standing | None:
    """Whether a load of a source counts; None when the source has no such load."""
    manifest = service.reader.snapshot().manifest
    loads = history.loads(service.reader.store, manifest) or []
    return next((history.standing_of(x, manifest) for x in loads if (x.source, x.load) == (source, load)), None)


def dependants(catalogue: Catalogue, dataset: str) -> tuple[tuple[Kpi, ...], tuple[Board, ...]]:
    """The KPIs that read a dataset, and the boards that show one of them."""
    kpis = tuple(kpi for kpi in catalogue.kpis.values() if dataset in kpi.datasets)
    named = {name for kpi in kpis for name in (kpi.id, kpi.code)}
    return kpis, tuple(board for board in catalogue.boards.values() if named.intersection(board.kpis))


def stamp(service: KpiService) -> Stamp:
    """Which state of the data is looked at."""
    snapshot = service.reader.snapshot()
    manifest = snapshot.manifest
    newest = max(manifest.event_times.values(), default=None)
    loaded = max((c.loaded_at for c in manifest.sources.values() if c.loaded_at), default=None)
    return Stamp(manifest.snapshot, _moment(newest), _moment(loaded), snapshot.recomputed)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _record(
    service: KpiService,
    snapshot: Snapshot,
    state: SourceState,
    loads: Sequence[Load] | None,
    acts: Mapping[int, Act],
    now: datetime,
    most: int,
) -> SourceRecord:
    source = state.source
    count = snapshot.manifest.sources.get(source.id, SourceCount())
    dataset = service.catalogue.datasets[source.dataset]
    found = _came(service, snapshot, source, dataset, now)
    came, wanted, span = found or (None, None, None)
    mine = None if loads is None else [load for load in loads if load.source == source.id]
    kpis, boards = dependants(service.catalogue, dataset.id)
    return SourceRecord(
        state=state,
        dataset=dataset,
        quality=Quality(
            right=_share(count.misruled, count.delivered),
            complete=came / wanted if wanted else None,
            clean=_share(count.misformed, count.delivered),
            live=status.live(state.age, source.promise),
        ),
        delivered=count.delivered,
        misformed=count.misformed,
        misruled=count.misruled,
        came=came,
        wanted=wanted,
        span=span,
        loads=None
        if mine is None
        else tuple(history.line(load, snapshot.manifest, acts.get(load.load)) for load in mine[:most]),
        load_count=len(mine or ()),
        kpis=kpis,
        boards=boards,
    )


def _share(aside: int, delivered: int) -> float | None:
    return 1 - aside / delivered if delivered else None


# -- complete --------------------------------------------------------------------------


def _came(service: KpiService, snapshot: Snapshot, source: Source, dataset: Dataset, now: datetime) -> Came | None:
    """(records that came, records expected, span) of the days that are due by the source's promise.

    None when nothing is declared to be expected, or the dataset did not yet exist then.
    """
    begins = snapshot.manifest.begins(dataset.id)
    if dataset.expect is None or begins is None or source.promise >= now - begins:
        return None
    due = now - source.promise
    back = max(LOOKED_BACK, timedelta(seconds=LEAST_BUCKETS * dataset.expect.every))
    start, end = quality.narrowed(dataset, max(due - back, begins), due)
    if start >= end:
        return None
    try:
        counts = _counts(snapshot, dataset, start, end)
    except duckdb.Error as error:
        LOG.error("dataset %s cannot be read: %s", dataset.id, error)
        return None
    came, wanted, at, grain = 0.0, 0.0, start, quality.cadence(dataset)
    while at < end:
        after = grain.step(at)
        hoped = quality.expected(dataset, at, after, service.working) or 0.0
        came, wanted = came + min(counts.get(at, 0.0), hoped), wanted + hoped
        at = after
    return (came, wanted, (start, end)) if wanted else None


def _counts(snapshot: Snapshot, dataset: Dataset, start: datetime, end: datetime) -> dict[datetime, float]:
    """Rows by bucket of the dataset's cadence."""
    found: dict[datetime, float] = {}
    grain: Grain = quality.cadence(dataset)
    rows = snapshot.cursor().execute(
        f"SELECT bucket, sum(rows) FROM {rollup_table(dataset.id)} WHERE bucket >= $1 AND bucket < $2 GROUP BY bucket",
        [start, end],
    )
    for bucket, count in rows.fetchall():
        at = grain.floor(bucket)
        found[at] = found.get(at, 0.0) + float(count or 0)
    return found
