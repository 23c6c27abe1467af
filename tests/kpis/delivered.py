"""A city of a few rows: written as its departments write them, loaded as the house loads them."""

from __future__ import annotations

import atexit
import csv
import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from io import StringIO
from pathlib import Path

import xlsxwriter

from data.catalogue import Catalogue, Source, load
from data.clock.clock import FixedClock
from data.kpis.service import KpiService, open_service
from data.simulator.files import encode
from data.sources import Discovery
from data.store.writer import Writer

PACK = Path(__file__).parents[2] / "data" / "cities" / "hoian"
NOW = datetime(2026, 11, 24, 19, 42)
SETTLED = 4_000_000_000.0
MOMENTS = {"ymd": "%Y-%m-%d %H:%M", "dmy": "%d/%m/%Y %H:%M"}
TITLE_LINES = 3

Cell = str | int | float | bool | datetime | None
Row = Mapping[str, Cell]


@cache
def hoian() -> Catalogue:
    """The catalogue of Hội An, read once for all tests of a process: nothing can change it."""
    return load(PACK)


def pack(folder: Path, extra: str = "") -> Catalogue:
    """The catalogue of Hội An, with more KPIs if ``extra`` gives their YAML."""
    if not extra:
        return hoian()
    shutil.copytree(PACK, folder / "pack", dirs_exist_ok=True)
    (folder / "pack" / "kpis" / "extra.yaml").write_text(extra, encoding="utf-8")
    return load(folder / "pack")


def city(
    folder: Path, rows: Mapping[str, Iterable[Row]], now: datetime = NOW, extra: str = ""
) -> tuple[KpiService, Writer]:
    """A service over a store that holds ``rows`` (by source, in dataset columns), asked at ``now``."""
    catalogue = pack(folder, extra)
    if not extra:
        shutil.copytree(_founded(now), folder, dirs_exist_ok=True)
    writer = Writer(folder / "store", catalogue, FixedClock(now))
    deliver(folder, writer, rows)
    return open_service(catalogue, folder / "store", FixedClock(now), threads=1), writer


@cache
def _founded(now: datetime) -> Path:
    """Hội An before anything was delivered, founded once in a process."""
    folder = Path(tempfile.mkdtemp(prefix="lantern-founded-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    Writer(folder / "store", hoian(), FixedClock(now)).close()
    return folder


def copied(city: Path, folder: Path, now: datetime = NOW) -> tuple[KpiService, Writer]:
    """A city of Hội An as it stands in ``city``, to be read and changed in ``folder``."""
    shutil.copytree(city, folder, dirs_exist_ok=True)
    writer = Writer(folder / "store", hoian(), FixedClock(now))
    return open_service(hoian(), folder / "store", FixedClock(now), threads=1), writer


def deliver(folder: Path, writer: Writer, rows: Mapping[str, Iterable[Row]], name: str = "1") -> None:
    """Write one file for each source and load them as one batch; every row must be taken."""
    batch = []
    for source_id, given in rows.items():
        source = writer.catalogue.sources[source_id]
        path = folder / "drop" / source.path.replace("*", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        WRITERS.get(source.connector, _delimited)(path, source, list(given))
        found = Discovery(source, folder / "drop").deliveries(writer.cursors(source_id), SETTLED)
        batch.append((source, found))
    loads = writer.load(batch)
    taken = {load.source: (load.delivered, load.loaded) for load in loads}
    assert all(delivered == loaded for delivered, loaded in taken.values()), taken


def _delimited(path: Path, source: Source, rows: list[Row]) -> None:
    lines = StringIO()
    writer = csv.writer(lines, delimiter=source.read.delimiter or ",", lineterminator="\n")
    writer.writerow(source.columns)
    writer.writerows([_text(source, row.get(column)) for column in source.columns.values()] for row in rows)
    path.write_bytes(encode(lines.getvalue(), source.read.encoding or "utf-8"))


def _text(source: Source, cell: Cell) -> str:
    if isinstance(cell, bool):
        return "có" if cell else "không"
    if isinstance(cell, datetime):
        return cell.strftime(MOMENTS[source.read.dates or "ymd"])
    if isinstance(cell, float) and source.read.decimal:
        return str(cell).replace(".", source.read.decimal)
    return "" if cell is None else str(cell)


def _workbook(path: Path, source: Source, rows: list[Row]) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet(source.read.sheet)
        moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        for place, heading in enumerate(source.columns):
            sheet.write(TITLE_LINES, place, heading)
        for line, row in enumerate(rows, TITLE_LINES + 1):
            for place, column in enumerate(source.columns.values()):
                cell = row.get(column)
                if isinstance(cell, datetime):
                    sheet.write_datetime(line, place, cell, moment)
                else:
                    sheet.write(line, place, cell)


def _json_lines(path: Path, source: Source, rows: list[Row]) -> None:
    if source.read.records:
        said: object = [_record(source, row) for row in rows]
        for step in reversed(source.read.records.split(".")):
            said = {step: said}
        path.write_text(json.dumps(said), encoding="utf-8")
        return
    path.write_text("".join(json.dumps(_record(source, row)) + "\n" for row in rows), encoding="utf-8")


def _geojson(path: Path, source: Source, rows: list[Row]) -> None:
    features = [_feature(_record(source, row)) for row in rows]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")


def _feature(record: dict) -> dict:
    place = record.pop("geometry", None)
    point = place and {"type": "Point", "coordinates": [place["lon"], place["lat"]]}
    return {"type": "Feature", "properties": record, "geometry": point}


def _record(source: Source, row: Row) -> dict:
    """A row as an object; ``a.b`` of the source's columns is b within a."""
    record: dict = {}
    for heading, column in source.columns.items():
        cell, (*steps, last) = row.get(column), heading.split(".")
        inner = record
        for step in steps:
            inner = inner.setdefault(step, {})
        inner[last] = cell.isoformat() if isinstance(cell, datetime) else cell
    return record


WRITERS = {"xlsx": _workbook, "jsonl": _json_lines, "geojson": _geojson}
