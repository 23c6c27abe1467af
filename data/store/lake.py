"""The lake: every row ever accepted, in append-only Parquet by dataset and month."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from data.store.atom import Shape
from data.store.contract import SQL_TYPES
from data.store.dialect import literal, quoted
from data.store.manifest import LakeFile, Manifest

MONTH = "_month"


def lake_columns(shape: Shape) -> dict[str, str]:
    """Column -> SQL type of a dataset's rows in the lake."""
    own = {name: SQL_TYPES[column.type] for name, column in shape.dataset.columns.items()}
    derived = {name: SQL_TYPES[item.type] for name, item in shape.dataset.derive.items()}
    kept = {"_area": "VARCHAR", "_load": "BIGINT", "_line": "BIGINT", "_source": "VARCHAR", "_gone": "BOOLEAN"}
    return {**own, **derived, **kept}


def write(
    connection: duckdb.DuckDBPyConnection, store: Path, shape: Shape, rows: str, first_load: int
) -> list[LakeFile]:
    """Copy relation ``rows`` into month files; returns what was written, not yet on disk for sure."""
    time = quoted(shape.dataset.time)
    month = f"coalesce(strftime({time}, '%Y-%m'), 'undated') AS {MONTH}"
    folder = store / "lake" / shape.dataset.id
    folder.mkdir(parents=True, exist_ok=True)
    written = connection.execute(
        f"COPY (SELECT *, {month} FROM {rows} ORDER BY {time}) TO {literal(folder)} "
        f"(FORMAT parquet, COMPRESSION zstd, PARTITION_BY ({MONTH}), OVERWRITE_OR_IGNORE, "
        f"FILENAME_PATTERN 'load-{first_load:010d}-{{i}}', RETURN_FILES)"
    ).fetchall()
    files = [str(name) for _, names in written for name in names]
    return describe(connection, store, shape, files)


def describe(connection: duckdb.DuckDBPyConnection, store: Path, shape: Shape, files: Sequence[str]) -> list[LakeFile]:
    """Rows, event times and load ids of Parquet files, read from the files themselves."""
    if not files:
        return []
    time = quoted(shape.dataset.time)
    listed = ", ".join(literal(file) for file in files)
    found = connection.execute(
        f"SELECT filename, count(*), min({time}), max({time}), min(_load), max(_load) "
        f"FROM read_parquet([{listed}], filename = true, hive_partitioning = false) GROUP BY 1 ORDER BY 1"
    ).fetchall()
    return [
        LakeFile(Path(name).relative_to(store).as_posix(), rows, _iso(start), _iso(end), first, last)
        for name, rows, start, end, first, last in found
    ]


def _iso(moment: object) -> str | None:
    return None if moment is None else moment.isoformat()


def all_rows_sql(store: Path, manifest: Manifest, shape: Shape, loads: Iterable[int] | None = None) -> str:
    """SELECT of every row of loads not undone, or of exactly the given loads, undone or not."""
    columns = lake_columns(shape)
    files = manifest.lake.get(shape.dataset.id, ())
    wanted = sorted(loads) if loads is not None else None
    if wanted is not None:
        files = tuple(f for f in files if any(f.first_load <= load <= f.last_load for load in wanted))
    empty = ", ".join(f"NULL::{kind} AS {quoted(name)}" for name, kind in columns.items())
    if not files:
        return f"SELECT {empty} WHERE FALSE"
    listed = ", ".join(literal(store / f.file) for f in files)
    names = ", ".join(quoted(name) for name in columns)
    held = f"read_parquet([{listed}], union_by_name = true, hive_partitioning = false)"
    typed = f"SELECT {empty} WHERE FALSE UNION ALL BY NAME SELECT * FROM {held}"
    return f"SELECT {names} FROM ({typed}) WHERE {_loads(manifest, shape, wanted)}"


def _loads(manifest: Manifest, shape: Shape, wanted: Sequence[int] | None) -> str:
    if wanted is not None:
        return f"_load IN ({', '.join(map(str, wanted)) or 'NULL'})"
    tests = [f"_load <= {manifest.last_load}"]
    if manifest.undone:
        tests.append(f"_load NOT IN ({', '.join(map(str, sorted(manifest.undone)))})")
    month = f"strftime({quoted(shape.dataset.time)}, '%Y-%m')"
    for rule in manifest.masks(shape.dataset.id):
        months = ", ".join(map(literal, rule.months))
        tests.append(
            f"NOT (_load < {rule.load} AND _source = {literal(rule.source)} AND coalesce({month} IN ({months}), FALSE))"
        )
    return " AND ".join(tests)


def current_sql(store: Path, manifest: Manifest, shape: Shape, keys: str | None = None) -> str:
    """SELECT of the rows that count now: for a keyed dataset the highest load of each key.

    ``keys`` names a relation of key columns to restrict the answer to.
    """
    rows = all_rows_sql(store, manifest, shape)
    if not shape.keyed:
        return rows
    key = key_list(shape)
    within = f" SEMI JOIN {keys} USING ({key})" if keys else ""
    newest = f"row_number() OVER (PARTITION BY {key} ORDER BY _load DESC, _line DESC) = 1"
    return f"SELECT * FROM (SELECT * FROM ({rows}){within} QUALIFY {newest}) WHERE NOT coalesce(_gone, FALSE)"


def key_list(shape: Shape) -> str:
    """Key columns of a dataset, quoted and joined."""
    return ", ".join(quoted(name) for name in shape.dataset.key)
