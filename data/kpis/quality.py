"""The four words of the national guidance, computed: đúng, đủ, sạch, sống."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from data.calendar.period import Grain, Period
from data.calendar.working import WorkingDays
from data.catalogue import Catalogue, Dataset, Source
from data.kpis.result import Freshness, Mark, SourceState
from data.kpis.status import freshness
from data.store.manifest import Manifest, SourceCount

DAY = timedelta(days=1)
LENGTHS = {
    Grain.HOUR: 3600,
    Grain.DAY: 86400,
    Grain.WEEK: 7 * 86400,
    Grain.MONTH: 31 * 86400,
    Grain.QUARTER: 92 * 86400,
    Grain.YEAR: 366 * 86400,
}


@dataclass(frozen=True, slots=True)
class Feed:
    """What the sources of some datasets say together; ``right`` and ``clean`` as in `Quality`."""

    sources: tuple[SourceState, ...]
    right: float | None
    clean: float | None
    loaded_at: datetime | None
    marks: frozenset[Mark]


class Feeds:
    """The sources of a snapshot as known at one moment; each set of datasets is looked at once."""

    def __init__(self, catalogue: Catalogue, manifest: Manifest, now: datetime) -> None:
        self.catalogue, self.manifest, self.now = catalogue, manifest, now
        self._held: dict[tuple[str, ...], Feed] = {}

    def of(self, datasets: tuple[Dataset, ...]) -> Feed:
        """What the sources of these datasets say."""
        names = tuple(dataset.id for dataset in datasets)
        if names not in self._held:
            sources = source_states(self.catalogue, self.manifest, names, self.now)
            right, clean = shares(self.catalogue, self.manifest, names)
            loaded = max((s.loaded_at for s in sources if s.loaded_at), default=None)
            marks = frozenset(Mark(s.source.authority) for s in sources if s.source.authority != "measured")
            self._held[names] = Feed(sources, right, clean, loaded, marks)
        return self._held[names]


def source_states(
    catalogue: Catalogue, manifest: Manifest, datasets: Iterable[str], now: datetime
) -> tuple[SourceState, ...]:
    """Every source that feeds the datasets, as known at ``now``."""
    return tuple(
        _state(source, catalogue.datasets[dataset], manifest.sources.get(source.id, SourceCount()), now)
        for dataset in datasets
        for source in catalogue.feeding(dataset)
    )


def told_until(dataset: Dataset, at: datetime) -> datetime:
    """Until when a record dated ``at`` tells: the figure of a month, dated its first day, to the month's end."""
    if dataset.grain in ("hour", "day"):
        return at
    grain = Grain(dataset.grain)
    return grain.step(grain.floor(at))


def _state(source: Source, dataset: Dataset, count: SourceCount, now: datetime) -> SourceState:
    event = datetime.fromisoformat(count.event_time) if count.event_time else None
    loaded = datetime.fromisoformat(count.loaded_at) if count.loaded_at else None
    age = max(timedelta(0), now - told_until(dataset, event)) if event else None
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
    """Records a complete span of whole buckets holds; of figures of months, quarters or years each is one. None when
    nobody has declared what is expected."""
    promise = dataset.expect
    if promise is None:
        return float(len(Period(start, end).buckets(Grain(dataset.grain)))) if dataset.periodic else None
    if promise.on == "all":
        return (end - start).total_seconds() / promise.every * promise.keys
    day, total = Grain.DAY.floor(start), 0.0
    while day < end:
        if working.is_working(day.date()):
            held = (min(day + DAY, end) - max(day, start)).total_seconds()
            total += held / promise.every * promise.keys
        day += DAY
    return total


def cadence(dataset: Dataset, at_least: Grain = Grain.HOUR) -> Grain:
    """The narrowest bucket, no narrower than ``at_least``, of which a dataset's expectation can be asked."""
    if dataset.expect is None and dataset.periodic:
        return max(Grain(dataset.grain), at_least, key=list(LENGTHS).index)
    every = dataset.expect.every if dataset.expect else 0
    found = next((grain for grain, seconds in LENGTHS.items() if every <= seconds), Grain.YEAR)
    return max(found, at_least, key=list(LENGTHS).index)


def widened(dataset: Dataset, start: datetime, end: datetime) -> tuple[datetime, datetime]:
    """The span of whole buckets of the cadence around a span."""
    grain = cadence(dataset)
    return grain.floor(start), _ceiling(grain, end)


def narrowed(dataset: Dataset, start: datetime, end: datetime) -> tuple[datetime, datetime]:
    """The whole buckets of the cadence within a span; empty (start not before end) if there are none."""
    grain = cadence(dataset)
    return _ceiling(grain, start), grain.floor(end)


def _ceiling(grain: Grain, at: datetime) -> datetime:
    floor = grain.floor(at)
    return floor if floor == at else grain.step(floor)


def share(came: Sequence[float], wanted: Sequence[float | None]) -> float | None:
    """Share of expected records that came; more in one bucket does not make up for less in another."""
    total = sum(w for w in wanted if w)
    if not total:
        return None
    return sum(min(c, w) for c, w in zip(came, wanted, strict=True) if w) / total
