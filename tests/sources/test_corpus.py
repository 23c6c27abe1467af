"""A corpus of spoilt files: each is refused with its name and a remedy, or set aside row by row."""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from data.sources import SourceError
from data.sources.delivery import FAULT
from tests.sources.drop import pull, written

COLUMNS = {"Ngày": "at", "Khách": "guests"}
LATIN = {"encoding": "utf-8"}
Make = Callable[[Path], Path]


def text(content: str | bytes, name: str) -> Make:
    return lambda folder: written(folder, content, name=name)


def sheet(*rows: tuple, name: str = "f.xlsx") -> Make:
    def make(folder: Path) -> Path:
        with xlsxwriter.Workbook(str(folder / name)) as book:
            page = book.add_worksheet("S")
            for line, row in enumerate(rows):
                page.write_row(line, 0, row)
        return folder / name

    return make


def table(columns: dict) -> Make:
    def make(folder: Path) -> Path:
        out = io.BytesIO()
        pq.write_table(pa.table(columns), out)
        return written(folder, out.getvalue(), name="f.parquet")

    return make


def package(*statements: str) -> Make:
    def make(folder: Path) -> Path:
        with sqlite3.connect(folder / "f.gpkg") as base:
            for statement in statements:
                base.execute(statement)
        return folder / "f.gpkg"

    return make


CONTENTS = "CREATE TABLE gpkg_contents (table_name, data_type)"
GEOMETRY = "CREATE TABLE gpkg_geometry_columns (table_name, column_name, srs_id)"
POINT = {"type": "Point", "coordinates": [108.3, 15.8]}
FEATURES = {"type": "FeatureCollection", "features": []}
GOOD = {"type": "Feature", "properties": {"Ngày": "2026-01-02", "Khách": 3}, "geometry": POINT}

