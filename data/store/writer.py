"""The writer: the only hand that changes lake, roll-ups and snapshots.

A publish first writes new immutable files, then one manifest that names them, then moves one
pointer. Killed anywhere before the pointer moves, the store is what it was; killed after, it
is what it will be. What a dead writer left behind is removed at the next start.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import duckdb

from data.areas.vintage import codes
from data.calendar.working import working_days
from data.catalogue import Catalogue, Source
from data.clock.clock import Clock
from data.sources.delivery import Cursor, Delivery
from data.store import change, durable, ledger, manifest, mart, purge, retention, standing
from data.store.atom import Shape, digest, shapes
from data.store.compaction import merged_deltas, merged_lake
from data.store.derivation import teach_working_days
from data.store.dialect import literal
from data.store.draft import Draft
from data.store.ledger import Load
from data.store.manifest import Delta, Manifest, SourceCount
from data.store.rollup import last_table, rollup_sql, rollup_table
from data.store.snapshot import Snapshot
from data.store.step import OnStep, Steps, silent
from data.store.tally import recounted

MOST_LEDGERS = 500
FAILURES = (OSError, duckdb.Error)  # what a full or broken disk looks like


class Writer:
    """Opened by one process that holds the lease; see `data.store.lease`."""

    def __init__(
        self, store: Path, catalogue: Catalogue, clock: Clock, observer: OnStep = silent, keep: int = 20
    ) -> None:
        self.store, self.catalogue, self.clock, self.keep = store, catalogue, clock, keep
        self.steps = Steps(observer)
        self.shapes = shapes(catalogue)
        self.digest = digest(self.shapes.values())
        store.mkdir(parents=True, exist_ok=True)
        self._resume()
        if self.manifest.mart is None or self.manifest.digest != self.digest:
            self.publish(replace(self.manifest, digest=self.digest), {}, rebuild=True)

    def _resume(self) -> None:
        """Stand where the store stands, and remove what never became part of it."""
        self.manifest = manifest.current(self.store) or Manifest()
        retention.sweep(self.store, self.manifest, self.keep)
        self.loads: dict[int, Load] = {load.load: load for load in ledger.read(self.store, self.manifest.ledger)}
        self._cursors: dict[str, dict[str, Cursor]] = {}
        self._snapshot = self._open()

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """All of what follows, or nothing: after an error this writer stands where the store stands."""
        with ExitStack() as failed:
            failed.callback(self._resume)
            failed.callback(self._snapshot.close)
            yield
            failed.pop_all()

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The connection the current snapshot is open on."""
        return self._snapshot.connection

    def close(self) -> None:
        """Release the open snapshot."""
        self._snapshot.close()

    def cursors(self, source: str) -> dict[str, Cursor]:
        """What was already taken of each file of a source."""
        if source not in self._cursors:
            self._cursors[source] = self._taken(source)
        return self._cursors[source]

    def _taken(self, source: str) -> dict[str, Cursor]:
        counting = [
            load for load in self.loads.values() if load.source == source and load.load not in self.manifest.undone
        ]
        taken = {load.path: Cursor(load.path, load.end, load.digest, load.lines) for load in counting}
        undone = {load.path for load in self.loads.values() if load.source == source} - set(taken)
        return taken | {path: self._last_cursor(source, path) for path in undone}

    def _last_cursor(self, source: str, path: str) -> Cursor:
        """A file whose loads were all undone stays undone until its content changes."""
        last = max(
            (load for load in self.loads.values() if (load.source, load.path) == (source, path)), key=lambda x: x.load
        )
        return Cursor(last.path, last.end, last.digest, last.lines)

    # -- loading -----------------------------------------------------------------------

    def load(self, batch: Sequence[tuple[Source, Sequence[Delivery]]]) -> list[Load]:
        """Load deliveries and publish them as one snapshot; the returned loads are safe on disk.

        A delivery that cannot be read is skipped and its source carries the reason until the
        next good delivery; every other delivery of the batch is loaded.
        """
        self.steps.reached("load.started")
        with self._whole():
            draft = Draft(self, sum(d.end - d.start for _, deliveries in batch for d in deliveries))
            for source, deliveries in batch:
                draft.take(source, deliveries)
            return draft.publish()

    def undo(self, load: int) -> Manifest:
        """Take a load back; what it had replaced counts again. KeyError if there is no such load."""
        if load not in self.loads or load in self.manifest.undone:
            raise KeyError(load)
        return self._restand(standing.taken_back(self.manifest.undone, load), load)

    def restore(self, load: int) -> Manifest:
        """Give back a load that was taken back by hand.

        KeyError if there is none such; Overtaken when a later delivery holds the same.
        """
        if load not in self.loads:
            raise KeyError(load)
        source = self.catalogue.sources[self.loads[load].source]
        return self._restand(standing.given_back(self.manifest.undone, self.loads, source, load), load)

    def purge(self, sources: Iterable[str]) -> list[Load]:
        """Remove every row of some sources from lake, quarantine and all snapshots; returns their loads.

        There is no way back. What their loads had replaced stays replaced.
        """
        gone = {number: load for number, load in self.loads.items() if load.source in set(sources)}
        if not gone:
            return []
        with self._whole():
            undone = {**dict.fromkeys(gone, standing.BY_HAND), **self.manifest.undone}
            after = replace(self.manifest, undone=undone)
            after = replace(after, lake=purge.pruned_lake(self.connection, self.store, after, self.shapes, gone))
            for dataset in {load.dataset for load in gone.values()} & set(self.shapes):
                feeding = [source.id for source in self.catalogue.feeding(dataset)]
                after = recounted(after, self.loads.values(), feeding, dataset)
            lines = [purge.emptied(load) if load.load in gone else load for load in self.loads.values()]
            after = replace(after, ledger=(ledger.write(self.store, self.manifest.snapshot + 1, lines),))
            after = self._publish(after, {load.dataset: (None, ()) for load in gone.values()}, (), True, False)
            purge.forgotten(self.store, after, gone.values())
        self._snapshot.close()
        self._resume()
        return [*gone.values()]

    def _restand(self, undone: dict[int, int], load: int) -> Manifest:
        changed = {n for n in {*undone, *self.manifest.undone} if (n in undone) != (n in self.manifest.undone)}
        dataset = self.loads[load].dataset
        feeding = [source.id for source in self.catalogue.feeding(dataset)]
        after = recounted(replace(self.manifest, undone=undone), self.loads.values(), feeding, dataset)
        return self.publish(after, {dataset: (None, changed)}, rebuild=self.rebuilt_for(after, dataset))

    def rebuilt_for(self, after: Manifest, dataset: str) -> bool:
        """Whether loads of a dataset that go or return need a rebuild: a latest reading has no opposite."""
        return bool(self.shapes[dataset].lasts or any(rule.dataset == dataset for rule in after.replaced))

    def report(self, source: str, error: str | None) -> None:
        """Note why a source cannot be read, None if it can again; published once, not at every poll."""
        count = self.manifest.sources.get(source, SourceCount())
        if count.error != error:
            self.publish(
                replace(self.manifest, sources={**self.manifest.sources, source: replace(count, error=error)}), {}
            )

    def rebuild(self) -> Manifest:
        """Build every roll-up anew from the lake."""
        return self.publish(self.manifest, {}, rebuild=True)

    def compact(self) -> Manifest | None:
        """Fold the deltas into a new mart; None when there are none."""
        if not self.manifest.deltas:
            return None
        self.steps.reached("compaction.started")
        return self.publish(self.manifest, {}, fold=True)

    def tidy(self) -> Manifest | None:
        """Merge the small lake files of crowded months; None when there are none."""
        with self._whole():
            files = merged_lake(self.connection, self.store, self.manifest, self.shapes, self.steps)
        return self.publish(replace(self.manifest, lake={**self.manifest.lake, **files}), {}) if files else None

    # -- publishing --------------------------------------------------------------------

    def publish(
        self,
        after: Manifest,
        changed: Mapping[str, tuple[str | None, Iterable[int]]],
        loads: Sequence[Load] = (),
        rebuild: bool = False,
        fold: bool = False,
    ) -> Manifest:
        """Write what the next snapshot needs, then point to it.

        ``changed`` maps a dataset to the relation of its new rows and the loads whose standing changed.
        """
        with self._whole():
            return self._publish(after, changed, loads, rebuild, fold)

    def _publish(
        self,
        after: Manifest,
        changed: Mapping[str, tuple[str | None, Iterable[int]]],
        loads: Sequence[Load],
        rebuild: bool,
        fold: bool,
    ) -> Manifest:
        number = self.manifest.snapshot + 1
        after = replace(
            after, snapshot=number, parent=self.manifest.snapshot or None, created_at=self.clock.now().isoformat()
        )
        after = replace(after, stamps={**after.stamps, **dict.fromkeys(changed, number)})
        if rebuild or fold:
            after = replace(after, mart=self._new_mart(number, after, fold), deltas=())
        else:
            after = self._with_delta(number, after, changed)
        if loads:
            after = replace(after, ledger=(*after.ledger, ledger.write(self.store, number, loads)))
            self.steps.reached("ledger.written")
        if len(after.ledger) > MOST_LEDGERS:
            after = replace(after, ledger=(ledger.merged(self.store, number, after.ledger),))
        manifest.write(self.store, after)
        self.steps.reached("manifest.written")
        self.steps.reached("publish.started")
        manifest.point(self.store, number)
        self.steps.reached("publish.pointed")
        self._adopt(after, loads)
        self.steps.reached("publish.done")
        return after

    def _adopt(self, after: Manifest, loads: Sequence[Load]) -> None:
        self.manifest = after
        self.loads |= {load.load: load for load in loads}
        self._cursors.clear()
        self._snapshot.advance(after)
        self.steps.reached("retention.started")
        retention.prune(self.store, after, self.keep)
        self.steps.reached("retention.done")

    def _new_mart(self, number: int, after: Manifest, fold: bool) -> str:
        self.steps.reached("mart.started")
        name = f"marts/mart-{number:010d}.duckdb"
        path = self.store / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        if fold:
            mart.fold(path, self._snapshot.connection, self.shapes)
        else:
            mart.build(path, self.store, after, self.shapes)
        self.steps.reached("mart.written")
        durable.sync([path])
        self.steps.reached("mart.synced")
        return name

    def _with_delta(
        self, number: int, after: Manifest, changed: Mapping[str, tuple[str | None, Iterable[int]]]
    ) -> Manifest:
        tables: dict[str, str] = {}
        for dataset, (rows, loads) in changed.items():
            tables |= self._delta(number, after, self.shapes[dataset], rows, sorted(loads))
        self.steps.reached("delta.written")
        durable.sync(self.store / name for name in tables.values())
        self.steps.reached("delta.synced")
        if not tables:
            return after
        return merged_deltas(
            self._snapshot, self.store, replace(after, deltas=(*after.deltas, Delta(number, tables))), self.steps
        )

    def _delta(
        self, number: int, after: Manifest, shape: Shape, rows: str | None, loads: Sequence[int]
    ) -> dict[str, str]:
        connection, name = self._snapshot.connection, shape.dataset.id
        wanted = {}
        if shape.keyed:
            none = f"(SELECT * FROM {mart.current_table(name)} WHERE FALSE)"
            wanted[mart.current_table(name)] = (
                f"SELECT * FROM {change.keyed(connection, self.store, after, shape, rows or none, loads)}"
            )
        elif loads:
            change.unkeyed(connection, self.store, self.manifest, after, shape, [*loads, *self._born(rows)])
        else:
            change.added_only(connection, shape, rows or "")
        wanted[rollup_table(name)] = rollup_sql(shape, change.CHANGES)
        if shape.lasts:
            wanted[last_table(name)] = mart.latest_sql(shape, change.CHANGES)
        self.steps.reached("rollup.computed")
        return {table: self._copy(number, table, sql) for table, sql in wanted.items()}

    def _born(self, rows: str | None) -> list[int]:
        if rows is None:
            return []
        return [load for (load,) in self._snapshot.connection.execute(f"SELECT DISTINCT _load FROM {rows}").fetchall()]

    def _copy(self, number: int, table: str, sql: str) -> str:
        name = f"deltas/{number:010d}-{table}.parquet"
        path = self.store / name
        path.parent.mkdir(parents=True, exist_ok=True)
        self._snapshot.connection.execute(f"COPY ({sql}) TO {literal(path)} (FORMAT parquet, COMPRESSION zstd)")
        return name

    def _open(self) -> Snapshot:
        """The current snapshot; an empty one when it was built for other definitions."""
        known = self.manifest.digest == self.digest
        snapshot = Snapshot(self.store, self.manifest if known else Manifest(), self.shapes)
        self._prepare(snapshot)
        return snapshot

    def _prepare(self, snapshot: Snapshot) -> None:
        connection = snapshot.connection
        connection.execute("CREATE TABLE area_codes (code VARCHAR, valid_from DATE, valid_to DATE, id VARCHAR)")
        rows = [(row.code, row.valid_from, row.valid_to, row.area) for row in codes(self.catalogue.areas)]
        if rows:  # as one statement: row by row they would take ten times as long
            values = ", ".join("(?, ?, ?, ?)" for _ in rows)
            connection.execute(f"INSERT INTO area_codes VALUES {values}", [cell for row in rows for cell in row])
        teach_working_days(connection, working_days(self.catalogue.city.calendar))
