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
from data.sources.shift import shifted
from data.store import durable, lake
from data.store.intake import Counted, Intake
from data.store.ledger import Load
from data.store.manifest import LakeFile, Manifest, Replaced, SourceCount
from data.store.tally import counted, recounted

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
        self.replaced: list[Replaced] = []
        self._unread: set[tuple[str, str]] = set()

    def take(self, source: Source, deliveries: Sequence[Delivery]) -> None:
        """Check all deliveries of one source."""
        for group in self._groups(source, deliveries):
            shape = self.writer.shapes[source.dataset]
            checked = self.intake.check(source, group, shape.event_times)
            self.writer.steps.reached("load.checked")
            for item in checked:
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
            size += pulled.table.nbytes
        if group:
            yield group

    def _pull(self, source: Source, delivery: Delivery) -> Pulled | None:
        """The rows of a delivery; None when it, or an earlier piece of its file, cannot be read."""
        if (source.id, delivery.relative) in self._unread:
            return None
        try:
            pulled = connector(source).pull(source, delivery)
            refused = shifted(source, self.writer.catalogue.datasets[source.dataset], pulled.table, delivery.relative)
            if refused:
                raise refused
        except SourceError as error:
            self.errors[source.id] = str(error)
            self._unread.add((source.id, delivery.relative))
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
                supersedes=tuple(superseded), months=item.months, quarantine=item.quarantine,
            )
        )  # fmt: skip

    def _superseded(self, source: Source, item: Counted) -> list[int]:
        """Standing loads this delivery takes the place of.

        A delivery by period takes the place of loads whose months it names; of a load that
        holds other months too, only the rows of those named no longer count.
        """
        standing = [
            load
            for load in [*self.writer.loads.values(), *self.loads]
            if load.source == source.id and load.load not in self.undone and load.load != item.load
        ]
        if source.deliver == "replace":
            return [load.load for load in standing]
        gone = {load.load for load in standing if item.delivery.replaces and load.path == item.delivery.relative}
        months = set(item.months)
        gone |= {load.load for load in standing if load.months and months.issuperset(load.months)}
        if any(months.intersection(load.months) for load in standing if load.load not in gone):
            self.replaced.append(Replaced(item.load, source.id, source.dataset, item.months))
        return sorted(gone)

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
        anew = any(moved and writer.rebuilt_for(after, dataset) for dataset, (_, moved) in changed.items())
        writer.publish(after, changed, self.loads, rebuild=self.bulk or bool(self.replaced) or anew)
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
        counts = {n: replace(before.sources.get(n, SourceCount()), error=error) for n, error in self.errors.items()}
        after = replace(
            before,
            lake={**before.lake, **files},
            undone=self.undone,
            replaced=(*before.replaced, *self.replaced),
            last_load=self.next_load - 1,
            sources={**before.sources, **counts},
        )
        return self._tallied(after)

    def _tallied(self, after: Manifest) -> Manifest:
        moved = {load.dataset for load in self.loads if self._moved(load.dataset)}
        after = counted(after, [load for load in self.loads if load.dataset not in moved])
        for dataset in sorted(moved):
            feeding = [source.id for source in self.writer.catalogue.feeding(dataset)]
            after = recounted(after, [*self.writer.loads.values(), *self.loads], feeding, dataset)
        return after