REFUSED: list[tuple[str, str, Make, dict, str]] = [
    ("csv", "only blanks", text("\n\n  \n", "f.csv"), {}, "heading"),
    ("csv", "no mapped heading", text("a,b\n1,2\n", "f.csv"), {}, "no heading 'Ngày'"),
    ("csv", "one heading missing", text("Ngày,b\n2026-01-02,2\n", "f.csv"), {}, "no heading 'Khách'"),
    ("csv", "a heading twice", text("Ngày,Khách,Khách\n2026-01-02,2,3\n", "f.csv"), {}, "stands twice"),
    ("csv", "another encoding", text("Ngày,Khách\n".encode("utf-16-le"), "f.csv"), {"read": LATIN}, "f.csv"),
    ("csv", "not in the encoding declared", text(b"Ng\xe0y,Kh\xe1ch\n1,2\n", "f.csv"), {"read": LATIN}, "f.csv"),
    ("csv", "an unknown encoding", text("Ngày,Khách\n", "f.csv"), {"read": {"encoding": "utf-99"}}, "utf-99"),
    ("csv", "another delimiter", text("Ngày;Khách\n2026-01-02;2\n", "f.csv"), {"read": {"delimiter": ","}}, "Khách"),
    ("csv", "a workbook by another name", text(b"PK\x03\x04" + b"\0" * 400, "f.csv"), {}, "f.csv"),
    ("xlsx", "no zip", text("Ngày,Khách\n", "f.xlsx"), {}, "no readable workbook"),
    ("xlsx", "an old workbook", text(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "f.xlsx"), {}, "workbook"),
    ("xlsx", "a cut zip", text(b"PK\x03\x04" + b"\0" * 30, "f.xlsx"), {}, "no readable workbook"),
    ("xlsx", "another sheet", sheet(("Ngày", "Khách"), (1, 2)), {"read": {"sheet": "T"}}, "no sheet 'T'"),
    ("xlsx", "no mapped heading", sheet(("a", "b"), (1, 2)), {}, "no heading"),
    ("xlsx", "a heading twice", sheet(("Ngày", "Khách", "Khách"), (1, 2, 3)), {}, "stands twice"),
    ("xlsx", "an empty sheet", sheet(), {}, "headings"),
    ("xlsx", "titles past the end", sheet(("Ngày", "Khách")), {"read": {"title_lines": 9}}, "no headings"),
    ("parquet", "no parquet", text("Ngày,Khách\n", "f.parquet"), {}, "no readable Parquet"),
    ("parquet", "cut short", text(b"PAR1" + b"\0" * 20, "f.parquet"), {}, "no readable Parquet"),
    ("parquet", "empty", text(b"PAR1", "f.parquet"), {}, "no readable Parquet"),
    ("parquet", "another column", table({"Ngày": ["x"], "khach": [1]}), {}, "no heading 'Khách'"),
    ("jsonl", "not UTF-8", text(b'{"Ng\xe0y": 1}\n', "f.jsonl"), {}, "UTF-8"),
    ("jsonl", "none of the paths", text('{"a": 1}\n', "f.jsonl"), {}, "none of Ngày, Khách"),
    ("jsonl", "a list cut short", text('[{"Ngày": 1},', "f.jsonl"), {}, "no JSON"),
    ("jsonl", "records elsewhere", text('{"x": []}', "f.jsonl"), {"read": {"records": "rows"}}, "no records at 'rows'"),
    ("jsonl", "records that are a number", text('{"rows": 3}', "f.jsonl"), {"read": {"records": "rows.0"}}, "rows.0"),
    ("jsonl", "infinity", text('[{"Ngày": Infinity}]', "f.jsonl"), {}, "no number of JSON"),
    ("geojson", "no JSON", text("<gml/>", "f.geojson"), {}, "no JSON"),
    ("geojson", "a bare geometry", text(json.dumps(POINT), "f.geojson"), {}, "neither FeatureCollection"),
    ("geojson", "metres", text(json.dumps(FEATURES | {"crs": {"properties": {"name": "EPSG:32649"}}}), "f.geojson"),
     {}, "not in degrees"),
    ("geojson", "no features", text('{"type": "FeatureCollection", "features": 3}', "f.geojson"), {}, "list"),
    ("geojson", "other properties", text(json.dumps(FEATURES | {"features": [{"type": "Feature", "properties": {"a": 1},
     "geometry": POINT}]}), "f.geojson"), {}, "none of Ngày, Khách"),
    ("geopackage", "no database", text("x" * 300, "f.gpkg"), {}, "no readable GeoPackage"),
    ("geopackage", "a plain database", package("CREATE TABLE t (a)"), {}, "no readable GeoPackage"),
    ("geopackage", "no tables", package(CONTENTS, GEOMETRY), {}, "0 tables"),
    ("geopackage", "two tables", package(CONTENTS, GEOMETRY, "INSERT INTO gpkg_contents VALUES ('a', 'features'), "
     "('b', 'features')"), {}, "name one in read"),
    ("geopackage", "another table", package(CONTENTS, GEOMETRY, "INSERT INTO gpkg_contents VALUES ('a', 'features')"),
     {"read": {"table": "b"}}, "no table 'b'"),
    ("geopackage", "a table that is not there", package(CONTENTS, GEOMETRY, "INSERT INTO gpkg_contents VALUES "
     "('a', 'features')"), {}, "no readable GeoPackage"),
]  # fmt: skip
ASIDE: list[tuple[str, str, Make, list[bool]]] = [
    ("csv", "a cell too many", text("Ngày,Khách\n2026-01-02,2\n2026-01-03,3,9\n", "f.csv"), [False, True]),
    ("csv", "a cell too few", text("Ngày,Khách\n2026-01-02,2\n2026-01-03\n", "f.csv"), [False, True]),
    ("csv", "a quote never closed", text('Ngày,Khách\n2026-01-02,2\n"2026-01-03,3\n', "f.csv"), [False, True]),
    ("jsonl", "a broken line", text('{"Ngày": "x", "Khách": 1}\n{"Ngày": \n', "f.jsonl"), [False, True]),
    ("jsonl", "a list for a record", text('{"Ngày": "x", "Khách": 1}\n[]\n7\n', "f.jsonl"), [False, True, True]),
    ("geojson", "a feature that is none", text(json.dumps(FEATURES | {"features": [GOOD, None]}), "f.geojson"),
     [False, True]),
    ("geojson", "a circle", text(json.dumps(FEATURES | {"features": [GOOD, GOOD | {"geometry": {"type": "Circle"}}]}),
     "f.geojson"), [False, True]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "defect", "make", "more", "said"), REFUSED, ids=[f"{kind}: {defect}" for kind, defect, *_ in REFUSED]
)
def test_a_spoilt_file_is_refused_with_its_name_and_a_remedy(
    tmp_path: Path, kind: str, defect: str, make: Make, more: dict, said: str
) -> None:
    path = make(tmp_path)
    with pytest.raises(SourceError) as refused:
        pull(path, kind, columns=COLUMNS, deliver="replace", **more)
    assert path.name in str(refused.value), defect
    assert said in str(refused.value)
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("kind", "defect", "make", "faults"), ASIDE, ids=[f"{kind}: {defect}" for kind, defect, *_ in ASIDE]
)
def test_a_spoilt_row_is_set_aside_and_the_others_are_read(
    tmp_path: Path, kind: str, defect: str, make: Make, faults: list[bool]
) -> None:
    found = pull(make(tmp_path), kind, columns=COLUMNS, deliver="replace")
    assert [bool(fault) for fault in found.table[FAULT].to_pylist()] == faults, defect
