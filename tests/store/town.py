"""A town small enough to be loaded a thousand times, and what its offices deliver."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path

import duckdb

from data.catalogue import Catalogue, load
from data.clock.clock import FixedClock
from data.clock.sync import Sync
from data.store import mart
from data.store.atom import Shape
from data.store.dialect import literal
from data.store.manifest import Manifest
from data.store.step import OnStep, silent
from data.store.writer import Writer
from tests.catalogue import pack

DATASETS = (
    pack.DATASETS
    + """\
- id: visit
  kind: event
  name: {vi: Lượt khách, en: Visits}
  time: at
  columns:
    at: {type: timestamp, required: true}
    gate:
      type: text
      dimension: true
      name: {vi: Cổng, en: Gate}
      values: {east: {vi: Đông, en: East}, west: {vi: Tây, en: West}}
    people: {type: integer, minimum: 0, maximum: 5000}
"""
)


def _source(id_: str, dataset: str, path: str, deliver: str = "append") -> str:
    return (
        f"- id: {id_}\n  name: {{vi: {id_}, en: {id_}}}\n  owner: {{vi: Phố, en: Town}}\n  dataset: {dataset}\n"
        f"  connector: csv\n  path: '{path}'\n  deliver: {deliver}\n  fresh_within: 1 day\n"
        "  read: {encoding: utf-8, delimiter: ',', dates: ymd, decimal: '.', title_lines: 0}\n"
    )


SOURCES = (
    _source("desk", "dossier", "dossier_*.csv")
    + _source("gates", "visit", "visit_*.csv")
    + _source("book", "visit", "book.csv", "replace")
    + _source("months", "visit", "month_*.csv", "period")
    + _source("register", "dossier", "register_*.csv", "period")
    + _source("gauges", "gauge", "gauge_*.csv")
)


def _kpi(code: str, measure: str, dimensions: str = "[]") -> str:
    return (
        f"- id: town.{code.lower().replace('-', '_')}\n  code: {code}\n  name: {{vi: Số, en: Number}}\n"
        f"  definition: {{vi: Số, en: Number}}\n  domain: egov\n  measure: {measure}\n  unit: {{vi: số, en: number}}\n"
        f"  dimensions: {dimensions}\n  fresh_within: 1 day\n  owner: {{vi: Phố, en: Town}}\n"
    )


KPIS = pack.KPIS + (
    _kpi("HS-01", "{open_at: dossier, from: received_at, to: closed_at}", "[area, channel]")
    + _kpi("HS-03", "{open_at: dossier, from: received_at, to: closed_at, of: fee}", "[area]")
    + _kpi("HS-02", "{sum: dossier, of: fee, time: received_at}", "[channel]")
    + _kpi("DL-01", "{sum: visit, of: people, time: at}", "[gate]")
)


class TownClock(FixedClock):
    """Stands still for the city; to file times it is always long after."""

    def epoch(self) -> float:
        """An hour from now, so that every file has settled."""
        return time.time() + 3600


def catalogue(folder: Path) -> Catalogue:
    """The town's catalogue, its pack written into ``folder``."""
    return load(pack.write(folder, datasets=DATASETS, sources=SOURCES, kpis=KPIS))


class Town:
    """A store, a drop folder, and one writer with its sync, as the clock process has them."""

    def __init__(self, folder: Path, known: Catalogue, observer: OnStep = silent, keep: int = 20) -> None:
        self.store, self.drop, self.catalogue = folder / "store", folder / "drop", known
        self.drop.mkdir(parents=True, exist_ok=True)
        self.clock = TownClock(datetime(2026, 11, 24, 19, 42))
        self.writer = Writer(self.store, known, self.clock, observer, keep)
        self.sync = Sync(self.writer, self.drop, self.clock)

    def put(self, name: str, *rows: str, heading: str | None = None) -> Path:
        """Write a file anew; headings are those of its kind unless given."""
        path = self.drop / name
        path.write_text("\n".join([heading or HEADINGS[name.split("_")[0].split(".")[0]], *rows]) + "\n", "utf-8")
        return path

    def append(self, name: str, *rows: str) -> None:
        """Add rows at the end of a file, which is made if it is not there."""
        if not (self.drop / name).exists():
            self.put(name)
        with (self.drop / name).open("a", encoding="utf-8") as file:
            file.write("".join(row + "\n" for row in rows))

    def tick(self) -> list[int]:
        """Sync twice, because a whole file must have stood still for two polls; ids of the new loads."""
        return [load.load for _ in range(2) for load in self.sync.tick()]

    def rows(self, sql: str) -> list[tuple]:
        """Rows of a question to the writer's snapshot."""
        return self.writer.connection.execute(sql).fetchall()


HEADINGS = {
    "dossier": "number,area,received_at,closed_at,fee,channel",
    "register": "number,area,received_at,closed_at,fee,channel",
    "visit": "at,gate,people",
    "book": "at,gate,people",
    "month": "at,gate,people",
    "gauge": "station,at,level",
}


def contents(connection: duckdb.DuckDBPyConnection, shapes: dict[str, Shape]) -> dict[str, list[str]]:
    """Every table as it adds up, whatever mart and deltas it lies in."""
    return {
        table: sorted(map(repr, connection.execute(mart.folded_sql(shape, table, columns)).fetchall()))
        for shape in shapes.values()
        for table, columns in mart.tables(shape).items()
    }


def rebuilt(folder: Path, store: Path, manifest: Manifest, shapes: dict[str, Shape]) -> dict[str, list[str]]:
    """The same built from the lake alone."""
    path = folder / f"rebuilt-{manifest.snapshot}.duckdb"
    path.unlink(missing_ok=True)
    mart.build(path, store, manifest, shapes)
    with duckdb.connect(str(path), read_only=True) as connection:
        return contents(connection, shapes)


def lake_counts(connection: duckdb.DuckDBPyConnection, store: Path, manifest: Manifest) -> dict[int, int]:
    """Rows in the lake by load."""
    files = [literal(store / file.file) for some in manifest.lake.values() for file in some]
    if not files:
        return {}
    held = f"read_parquet([{', '.join(files)}], union_by_name = true, hive_partitioning = false)"
    return dict(connection.execute(f"SELECT _load, count(*) FROM {held} GROUP BY 1").fetchall())
