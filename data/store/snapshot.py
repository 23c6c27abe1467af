"""A snapshot opened for reading: mart, deltas and lake behind one set of views.

The connection is in memory with the mart attached read-only, so any number of processes
read while the clock writes. Deltas are small and are held in memory.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import duckdb

from data.areas.vintage import Restatement
from data.store import lake
from data.store.atom import Shape
from data.store.dialect import literal, quoted
from data.store.manifest import Manifest
from data.store.mart import CONFIG, current_table, tables

RESTATED = "area_restated"


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
        self.store, self.manifest, self.shapes = store, manifest, shapes
        self.connection = duckdb.connect(":memory:", config={**CONFIG, "threads": threads})
        if manifest.mart:
            self.connection.execute(f"ATTACH {literal(store / manifest.mart)} AS mart (READ_ONLY)")
        for shape in shapes.values():
            self._open_dataset(shape)
        self._open_areas(restatements)

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection of its own for one thread."""
        return self.connection.cursor()

    def close(self) -> None:
        """Release the mart file."""
        self.connection.close()

    def _open_dataset(self, shape: Shape) -> None:
        for table, columns in tables(shape).items():
            typed = ", ".join(f"{quoted(name)} {kind}" for name, kind in columns.items())
            self.connection.execute(f"CREATE TABLE delta_{table} ({typed})")
            for delta in self.manifest.deltas:
                if table in delta.tables:
                    self.apply(shape, table, self.store / delta.tables[table])
            self._create_view(shape, table, columns)

    def rows_sql(self, dataset: str, start: datetime | None = None, end: datetime | None = None) -> str:
        """SELECT of the rows that count now; of an unkeyed dataset only files touching the span."""
        shape = self.shapes[dataset]
        if shape.keyed:
            return f"SELECT * FROM {current_table(dataset)}"
        return lake.all_rows_sql(self.store, self.manifest.spanning(dataset, start, end), shape)

    def apply(self, shape: Shape, table: str, file: Path) -> None:
        """Add one delta file to the table held in memory."""
        source = f"read_parquet({literal(file)})"
        if table == current_table(shape.dataset.id):
            key = lake.key_list(shape)
            self.connection.execute(f"DELETE FROM delta_{table} WHERE ({key}) IN (SELECT ({key}) FROM {source})")
        self.connection.execute(f"INSERT INTO delta_{table} BY NAME SELECT * FROM {source}")

    def _create_view(self, shape: Shape, table: str, columns: Mapping[str, str]) -> None:
        names = ", ".join(quoted(name) for name in columns)
        delta = f"SELECT {names} FROM delta_{table}"
        if table == current_table(shape.dataset.id):
            delta += " WHERE NOT coalesce(_gone, FALSE)"
        parts = [delta]
        if self.manifest.mart:
            base = f"SELECT {names} FROM mart.{table}"
            if table == current_table(shape.dataset.id):
                base += f" ANTI JOIN delta_{table} USING ({lake.key_list(shape)})"
            parts.append(base)
        self.connection.execute(f"CREATE VIEW {table} AS {' UNION ALL '.join(parts)}")

    def _open_areas(self, restatements: Sequence[Restatement]) -> None:
        self.connection.execute(
            f"CREATE TABLE {RESTATED} (old BOOLEAN, recorded VARCHAR, area VARCHAR, weight DOUBLE, estimated BOOLEAN)"
        )
        if restatements:
            values = ", ".join(
                f"({r.old}, {literal(r.recorded)}, {literal(r.area)}, {r.weight!r}, {r.estimated})" for r in restatements
            )
            self.connection.execute(f"INSERT INTO {RESTATED} VALUES {values}")
