"""Tallies: what each source delivered so far, and how old each dataset is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from data.store.ledger import Load
from data.store.manifest import Manifest, SourceCount


def added(count: SourceCount, load: Load) -> SourceCount:
    """A source's record with one more load in it."""
    return replace(
        count,
        delivered=count.delivered + load.delivered,
        loaded=count.loaded + load.loaded,
        misformed=count.misformed + load.misformed,
        misruled=count.misruled + load.misruled,
        event_time=max(filter(None, (count.event_time, load.event_end)), default=None),
        loaded_at=load.loaded_at,
    )


def counted(after: Manifest, loads: Iterable[Load]) -> Manifest:
    """``after`` with the tallies of loads that only came."""
    sources, ends, starts = dict(after.sources), dict(after.event_times), dict(after.event_starts)
    for load in loads:
        sources[load.source] = added(sources.get(load.source, SourceCount()), load)
        if load.event_end:
            ends[load.dataset] = max(ends.get(load.dataset, load.event_end), load.event_end)
        if load.event_start:
            starts[load.dataset] = min(starts.get(load.dataset, load.event_start), load.event_start)
    return replace(after, sources=sources, event_times=ends, event_starts=starts)


def recounted(after: Manifest, loads: Iterable[Load], feeding: Iterable[str], dataset: str) -> Manifest:
    """``after`` with the tallies of a dataset anew, from those of ``loads`` that stand: undo makes data older.

    ``feeding`` are the sources of the dataset.
    """
    standing = [load for load in loads if load.dataset == dataset and load.load not in after.undone]
    blank = {name: SourceCount(error=after.sources.get(name, SourceCount()).error) for name in feeding}
    bare = replace(
        after,
        sources={**after.sources, **blank},
        event_times=_without(after.event_times, dataset),
        event_starts=_without(after.event_starts, dataset),
    )
    return counted(bare, standing)


def _without(times: Mapping[str, str], dataset: str) -> dict[str, str]:
    return {name: time for name, time in times.items() if name != dataset}
