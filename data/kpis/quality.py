"""The four words of the national guidance, computed: đúng, đủ, sạch, sống."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from data.calendar.period import Grain
from data.calendar.working import WorkingDays
from data.catalogue import Catalogue, Dataset, Source
from data.kpis.result import Freshness, SourceState
from data.kpis.status import freshness
from data.store.manifest import Manifest, SourceCount

DAY = timedelta(days=1)


def source_states(catalogue: Catalogue, manifest: Manifest, datasets: Iterable[str], now: datetime) -> tuple[SourceState, ...]:
    """Every source that feeds the datasets, as known at ``now``."""
    return tuple(
        _state(source, manifest.sources.get(source.id, SourceCount()), now)
        for dataset in datasets
        for source in catalogue.feeding(dataset)
    )


def _state(source: Source, count: SourceCount, now: datetime) -> SourceState:
    event = datetime.fromisoformat(count.event_time) if count.event_time else None
    loaded = datetime.fromisoformat(count.loaded_at) if count.loaded_at else None
    age = now - event if event else None
    found = freshness(age, source.promise)
    if count.error and found is Freshness.ON_TIME:
        found = Freshness.LATE
    return SourceState(source, found, event, loaded, age, count.error)


def shares(catalogue: Catalogue, manifest: Manifest, datasets: Iterable[str]) -> tuple[float | None, float | None]:
    """(right, clean): shares of delivered rows that broke no rule, and that could be read."""
    counts = [
        manifest.sources.get(source.id, SourceCount()) for dataset in datasets for source in catalogue.feeding(dataset)
    ]
    delivered = sum(count.delivered for count in counts)
    if not delivered:
        return None, None
    misruled, misformed = sum(c.misruled for c in counts), sum(c.misformed for c in counts)
    return 1 - misruled / delivered, 1 - misformed / delivered


def expected(dataset: Dataset, start: datetime, end: datetime, working: WorkingDays) -> float | None:
    """Records a complete span holds, None when the dataset declares no expectation."""
    promise = dataset.expect
    if promise is None:
        return None
    if promise.on == "all":
        return (end - start).total_seconds() / promise.every * promise.keys
    day, total = Grain.DAY.floor(start), 0.0
    while day < end:
        if working.is_working(day.date()):
            held = (min(day + DAY, end) - max(day, start)).total_seconds()
            total += held / promise.every * promise.keys
        day += DAY
    return total


def share(came: Sequence[float], wanted: Sequence[float | None]) -> float | None:
    """Share of expected records that came; more in one bucket does not make up for less in another."""
    total = sum(w for w in wanted if w)
    if not total:
        return None
    return sum(min(c, w) for c, w in zip(came, wanted, strict=True) if w) / total


def shares_of(came: Sequence[float], wanted: Sequence[float | None]) -> tuple[float | None, ...]:
    """The same for each bucket; None where nothing was expected."""
    return tuple(min(1.0, c / w) if w else None for c, w in zip(came, wanted, strict=True))
