"""The mart: a native file with every roll-up and every current row, under a new name each time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from data.store import lake
from data.store.atom import Shape
from data.store.dialect import literal, quoted, typed
from data.store.manifest import Manifest
from data.store.rollup import (
    AREA,
    area_columns,
    area_sql,
    area_table,
    key_columns,
    last_columns,
    last_sql,
    last_table,
    rollup_columns,
    rollup_sql,
    rollup_table,
)

CONFIG = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}


def current_table(dataset: str) -> str:
    """Name of the table of current rows of a keyed dataset."""
    return f"current_{dataset}"


def tables(shape: Shape) -> dict[str, dict[str, str]]:
    """Table -> column -> SQL type of all tables of one dataset."""
    found = {rollup_table(shape.dataset.id): rollup_columns(shape)}
    if shape.lasts:
        found[last_table(shape.dataset.id)] = last_columns(shape)
    if shape.keyed:
        found[current_table(shape.dataset.id)] = lake.lake_columns(shape)
    return found


def build(path: Path, store: Path, manifest: Manifest, shapes: Mapping[str, Shape]) -> None:
    """Build a mart at ``path`` from the lake alone: the definition every delta must agree with."""
    with duckdb.connect(str(path), config=CONFIG) as connection:
        connection.execute("SET preserve_insertion_order = false")
        for shape in shapes.values():
            _build_dataset(connection, store, manifest, shape)
        connection.execute("CHECKPOINT")


def _build_dataset(connection: duckdb.DuckDBPyConnection, store: Path, manifest: Manifest, shape: Shape) -> None:
    name = shape.dataset.id
    if not manifest.lake.get(name):
        _build_empty(connection, shape)
        return
    rows = lake.current_sql(store, manifest, shape)
    if shape.keyed:
        time = quoted(shape.dataset.time)
        connection.execute(f"CREATE TABLE {current_table(name)} AS SELECT * FROM ({rows}) ORDER BY {time}")
        rows = f"SELECT * FROM {current_table(name)}"
    connection.execute(f"CREATE OR REPLACE TEMP VIEW changes AS SELECT *, 1 AS _sign FROM ({rows})")
    connection.execute(
        f"CREATE TABLE {rollup_table(name)} AS SELECT * FROM ({rollup_sql(shape, 'changes')}) ORDER BY bucket"
    )
    _sum_areas(connection, shape)
    if shape.lasts:
        connection.execute(
            f"CREATE TABLE {last_table(name)} AS SELECT * FROM ({last_sql(shape, 'changes')}) ORDER BY bucket"
        )


def _build_empty(connection: duckdb.DuckDBPyConnection, shape: Shape) -> None:
    """The tables of a dataset that has delivered nothing yet."""
    areas = {area_table(shape.dataset.id): area_columns(shape)} if shape.dimensions else {}
    for table, columns in {**tables(shape), **areas}.items():
        connection.execute(f"CREATE TABLE {table} ({typed(columns)})")


def _sum_areas(connection: duckdb.DuckDBPyConnection, shape: Shape, place: str = "") -> None:
    """Beside a roll-up with dimensions, the same sums without them. A delta is small and needs none."""
    if shape.dimensions:
        name = shape.dataset.id
        rows = area_sql(shape, place + rollup_table(name))
        connection.execute(f"CREATE TABLE {place}{area_table(name)} AS {rows} ORDER BY bucket")


def fold(path: Path, reader: duckdb.DuckDBPyConnection, shapes: Mapping[str, Shape]) -> None:
    """Fold mart and deltas, as ``reader`` sees them, into a new mart at ``path``."""
    reader.execute(f"ATTACH {literal(path)} AS folded")
    try:
        for shape in shapes.values():
            for table, columns in tables(shape).items():
                rows = folded_sql(shape, table, columns)
                reader.execute(f"CREATE TABLE folded.{table} AS {rows} ORDER BY {_order(shape, table)}")
            _sum_areas(reader, shape, "folded.")
        reader.execute("CHECKPOINT folded")
    finally:
        reader.execute("DETACH folded")


def identity(shape: Shape, table: str) -> tuple[str, ...]:
    """Columns by which a row of a delta takes the place of an older one; () where rows add."""
    if table == current_table(shape.dataset.id):
        return shape.dataset.key
    return (*key_columns(shape), "_key") if table == last_table(shape.dataset.id) else ()


def same(shape: Shape, table: str, a: str, b: str) -> str:
    """SQL test that rows of relations ``a`` and ``b`` have the same identity; bucket and keys are never null."""
    nullable = {AREA, *shape.dimensions} - set(shape.dataset.key if table == current_table(shape.dataset.id) else ())
    pairs = ((f"{a}.{quoted(n)}", f"{b}.{quoted(n)}", n in nullable) for n in identity(shape, table))
    return " AND ".join(f"{x} IS NOT DISTINCT FROM {y}" if loose else f"{x} = {y}" for x, y, loose in pairs)


def latest_sql(shape: Shape, changes: str) -> str:
    """SELECT of the latest readings after ``changes`` of every group they touch.

    Of one moment the reading that came last counts, so what was held loses a tie.
    """
    table = last_table(shape.dataset.id)
    keys = ", ".join(map(quoted, identity(shape, table)))
    cells = ", ".join(
        f"max({a.name}_at) AS {a.name}_at, "
        f"arg_max({a.name}, row({a.name}_at, _new)) FILTER ({a.name}_at IS NOT NULL) AS {a.name}"
        for a in shape.lasts
    )
    return (
        f"WITH fresh AS MATERIALIZED ({last_sql(shape, changes)}) SELECT {keys}, {cells} FROM ("
        f"SELECT *, 1 AS _new FROM fresh UNION ALL BY NAME SELECT {table}.*, 0 AS _new FROM {table} "
        f"SEMI JOIN fresh ON {same(shape, table, table, 'fresh')}) GROUP BY ALL"
    )


def folded_sql(shape: Shape, table: str, columns: Mapping[str, str], held: str | None = None) -> str:
    """SELECT that recombines the rows of a table (or of ``held``): what has an identity stands alone, sums add."""
    held = held or table
    keys = [name for name in columns if name in key_columns(shape)]
    if identity(shape, table):
        return f"SELECT * FROM {held}"
    sums = {name: kind for name, kind in columns.items() if name not in keys}
    cells = [f"CAST(sum({quoted(n)}) AS {k}) AS {quoted(n)}" for n, k in sums.items()]
    some = " OR ".join(f"sum({quoted(name)}) <> 0" for name in sums)
    return f"SELECT {', '.join([*map(quoted, keys), *cells])} FROM {held} GROUP BY ALL HAVING {some}"


def _order(shape: Shape, table: str) -> str:
    return quoted(shape.dataset.time) if table == current_table(shape.dataset.id) else "bucket"
