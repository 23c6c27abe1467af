"""Compaction: many small files become few, without changing a single answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import duckdb

from data.store import durable, lake
from data.store.atom import Shape
from data.store.dialect import literal, quoted
from data.store.manifest import Delta, LakeFile, Manifest
from data.store.mart import folded_sql, tables
from data.store.snapshot import Snapshot
from data.store.step import Steps

MOST_DELTAS = 20
MOST_LAKE_FILES = 64


def merged_deltas(snapshot: Snapshot, store: Path, after: Manifest, steps: Steps) -> Manifest:
    """The manifest with its deltas merged into one, once there are more than `MOST_DELTAS`."""
    if len(after.deltas) <= MOST_DELTAS:
        return after
    steps.reached("compaction.started")
    snapshot.hold(after.deltas[-1])
    found: dict[str, str] = {}
    for shape in snapshot.shapes.values():
        found |= _merged(snapshot, store, after, shape)
    durable.sync(store / name for name in found.values())
    steps.reached("compaction.merged")
    return replace(after, deltas=(Delta(after.snapshot, found),))


def _merged(snapshot: Snapshot, store: Path, after: Manifest, shape: Shape) -> dict[str, str]:
    """Merge the deltas of one dataset by the same rules a mart is folded by."""
    found = {}
    for table, columns in tables(shape).items():
        held = f"delta_{table}"
        if snapshot.connection.execute(f"SELECT count(*) FROM {held}").fetchone()[0] == 0:
            continue
        sql = folded_sql(shape, table, columns, held)
        name = f"deltas/{after.snapshot:010d}-merged-{table}.parquet"
        snapshot.connection.execute(f"COPY ({sql}) TO {literal(store / name)} (FORMAT parquet, COMPRESSION zstd)")
        found[table] = name
    return found


def merged_lake(
    connection: duckdb.DuckDBPyConnection, store: Path, manifest: Manifest, shapes: Mapping[str, Shape], steps: Steps
) -> dict[str, tuple[LakeFile, ...]]:
    """New lists of lake files for datasets in which some month has too many files."""
    found = {}
    for name, files in manifest.lake.items():
        months: dict[str, list[LakeFile]] = defaultdict(list)
        for file in files:
            months[Path(file.file).parent.name].append(file)
        crowded = {month: some for month, some in months.items() if len(some) > MOST_LAKE_FILES}
        if not crowded or name not in shapes:
            continue
        kept = [file for month, some in months.items() if month not in crowded for file in some]
        for some in crowded.values():
            kept += _merge_files(connection, store, shapes[name], some)
            steps.reached("compaction.merged")
        found[name] = tuple(kept)
    return found


def _merge_files(
    connection: duckdb.DuckDBPyConnection, store: Path, shape: Shape, files: list[LakeFile]
) -> list[LakeFile]:
    first, last = min(f.first_load for f in files), max(f.last_load for f in files)
    target = (store / files[0].file).with_name(f"merged-{first:010d}-{last:010d}-{len(files)}.parquet")
    listed = ", ".join(literal(store / file.file) for file in files)
    rows = f"SELECT * FROM read_parquet([{listed}], union_by_name = true, hive_partitioning = false)"
    connection.execute(
        f"COPY ({rows} ORDER BY {quoted(shape.dataset.time)}) TO {literal(target)} (FORMAT parquet, COMPRESSION zstd)"
    )
    durable.sync([target])
    return lake.describe(connection, store, shape, [str(target)])
