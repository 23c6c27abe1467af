"""A draft: deliveries on their way into one publish.

Deliveries of a source that look alike are checked together. A small batch becomes a delta; a
large one is written to the lake piece by piece and the mart is then built from the lake, so
that memory stays bounded whatever is delivered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from data.catalogue import Source
from data.sources.connector import connector
from data.sources.delivery import Delivery, Pulled, SourceError
from data.store import durable, lake
from data.store.intake import Counted, Intake
from data.store.ledger import Load
from data.store.manifest import LakeFile, Manifest, SourceCount

if TYPE_CHECKING:
    from data.store.writer import Writer

CHUNK_BYTES = 96_000_000
BULK_BYTES = 24_000_000


class Draft:
    """Takes deliveries, then publishes them all at once."""

    def __init__(self, writer: Writer, size: int) -> None:
        self.writer = writer
        self.bulk = writer.manifest.last_load == 0 or size > BULK_BYTES
        self.connection = writer.connection
        self.intake = Intake(self.connection, writer.catalogue, writer.store, writer.clock.now())
        self.next_load = writer.manifest.last_load + 1
        self.loads: list[Load] = []
        self.errors: dict[str, str | None] = {}
        self.files: dict[str, list[LakeFile]] = {}
        self.undone = dict(writer.manifest.undone)

    def take(self, source: Source, deliveries: Sequence[Delivery]) -> None:
        """Check all deliveries of one source."""
        for group in self._groups(source, deliveries):
            shape = self.writer.shapes[source.dataset]
            counted = self.intake.check(source, group, shape.event_times)
            self.writer.steps.reached("load.checked")
            for item in counted:
                self._note(source, item)
            if self.bulk:
                self._write_lake(source.dataset)

    def _groups(self, source: Source, deliveries: Sequence[Delivery]) -> Iterator[list[tuple[int, Delivery, Pulled]]]:
        """Pull deliveries; yield runs with the same columns and reading, of bounded size."""
        group: list[tuple[int, Delivery, Pulled]] = []
        size = 0
        for delivery in deliveries:
            pulled = self._pull(source, delivery)
            if pulled is None:
                continue
            alike = group and (group[0][2].table.schema, group[0][2].reading) == (pulled.table.schema, pulled.reading)
            if group and (not alike or size > CHUNK_BYTES):
                yield group
                group, size = [], 0
            group.append((self.next_load, delivery, pulled))
            self.next_load += 1
            size += delivery.end - delivery.start
        if group:
            yield group

    def _pull(self, source: Source, delivery: Delivery) -> Pulled | None:
        try:
            pulled = connector(source).pull(source, delivery)
        except SourceError as error:
            self.errors[source.id] = str(error)
            return None
        self.writer.steps.reached("load.pulled")
        self.errors.setdefault(source.id, None)
        return pulled

    def _note(self, source: Source, item: Counted) -> None:
        cursor = item.delivery.cursor
        superseded = self._superseded(source, item)
        self.undone |= dict.fromkeys(superseded, item.load)
        self.loads.append(
            Load(
                load=item.load, source=source.id, dataset=source.dataset, path=item.delivery.relative,
                start=item.delivery.start, end=item.delivery.end, digest=cursor.digest, lines=cursor.lines,
                delivered=item.delivered, loaded=item.loaded, misformed=item.misformed, misruled=item.misruled,
                loaded_at=self.writer.clock.now().isoformat(), event_start=item.start, event_end=item.end,
                supersedes=tuple(superseded), quarantine=item.quarantine,
            )
        )  # fmt: skip

    def _superseded(self, source: Source, item: Counted) -> list[int]:
        """Standing loads this delivery takes the place of."""
        standing = [
            load
            for load in [*self.writer.loads.values(), *self.loads]
            if load.source == source.id and load.load not in self.undone and load.load != item.load
        ]
        if source.deliver == "replace":
            return [load.load for load in standing]
        same = [load.load for load in standing if item.delivery.replaces and load.path == item.delivery.relative]
        if source.deliver != "period" or item.start is None or item.end is None:
            return same
        first, last = item.start[:7], item.end[:7]
        within = [x.load for x in standing if x.event_start and first <= x.event_start[:7] and (x.event_end or "")[:7] <= last]
        return sorted({*same, *within})

    def _write_lake(self, dataset: str) -> None:
        shape, table = self.writer.shapes[dataset], f"good_{dataset}"
        written = lake.write(self.connection, self.writer.store, shape, table, self.loads[-1].load)
        self.writer.steps.reached("lake.written")
        durable.sync(self.writer.store / file.file for file in written)
        self.writer.steps.reached("lake.synced")
        self.files.setdefault(dataset, []).extend(written)
        if self.bulk:
            self.connection.execute(f"DROP TABLE {table}")

    def publish(self) -> list[Load]:
        """Make everything taken visible; nothing is when nothing was new."""
        writer = self.writer
        if not self.loads and not self._errors_changed():
            return []
        datasets = list(dict.fromkeys(load.dataset for load in self.loads))
        if not self.bulk:
            for dataset in datasets:
                self._write_lake(dataset)
        after = self._manifest()
        changed = {dataset: (None if self.bulk else f"good_{dataset}", self._moved(dataset)) for dataset in datasets}
        anew = any(writer.shapes[dataset].lasts and moved for dataset, (_, moved) in changed.items())
        writer.publish(after, changed, self.loads, rebuild=self.bulk or anew)
        for dataset in () if self.bulk else datasets:
            self.connection.execute(f"DROP TABLE good_{dataset}")
        return self.loads

    def _moved(self, dataset: str) -> set[int]:
        """Loads of a dataset whose standing this draft changed."""
        gone = set(self.undone) - set(self.writer.manifest.undone)
        owner = {load.load: load.dataset for load in [*self.writer.loads.values(), *self.loads]}
        return {load for load in gone if owner[load] == dataset}

    def _errors_changed(self) -> bool:
        sources = self.writer.manifest.sources
        return any(sources.get(name, SourceCount()).error != error for name, error in self.errors.items())

    def _manifest(self) -> Manifest:
        before = self.writer.manifest
        files = {name: (*before.lake.get(name, ()), *found) for name, found in self.files.items()}
        return replace(
            before,
            lake={**before.lake, **files},
            undone=self.undone,
            last_load=self.next_load - 1,
            sources={**before.sources, **self._sources()},
            event_times={**before.event_times, **self._event_times()},
            event_starts={**before.event_starts, **self._event_starts()},
        )

    def _sources(self) -> dict[str, SourceCount]:
        counts = dict(self.writer.manifest.sources)
        for name, error in self.errors.items():
            counts[name] = replace(counts.get(name, SourceCount()), error=error)
        for load in self.loads:
            counts[load.source] = added(counts.get(load.source, SourceCount()), load)
        return counts

    def _event_times(self) -> dict[str, str]:
        found = dict(self.writer.manifest.event_times)
        for load in self.loads:
            if load.event_end:
                found[load.dataset] = max(found.get(load.dataset, ""), load.event_end)
        return found

    def _event_starts(self) -> dict[str, str]:
        found = dict(self.writer.manifest.event_starts)
        for load in self.loads:
            if load.event_start:
                found[load.dataset] = min(found.get(load.dataset, load.event_start), load.event_start)
        return found


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
