"""Changes: which rows a publish adds and which it takes away, as one relation with a sign."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb

from data.store import lake
from data.store.atom import Shape
from data.store.dialect import quoted
from data.store.manifest import Manifest
from data.store.mart import current_table

CHANGES = "changes"


def added_only(connection: duckdb.DuckDBPyConnection, shape: Shape, rows: str) -> None:
    """``changes`` of an unkeyed dataset that only gained ``rows``."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {CHANGES} AS SELECT *, 1 AS _sign FROM {rows}")


def unkeyed(
    connection: duckdb.DuckDBPyConnection,
    store: Path,
    before: Manifest,
    after: Manifest,
    shape: Shape,
    loads: Iterable[int],
) -> None:
    """``changes`` of an unkeyed dataset in which the given loads came, went or returned."""
    loads = sorted(loads)
    rows = lake.all_rows_sql(store, after, shape, loads)
    born = set(loads) - set(range(before.last_load + 1))
    came = [load for load in loads if load not in after.undone and (load in before.undone or load in born)]
    went = [load for load in loads if load in after.undone and load not in before.undone and load not in born]
    sign = f"CASE WHEN _load IN ({_list(came)}) THEN 1 WHEN _load IN ({_list(went)}) THEN -1 ELSE 0 END"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {CHANGES} AS "
        f"SELECT * FROM (SELECT *, {sign} AS _sign FROM ({rows})) WHERE _sign <> 0"
    )


def keyed(
    connection: duckdb.DuckDBPyConnection, store: Path, after: Manifest, shape: Shape, rows: str, loads: Iterable[int]
) -> str:
    """``changes`` of a keyed dataset, and the relation of new current rows (``_gone`` where a key vanished).

    ``rows`` are rows that just came; ``loads`` are loads whose standing changed. Without the
    latter the newest version of a key is among ``rows`` and the lake need not be read.
    """
    key, name = lake.key_list(shape), current_table(shape.dataset.id)
    loads = sorted(loads)
    touched = f"SELECT {key} FROM {rows}"
    if loads:
        touched += f" UNION SELECT {key} FROM ({lake.all_rows_sql(store, after, shape, loads)})"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT {key} FROM ({touched})")
    newest = f"row_number() OVER (PARTITION BY {key} ORDER BY _load DESC, _line DESC) = 1"
    versions = lake.current_sql(store, after, shape, "touched") if loads else f"SELECT * FROM {rows} QUALIFY {newest}"
    columns = ", ".join(quoted(column) for column in lake.lake_columns(shape))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE versions AS SELECT {columns} FROM ({versions})")
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE previous AS SELECT {columns} FROM {name} SEMI JOIN touched USING ({key})"
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {CHANGES} AS "
        "SELECT *, 1 AS _sign FROM versions WHERE NOT coalesce(_gone, FALSE) "
        "UNION ALL SELECT *, -1 AS _sign FROM previous"
    )
    vanished = f"SELECT * REPLACE (TRUE AS _gone) FROM previous ANTI JOIN versions USING ({key})"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE renewed AS SELECT * FROM versions UNION ALL {vanished}")
    return "renewed"


def _list(loads: Iterable[int]) -> str:
    return ", ".join(map(str, loads)) or "NULL"
