"""What loading costs: a year of files against a bare copy of them, and one small delivery."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

import duckdb

from data.catalogue import Catalogue, Source
from data.clock.sync import Sync
from data.simulator import simulate
from data.store.writer import Writer
from tests.bench.table import Row
from tests.browser.town import EVENING, Town
from tests.standing import StandingClock

ENCODINGS = {"cp1258": "latin-1"}  # the engine's own reader knows few; the bytes are as many
PUBLISHES = 9


def measured(folder: Path, catalogue: Catalogue) -> Iterator[Row]:
    """A year of files loaded, over a bare copy of the same files."""
    drop = folder / "drop"
    simulate(drop, EVENING, years=1)
    floor = bare(drop, catalogue)
    town = Town(catalogue, drop, folder / "store")
    began = perf_counter()
    writer = Writer(town.store, catalogue, StandingClock(EVENING))
    sync = Sync(writer, drop, StandingClock(EVENING))
    loads = sync.tick()
    took = perf_counter() - began
    rows = sum(load.loaded for load in loads)
    yield Row(f"a year of files, {len(loads)} of them with {rows:,} rows: bare copy to Parquet", floor, "s")
    yield Row("the store built from them, over the bare copy", took / floor, bar=10)
    sync.tick()
    yield Row("one small delivery loaded and published", median(_deliver(town, sync)) * 1000, "ms")
    writer.close()


def bare(drop: Path, catalogue: Catalogue) -> float:
    """Seconds the engine takes to copy each source's CSV and Parquet files to one Parquet file."""
    with tempfile.TemporaryDirectory() as target, duckdb.connect(config={"threads": 2}) as connection:
        began = perf_counter()
        for source in catalogue.sources.values():
            if source.connector in ("csv", "parquet") and list(drop.glob(source.path)):
                connection.execute(
                    f"COPY (FROM {_reader(source, drop)}) TO '{target}/{source.id}.parquet' (COMPRESSION zstd)"
                )
        return perf_counter() - began


def _reader(source: Source, drop: Path) -> str:
    files = f"'{drop / source.path}'"
    if source.connector == "parquet":
        return f"read_parquet({files})"
    encoding = ENCODINGS.get(source.read.encoding or "", "utf-8")
    delimiter = source.read.delimiter or ","
    return f"read_csv({files}, delim='{delimiter}', header=true, all_varchar=true, encoding='{encoding}')"


def _deliver(town: Town, sync: Sync) -> Iterator[float]:
    for number in range(PUBLISHES):
        town.count_people(EVENING - timedelta(minutes=PUBLISHES - number), 500 + number)
        began = perf_counter()
        assert sync.tick(), "the delivery was not taken"
        yield perf_counter() - began
