"""A snapshot opened for reading: mart, deltas and lake behind one set of views.

The connection is in memory with the mart attached read-only, so any number of processes
read while the clock writes. Deltas are small and are held in memory.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import duckdb

from data.areas.vintage import Restatement
from data.store import lake
from data.store.atom import Shape
from data.store.dialect import literal, quoted, typed
from data.store.manifest import Delta, Manifest
from data.store.mart import CONFIG, current_table, identity, same, tables
from data.store.rollup import area_columns, area_table, rollup_table

RESTATED = "area_restated"
PATIENCE, LOOK = 60, 0.05


class Snapshot:
    """One consistent state of the city. Cursors may be used from many threads at once."""

    def __init__(
        self,
        store: Path,
        manifest: Manifest,
        shapes: Mapping[str, Shape],
        restatements: Sequence[Restatement] = (),
        threads: int = 2,
    ) -> None:
        self.store, self.shapes = store, shapes
        self.recomputed = False
        self.connection = duckdb.connect(":memory:", config={**CONFIG, "threads": threads})
        self._open_areas(restatements)
        self.manifest = Manifest()
        self._held: set[int] = set()
        self._viewed: bool | None = None  # whether the views there are look at a mart
        self._run(
            [
                f"CREATE TABLE delta_{table} ({typed(columns)})"
                for shape in shapes.values()
                for table, columns in tables(shape).items()
            ]
        )
        self.advance(manifest)

    def advance(self, manifest: Manifest) -> None:
        """Move on to a newer snapshot in place: for the one writer, whose questions do not overlap."""
        if manifest.mart != self.manifest.mart or self.manifest.snapshot == 0:
            self._attach(manifest)
        self.manifest = manifest
        for delta in manifest.deltas:
            if delta.snapshot not in self._held:
                self.hold(delta)

    def hold(self, delta: Delta) -> None:
        """Take a delta's rows into memory."""
        for shape in self.shapes.values():
            for table in tables(shape):
                if table in delta.tables:
                    self._apply(shape, table, self.store / delta.tables[table])
        self._held.add(delta.snapshot)

    def _attach(self, manifest: Manifest) -> None:
        """Put another mart under the views; what memory held is part of it."""
        if self.manifest.mart:
            self._run(["DETACH mart"])
        if self._held:
            self._run([f"TRUNCATE delta_{table}" for shape in self.shapes.values() for table in tables(shape)])
        if manifest.mart:
            self._run([f"ATTACH {literal(self.store / manifest.mart)} AS mart (READ_ONLY)"])
        self._held = set()
        if self._viewed is not bool(manifest.mart):
            self._look(bool(manifest.mart))

    def _look(self, mart: bool) -> None:
        """One set of views over what memory holds, and over whichever mart is attached."""
        views = [
            self._view(shape, table, columns, mart)
            for shape in self.shapes.values()
            for table, columns in tables(shape).items()
        ]
        self._run(views + [self._area_view(shape, mart) for shape in self.shapes.values()])
        self._viewed = mart

    def _run(self, statements: Sequence[str]) -> None:
        """Statements in one go: a hundred small ones cost a start several times what they do."""
        self.connection.execute("; ".join(statements))

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection of its own for one thread."""
        return self.connection.cursor()

    def close(self) -> None:
        """Release the mart file once the questions under way are answered; duckdb.ResourceInUseException
        when they are not after `PATIENCE` looks of `LOOK` seconds."""
        for _ in range(PATIENCE):
            try:
                return self.connection.close()
            except duckdb.ResourceInUseException:  # a cursor is inside the engine: it refuses instead of waiting
                threading.Event().wait(LOOK)
        return self.connection.close()

    def rows_sql(self, dataset: str, start: datetime | None = None, end: datetime | None = None) -> str:
        """SELECT of the rows that count now; of an unkeyed dataset only files touching the span."""
        shape = self.shapes[dataset]
        if shape.keyed:
            return f"SELECT * FROM {current_table(dataset)}"
        return lake.all_rows_sql(self.store, self.manifest.spanning(dataset, start, end), shape)

    def _apply(self, shape: Shape, table: str, file: Path) -> None:
        source = f"read_parquet({literal(file)})"
        if identity(shape, table):
            self.connection.execute(
                f"DELETE FROM delta_{table} AS old USING (SELECT * FROM {source}) AS new "
                f"WHERE {same(shape, table, 'old', 'new')}"
            )
        self.connection.execute(f"INSERT INTO delta_{table} BY NAME SELECT * FROM {source}")

    def _view(self, shape: Shape, table: str, columns: Mapping[str, str], mart: bool) -> str:
        names = ", ".join(quoted(name) for name in columns)
        delta = f"SELECT {names} FROM delta_{table}"
        if table == current_table(shape.dataset.id):
            delta += " WHERE NOT coalesce(_gone, FALSE)"
        parts = [delta]
        if mart:
            base = f"SELECT {names} FROM mart.{table}"
            if identity(shape, table):
                base += f" AS old ANTI JOIN delta_{table} AS new ON {same(shape, table, 'old', 'new')}"
            parts.append(base)
        return f"CREATE OR REPLACE VIEW {table} AS {' UNION ALL '.join(parts)}"

    def _area_view(self, shape: Shape, mart: bool) -> str:
        """Sums by area: of the mart its own table, of the deltas their rows, which add as they are."""
        name = shape.dataset.id
        names = ", ".join(quoted(column) for column in area_columns(shape))
        own = area_table(name) if shape.dimensions else rollup_table(name)
        parts = [f"SELECT {names} FROM delta_{rollup_table(name)}"] + [f"SELECT {names} FROM mart.{own}"] * mart
        return f"CREATE OR REPLACE VIEW {area_table(name)} AS {' UNION ALL '.join(parts)}"

    def _open_areas(self, restatements: Sequence[Restatement]) -> None:
        self.connection.execute(
            f"CREATE TABLE {RESTATED} (old BOOLEAN, recorded VARCHAR, area VARCHAR, weight DOUBLE, estimated BOOLEAN)"
        )
        if restatements:
            values = ", ".join(
                f"({r.old}, {literal(r.recorded)}, {literal(r.area)}, {r.weight!r}, {r.estimated})"
                for r in restatements
            )
            self.connection.execute(f"INSERT INTO {RESTATED} VALUES {values}")
