"""Purge: rows of whole sources leave the lake for good, and with them every snapshot that showed them.

The ledger keeps one line for each load, so that nobody wonders what the numbers of the loads were
and a file that still lies in the drop folder is not loaded again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from shutil import rmtree

import duckdb

from data.store import durable, lake, manifest, past
from data.store.atom import Shape
from data.store.dialect import literal, quoted
from data.store.ledger import Load
from data.store.manifest import LakeFile, Manifest


def pruned_lake(
    connection: duckdb.DuckDBPyConnection,
    store: Path,
    held: Manifest,
    shapes: Mapping[str, Shape],
    loads: Mapping[int, Load],
) -> dict[str, tuple[LakeFile, ...]]:
    """The lake files of every dataset that is left when the rows of ``loads`` are gone."""
    left = dict(held.lake)
    for name in {load.dataset for load in loads.values()} & set(left):
        gone = [number for number, load in loads.items() if load.dataset == name]
        left[name] = tuple(
            kept for file in left[name] for kept in _without(connection, store, held, shapes[name], file, gone)
        )
    return left


def _without(
    connection: duckdb.DuckDBPyConnection,
    store: Path,
    held: Manifest,
    shape: Shape,
    file: LakeFile,
    gone: Iterable[int],
) -> list[LakeFile]:
    """The file itself when it holds none of ``gone``, nothing when it holds only them, else a new one."""
    inside = [number for number in gone if file.first_load <= number <= file.last_load]
    if not inside:
        return [file]
    source = f"read_parquet({literal(store / file.file)}, hive_partitioning = false)"
    rest = f"_load NOT IN ({', '.join(map(str, inside))})"
    count = connection.execute(f"SELECT count(*) FROM {source} WHERE {rest}").fetchone()[0]
    if count in (0, file.rows):
        return [file] if count else []
    path = store / file.file
    target = path.with_name(f"purged-{held.snapshot + 1:010d}-{path.name}")
    time = quoted(shape.dataset.time)
    connection.execute(
        f"COPY (SELECT * FROM {source} WHERE {rest} ORDER BY {time}) TO {literal(target)} "
        "(FORMAT parquet, COMPRESSION zstd)"
    )
    durable.sync([target])
    return lake.describe(connection, store, shape, [str(target)])


def forgotten(store: Path, current: Manifest, loads: Iterable[Load]) -> None:
    """Remove the quarantined rows of purged loads and what was made again of the past, and thin every earlier snapshot;
    a sweep then takes its files."""
    for load in loads:
        if load.quarantine:
            (store / load.quarantine).unlink(missing_ok=True)
    for number in manifest.known(store):
        if number < current.snapshot:
            manifest.write(store, manifest.read(store, number).thinned())
    rmtree(store / past.FOLDER, ignore_errors=True)


def emptied(load: Load) -> Load:
    """The ledger's line of a purged load: that it came and what it counted, without its rows."""
    return replace(load, quarantine=None)
