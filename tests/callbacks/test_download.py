"""Files of what is on the screen: opened by their own readers, they hold the same numbers."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from app import serve
from data.catalogue import Text
from data.clock.clock import FixedClock
from data.kpis.rows import RowColumn
from layouts.documents import book as booked
from layouts.documents.book import workbook_rows
from layouts.documents.rows import csv_rows, parquet_rows
from tests.kpis.delivered import NOW
from tests.kpis.november import loaded

VIEW = "?from=2026-11-01&to=2026-11-24&grain=day&compare=previous&by=channel"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    service, writer = loaded(tmp_path_factory.mktemp("files"))
    app, _ = serve(service.catalogue, service, FixedClock(NOW))
    yield app.server.test_client()
    writer.close()


def sheets(content: bytes) -> dict[str, list[list]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_a_workbook_has_figures_definitions_sources_and_says_what_it_is(client: FlaskClient) -> None:
    answer = client.get(f"/kpi/DVC-03.xlsx{VIEW}")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="DVC-03_2026-11-01_2026-11-24_')
    book = sheets(answer.data)
    assert list(book) == ["Số liệu", "Định nghĩa", "Nguồn", "Về tệp này"]
    whole = dict(zip(*book["Số liệu"][:2], strict=True))
    assert whole["Giá trị"] == pytest.approx(200 / 3)  # d1 and d5 of d1, d2, d5
    assert whole["Đơn vị tính"] == "%"
    buckets = [row for row in book["Số liệu"][1:] if isinstance(row[3], date)]
    assert len(buckets) == 24
    assert {row[4] for row in book["Số liệu"][1:]} >= {"Trực tuyến", "Trực tiếp", "Bưu chính công ích"}
    assert book["Định nghĩa"][1][0] == "DVC-03"
    assert book["Nguồn"][1][0] == "Hệ thống một cửa"
    about = dict(row for row in book["Về tệp này"][1:])
    assert "MÔ PHỎNG" in about["Tính chất"]
    assert about["Bản chụp số"] >= 1
    assert about["So sánh"]


def test_nothing_is_no_number_and_says_why(client: FlaskClient) -> None:
    rows = sheets(client.get(f"/kpi/DVC-03.xlsx{VIEW}").data)["Số liệu"][1:]
    quiet = [row for row in rows if isinstance(row[3], date) and row[3].day == 1]
    assert [(row[5], row[7]) for row in quiet] == [("", "không áp dụng")]


def test_a_parquet_file_is_typed_and_carries_its_definition(client: FlaskClient, tmp_path) -> None:
    path = tmp_path / "view.parquet"
    path.write_bytes(client.get(f"/kpi/DVC-03.parquet{VIEW}").data)
    told = {key.decode(): value.decode() for key, value in pq.read_schema(path).metadata.items()}
    assert told["lantern.definition.DVC-03"]
    assert "MÔ PHỎNG" in told["lantern.Tính chất"]
    rows = duckdb.sql(f"SELECT value, unit FROM '{path}' WHERE bucket IS NULL AND part IS NULL").fetchall()
    assert rows == [(pytest.approx(200 / 3), "%")]


def test_a_board_is_taken_with_every_tile(client: FlaskClient) -> None:
    rows = sheets(client.get("/board/egov.xlsx").data)["Số liệu"][1:]
    assert {"DVC-03", "DVC-05", "DVC-28"} <= {row[0] for row in rows}
    of_area = sheets(client.get("/board/egov.xlsx?area=hoi_an_dong").data)
    assert dict(row for row in of_area["Về tệp này"][1:])["Địa bàn"] == "Phường Hội An Đông"
    assert client.get("/board/egov.parquet").status_code == 200


def test_a_drawing_stands_alone(client: FlaskClient) -> None:
    text = client.get(f"/kpi/DVC-01.svg{VIEW}").data.decode()
    root = ElementTree.fromstring(text)
    assert root.find(f"{SVG}title").text == "Hồ sơ tiếp nhận"
    words = " ".join(node.text or "" for node in root.iter(f"{SVG}text"))
    assert "Hệ thống một cửa" in words
    assert "mô phỏng" in words
    assert "var(" not in text
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize("path", ["/kpi/XX-99.xlsx", "/kpi/DVC-01.docm", "/board/none.xlsx", "/board/egov.csv"])
def test_what_there_is_none_of_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_names_are_in_the_language_of_the_reader(client: FlaskClient) -> None:
    client.set_cookie("lang", "en")
    assert next(iter(sheets(client.get(f"/kpi/DVC-03.xlsx{VIEW}").data))) == "Figures"
    client.delete_cookie("lang")


def test_a_map_opens_in_a_map_program_with_its_numbers_and_where_they_come_from(client: FlaskClient) -> None:
    answer = client.get(f"/kpi/DVC-01.geojson{VIEW}")
    assert answer.mimetype == "application/geo+json"
    told = json.loads(answer.data)
    features = {feature["id"]: feature for feature in told["features"]}
    figures = sheets(client.get(f"/kpi/DVC-01.xlsx{VIEW.replace('channel', 'area')}").data)["Số liệu"]
    ward = next(row for row in figures if row[4] == "Phường Hội An")
    assert features["hoi_an"]["properties"]["value"] == ward[5] > 0
    (ring,), *_ = features["hoi_an"]["geometry"]["coordinates"]
    assert ring[0] == ring[-1]
    assert all(107.9 < longitude < 108.6 and 15.7 < latitude < 16.1 for longitude, latitude in ring)
    turns = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(ring))
    assert turns > 0, "outer rings run against the clock"
    assert {"Bản chụp số", "Số liệu đến", "Địa chỉ", "outlines"} <= told["about"].keys()
    assert "MÔ PHỎNG" in told["about"]["Tính chất"]
    assert client.get(f"/kpi/DL-06.geojson{VIEW}").status_code == 404


def test_a_map_as_geopackage_says_what_the_one_as_geojson_says(client: FlaskClient, tmp_path: Path) -> None:
    answer = client.get(f"/kpi/DVC-01.gpkg{VIEW}")
    assert answer.mimetype == "application/geopackage+sqlite3"
    path = tmp_path / "map.gpkg"
    path.write_bytes(answer.data)
    told = json.loads(client.get(f"/kpi/DVC-01.geojson{VIEW}").data)["features"]
    with closing(sqlite3.connect(path)) as file:
        (name,) = file.execute("SELECT table_name FROM gpkg_contents WHERE data_type = 'features'").fetchone()
        rows = file.execute(f'SELECT area, value FROM "{name}" ORDER BY fid').fetchall()
    assert rows == [(one["properties"]["area"], one["properties"]["value"]) for one in told]
    assert client.get(f"/kpi/DL-06.gpkg{VIEW}").status_code == 404


def test_the_rows_under_a_number_are_sent_as_they_lie(client: FlaskClient) -> None:
    held = pq.read_table(io.BytesIO(client.get(f"/kpi/DVC-01/rows.parquet{VIEW}").data))
    (figure,) = (row for row in sheets(client.get(f"/kpi/DVC-01.xlsx{VIEW}").data)["Số liệu"][1:2])
    assert held.num_rows == figure[5] > 0
    assert "MÔ PHỎNG" in held.schema.metadata[b"lantern.T\xc3\xadnh ch\xe1\xba\xa5t"].decode()
    text = client.get(f"/kpi/DVC-01/rows.csv{VIEW}").data.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    about = [line for line in lines if line[0].startswith("# ")]
    assert [line[0] for line in about if "chụp" in line[0]] == ["# Bản chụp số"]
    heads, *rows = lines[len(about) :]
    assert len(rows) == held.num_rows and len(heads) == len(held.schema)
    received = held.column("received_at").to_pylist()
    assert [row[held.schema.get_field_index("received_at")] for row in rows] == [str(at) for at in received]
    book = sheets(client.get(f"/kpi/DVC-01/rows.xlsx{VIEW}").data)
    assert len(book["Dòng dữ liệu"]) == held.num_rows + 1
    place = book["Dòng dữ liệu"][0].index(heads[held.schema.get_field_index("received_at")])
    assert [row[place] for row in book["Dòng dữ liệu"][1:]] == received
    assert dict(book["Về tệp này"])["Bản chụp số"] == about[[line[0] for line in about].index("# Bản chụp số")][1]
    assert [client.get(f"/kpi/{path}").status_code for path in ("NO-1/rows.csv", "DVC-01/rows.svg")] == [404, 404]


def test_a_row_that_a_spreadsheet_would_compute_is_disarmed() -> None:
    columns = [RowColumn("note", Text(vi="Ghi chú", en="Note"), "text")]
    batch = pa.record_batch({"note": ["=1+1", "a, b", None, "@x", 'đèn "lồng"', ""]})
    told = b"".join(csv_rows(columns, [batch], [("nguồn", "x")], "vi")).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(told)))[2:] == [["'=1+1"], ["a, b"], [], ["'@x"], ['đèn "lồng"'], [""]]


ODD = ["=1+1", "a & b < c", None, " _x0041_ \x07\r\n", "Đèn lồng \U0001f3ee", "x" * 40_000]
CELLS = {
    "text": ODD, "count": pa.array([0, -1, None, 2**53, 5, 6]), "share": [0.1, float("nan"), None, 1e-9, 1e21, -2.5],
    "price": [Decimal("12.30"), None, None, Decimal("-0.05"), Decimal(0), Decimal(7)], "yes": [True, False, None] * 2,
    "day": [date(2024, 2, 29), None, date(1999, 12, 31), date(2026, 1, 1), date(1970, 1, 1), date(2030, 7, 9)],
    "at": [datetime(2026, 11, 30, 23, 59, 59), None, *[datetime(2026, 1, 1, 6)] * 4], "hour": [time(6), None] * 3,
}  # fmt: skip


def test_a_workbook_holds_every_value_as_its_own_kind() -> None:
    """Read by a library that did not write it, against what went in."""
    columns = [RowColumn(name, Text(vi=name, en=name), "text") for name in CELLS]
    made = b"".join(workbook_rows(columns, [pa.record_batch(CELLS)], [("tệp", NOW)], "vi"))
    (heads, *rows), about = sheets(made).values()
    assert heads == list(CELLS) and about == [["tệp", NOW.isoformat(sep=" ", timespec="seconds")]]
    told = dict(zip(heads, zip(*rows, strict=True), strict=True))
    assert told["text"][:3] == ("=1+1", "a & b < c", "") and told["text"][4:] == (ODD[4], "x" * 32_767)
    assert told["count"] == (0, -1, "", 2**53, 5, 6) and told["share"] == (0.1, "", "", 1e-9, 1e21, -2.5)
    assert told["price"] == (12.3, "", "", -0.05, 0, 7) and told["yes"] == (True, False, "") * 2
    days = [None if cell == "" else cell.date() if isinstance(cell, datetime) else cell for cell in told["day"]]
    assert days == CELLS["day"]
    assert told["at"] == (CELLS["at"][0], "", *CELLS["at"][2:])
    sheet = ZipFile(io.BytesIO(made)).read("xl/worksheets/sheet1.xml").decode()
    assert "_x005F_x0041_ \ufffd_x000D_\n" in sheet  # as Excel writes what it would read as something else


def test_what_a_sheet_cannot_hold_goes_on_on_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(booked, "MOST_ROWS", 5)
    columns = [RowColumn("n", Text(vi="n", en="n"), "integer")]
    batches = [pa.record_batch({"n": [first, first + 1, first + 2]}) for first in (0, 3, 6)]
    *rows, _ = sheets(b"".join(workbook_rows(columns, batches, [], "vi"))).items()
    assert rows == [("Dòng dữ liệu", [["n"], [0], [1], [2]]), ("Dòng dữ liệu 2", [["n"], [3], [4], [5]]),
                    ("Dòng dữ liệu 3", [["n"], [6], [7], [8]])]  # fmt: skip


def test_a_workbook_is_sent_while_its_rows_are_read() -> None:
    """Nothing is held back: of a hundred batches as many were read as were sent, and hanging up reads no more."""
    read: list[int] = []
    batch = pa.record_batch({"n": list(range(1000))})
    sent = workbook_rows([RowColumn("n", Text(vi="n", en="n"), "integer")],
                         (read.append(n) or batch for n in range(100)), [], "vi")  # fmt: skip
    next(sent)
    assert len(read) == 1
    next(sent)
    assert len(read) == 2
    sent.close()
    assert len(read) == 2


def test_no_rows_are_a_file_too() -> None:
    columns = [RowColumn("n", Text(vi="Số", en="n"), "integer")]
    assert pq.read_table(io.BytesIO(b"".join(parquet_rows(columns, [], [], "vi")))).num_rows == 0
    assert b"".join(csv_rows(columns, [], [], "vi")).decode("utf-8-sig") == "Số\r\n"
    assert sheets(b"".join(workbook_rows(columns, [], [], "vi")))["Dòng dữ liệu"] == [["Số"]]


def test_a_file_says_what_each_part_did_to_the_change(client: FlaskClient) -> None:
    held = pq.read_table(io.BytesIO(client.get(f"/kpi/DVC-01.parquet{VIEW}").data)).to_pylist()
    whole = next(row for row in held if row["part"] is None and row["bucket"] is None)
    effects = [row["effect"] for row in held if row["by"] == "channel" and row["effect"] is not None]
    assert sum(effects) == pytest.approx(whole["value"] - whole["compared"])


@pytest.mark.parametrize("against", ["area:tan_hiep", "target", "event:night-2026-10-23", "none"])
@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet", "svg"])
def test_whatever_a_view_is_held_against_it_can_be_taken_away(client: FlaskClient, kind: str, against: str) -> None:
    answer = client.get(f"/kpi/DVC-03.{kind}?from=2026-11-01&to=2026-11-24&area=hoi_an&compare={against}")
    assert answer.status_code == 200
    if kind == "svg" and against.startswith("area"):
        assert "Xã Tân Hiệp" in answer.get_data(as_text=True)
