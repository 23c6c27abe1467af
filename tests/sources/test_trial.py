"""A trial of small files made by hand: what is concluded, what is noticed, what is proposed."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from data.catalogue import load
from data.sources import SourceError
from data.sources.trial import Trial, propose, trial
from data.sources.trial.kind import kind
from data.sources.trial.words import distinct, duration, scalar, slug
from tests.sources.drop import written
from tests.sources.proposed import WRITTEN, through
from tests.sources.proposed import written as pack


def tried(folder: Path, text: str | bytes, name: str = "f.csv") -> Trial:
    return trial(written(folder, text, name=name))


def kinds(found: Trial) -> dict[str, int]:
    return {defect.kind: defect.count for defect in found.defects}


def hours(count: int, step: int = 1) -> list[str]:
    first = datetime(2026, 3, 1)
    return [(first + timedelta(hours=step * n)).isoformat(sep=" ") for n in range(count)]


@pytest.mark.parametrize(
    ("head", "message"),
    [
        (b"", "the file is empty"), (b" \n\n", "the file is empty"), (b"%PDF-1.7", "a PDF document"),
        (b"PK\x03\x04 damaged", "a damaged archive"), (b"\x1f\x8b\x08", "a gzip archive"),
        (b"\x89PNG\r\n", "a picture"), (b"\xd0\xcf\x11\xe0\xa1", "an old Office document"),
        (bytes(range(32)) * 50, "no text and no table"), (b"only,headings\n", "headings and no row"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused(tmp_path, head, message):
    with pytest.raises(SourceError, match=message) as refused:
        tried(tmp_path, head)
    assert "; " in str(refused.value)


def test_no_file_and_a_folder_are_refused(tmp_path):
    for path, message in ((tmp_path / "nothing.csv", "no such file"), (tmp_path, "is a directory")):
        with pytest.raises(SourceError, match=message):
            trial(path)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a,b\n1,2\n", "csv"), ('{"a": 1}\n{"a": 2}\n', "jsonl"), ('[{"a": 1}]', "jsonl"),
        ('{"type": "FeatureCollection", "features": []}', "geojson"), ("{a},b\n1,2\n", "csv"),
        ("[°C],b\n1,2\n", "csv"), ('\ufeff{"a": 1}', "jsonl"),
    ],
)  # fmt: skip
def test_the_bytes_say_what_a_file_is_and_the_name_does_not(tmp_path, text, found):
    assert kind(written(tmp_path, text, name="anything.dat")) == found


def test_types(tmp_path):
    lines = ["code,n,x,on,day,at,clock,word,none"]
    lines += [
        f"0{n},{n},{n}.5,{'yes' if n % 2 else 'no'},0{n}/03/2026,0{n}/03/2026 08:15,8:1{n},w{n}," for n in range(1, 9)
    ]
    found = tried(tmp_path, "\n".join(lines))
    assert {item.heading: item.type for item in found.profiles} == {
        "code": "text", "n": "integer", "x": "number", "on": "boolean", "day": "date", "at": "timestamp",
        "clock": "time", "word": "text", "none": "empty",
    }  # fmt: skip
    assert kinds(found)["empty columns"] == 1


def test_copies_gaps_and_two_rows_of_one_moment(tmp_path):
    times = hours(30)
    del times[10:15]  # one gap of six hours, five rows missing
    lines = ["at,level", *(f"{at},{n}" for n, at in enumerate(times)), f"{times[-1]},24", f"{times[-1]},99"]
    found = tried(tmp_path, "\n".join(lines))
    assert kinds(found) == {"duplicate rows": 1, "duplicate times": 2, "gaps in time": 1}
    assert (found.time.step, found.time.longest, found.time.missing) == (3600, 6 * 3600, 5)
    assert found.series is None


def test_gaps_are_counted_in_each_series(tmp_path):
    rows = [
        f"{at},{name},{n}" for n, at in enumerate(hours(20)) for name in ("east", "west") if (n, name) != (7, "west")
    ]
    found = tried(tmp_path, "\n".join(["at,station,level", *rows]))
    assert (found.series, found.time.gaps, found.time.missing) == (("station",), 1, 1)
    made = propose(found, WRITTEN)
    assert "key: [station]" in made.dataset
    assert "expect: {every: 1 hour, keys: 2}" in made.dataset


def test_a_lonely_lowest_number_is_no_measurement(tmp_path):
    rows = [f"{at},{-200 if n in (3, 5, 8) else n},{-200 + n}" for n, at in enumerate(hours(20))]
    found = tried(tmp_path, "\n".join(["at,a,b", *rows]))
    assert kinds(found) == {"sentinel": 3}
    assert found.of("a").filled == 17
    assert "nulls: ['-200']" in propose(found, WRITTEN).source


def test_text_among_numbers_is_told_and_set_aside(tmp_path):
    rows = [f"{at},{'broken' if n == 4 else n}" for n, at in enumerate(hours(20))]
    path = written(tmp_path, "\n".join(["at,level", *rows]) + "\n")
    loaded = through(path, tmp_path / "city")
    assert loaded.said("text among numbers") == "'level': 1 row with text in a column of numbers: 'broken' (1)"
    assert (loaded.loaded, loaded.reasons) == (19, {"level unreadable": 1})


def test_a_total_that_adds_up_the_series_after_it(tmp_path):
    rows = []
    for month in range(1, 7):
        leaves = {"Asia": 70, "Korea": 40, "Japan": 30, "Europe": 25, "France": 20, "Italy": 5}
        rows += [f"2026-0{month}-01,{name},{value * month}" for name, value in leaves.items()]
    found = tried(tmp_path, "\n".join(["month,market,visitors", *rows]))
    totals = next(defect for defect in found.defects if defect.kind == "totals")
    assert (totals.columns, totals.count) == (("Asia", "Europe"), 12)


def test_a_total_by_name_and_a_total_column(tmp_path):
    rows = [f"x{n},{n},{2 * n},{3 * n}" for n in range(1, 9)] + ["Tổng cộng,36,72,108"]
    found = tried(tmp_path, "\n".join(["name,a,b,Total", *rows]))
    assert kinds(found)["totals"] == 1
    assert "exactly in 100% of rows" in next(d.text for d in found.defects if d.kind == "total column")


def test_a_label_on_the_first_row_of_a_block(tmp_path):
    rows = [f"{f'June quarter {2000 + n // 5}' if n % 5 == 0 else ''},place {n % 5},{n}" for n in range(40)]
    path = written(tmp_path, "\n".join([",place,people", *rows]) + "\n")
    loaded = through(path, tmp_path / "city", ask="SELECT count(DISTINCT day), min(day), count(*) FROM current")
    assert loaded.trial.sample.fill_down == ("column 1",)
    assert loaded.rows == [(8, datetime(2000, 6, 1), 40)]


@pytest.mark.parametrize(
    ("heading", "cells", "join"),
    [
        ("Date;Time", lambda n: f"{n % 28 + 1:02d}/05/2026;{n % 24:02d}.30.00", "at: [Date, Time]"),
        ("year;month;day", lambda n: f"2026;May;{n % 28 + 1}", "day: [year, month, day]"),
        ("Năm;Tháng;Ngày", lambda n: f"2026;5;{n % 28 + 1}", "day: [Năm, Tháng, Ngày]"),
    ],
)
def test_a_time_in_parts_is_joined(tmp_path, heading, cells, join):
    text = "\n".join([f"{heading};n", *(f"{cells(n)};{n}" for n in range(40))]) + "\n"
    loaded = through(written(tmp_path, text), tmp_path / "city")
    assert (loaded.loaded, loaded.quarantined) == (40, 0)
    assert f"join: {{{join}}}" in propose(loaded.trial, WRITTEN).source


def test_parts_beside_the_whole_day_are_left_alone(tmp_path):
    days = (f"2026-05-{n:02d},2026,May,{n}" for n in range(1, 29))
    text = "\n".join(["Date,Year,Month,Day", *days])
    assert tried(tmp_path, text).time.headings == ("Date",)


def test_a_register_without_time_takes_the_day_it_was_written(tmp_path):
    text = "shop_id,name\n" + "".join(f"S{n},shop {n % 7}\n" for n in range(30))
    loaded = through(written(tmp_path, text), tmp_path / "city", ask="SELECT DISTINCT as_of FROM current")
    assert loaded.rows == [(datetime(2026, 11, 20),)]
    made = propose(loaded.trial, WRITTEN)
    assert "kind: entity" in made.dataset
    assert "key: [shop_id]" in made.dataset


def test_the_fullest_sheet_is_tried_and_the_others_are_named(tmp_path):
    path = tmp_path / "report.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Bìa").write(0, 0, "Báo cáo")
        sheet = book.add_worksheet("Số liệu")
        sheet.write_row(0, 0, ["Ngày", "Lượt khách"])
        for row in range(1, 20):
            sheet.write_row(row, 0, [f"{row:02d}/03/2026", row * 10])
    loaded = through(path, tmp_path / "city", ask="SELECT sum(luot_khach) FROM current")
    assert loaded.rows == [(1900,)]
    assert loaded.said("other sheets") == "not looked at: 'Bìa'; declare read.sheet"
    assert "sheet: Số liệu" in propose(loaded.trial, WRITTEN).source


def test_parquet_keeps_moments_and_whole_numbers(tmp_path):
    path = tmp_path / "t.parquet"
    at = [datetime(2026, 1, 1) + timedelta(minutes=5 * n) for n in range(50)]
    pq.write_table(pa.table({"at": at, "n": list(range(50)), "x": [n / 4 for n in range(50)]}), path)
    found = trial(path)
    assert [item.type for item in found.profiles] == ["timestamp", "integer", "number"]
    assert found.time.step == 300
    assert "dates" not in propose(found, WRITTEN).source


@pytest.mark.parametrize(
    ("name", "glob"),
    [
        ("khong_khi_2026-11.csv", "khong_khi_*.csv"), ("gauge_20261124.csv", "gauge_*.csv"),
        ("visits_2016_2022.csv", "visits_*.csv"), ("schema_v2013.csv", "schema_v2013.csv"), ("plain.csv", "plain.csv"),
    ],
)  # fmt: skip
def test_the_next_file_of_a_series_is_found_too(tmp_path, name, glob):
    made = propose(tried(tmp_path, "day,n\n2026-01-01,1\n2026-01-02,2\n", name), WRITTEN)
    assert f"path: {scalar(glob)}\n" in made.source


def test_a_taken_id_gets_a_number(tmp_path):
    made = propose(tried(tmp_path, "day,n\n2026-01-01,1\n", "air.csv"), WRITTEN, frozenset({"air", "air_2"}))
    assert made.id == "air_3"


@pytest.mark.parametrize(
    ("said", "path", "count"),
    [
        ({"meta": [{"a": 1}], "data": {"rows": [{"x": 1}, {"x": 2}, {"x": 3}]}}, "data.rows", 3),
        ({"s": [{"v": [{"x": 1}, {"x": 2}]}, {"v": [{"x": 3}]}]}, "s.*.v", 3),
        ([{"x": 1}, {"x": 2}], None, 2),
        ({"id": 7, "x": 1, "parts": [{"y": 1}, {"y": 2}]}, None, 1),
        ({"x": 1}, None, 1),
    ],
)
def test_records_of_a_document(tmp_path, said, path, count):
    found = tried(tmp_path, json.dumps(said, indent=1), "f.json")
    assert (found.sample.reading.records, found.sample.rows, found.sample.lined) == (path, count, False)
    assert "deliver: replace" in propose(found, WRITTEN).source


def test_lines_of_json_go_on_being_appended(tmp_path):
    lines = [json.dumps({"at": at, "box": {"id": "B1"}, "n": n}) for n, at in enumerate(hours(12))]
    path = written(tmp_path, "\n".join(lines) + "\n", name="f.jsonl")
    loaded = through(path, tmp_path / "city", ask="SELECT sum(n), any_value(box_id) FROM current")
    assert loaded.trial.sample.lined
    assert "deliver: append" in propose(loaded.trial, WRITTEN).source
    assert loaded.rows == [(66, "B1")]


def test_a_document_that_breaks_off_is_refused_with_its_line(tmp_path):
    with pytest.raises(SourceError, match=r"f.json:2: no JSON"):
        tried(tmp_path, '[{"a": 1},\n{"a": ', "f.json")


def test_the_fullest_table_of_a_geopackage(tmp_path):
    path = tmp_path / "two.gpkg"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT);"
            "CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER);"
            "CREATE TABLE few (id INTEGER, n INTEGER); CREATE TABLE many (id INTEGER, n INTEGER);"
            "INSERT INTO gpkg_contents VALUES ('few', 'attributes'), ('many', 'attributes');"
            "INSERT INTO few VALUES (1, 1); INSERT INTO many VALUES (1, 5), (2, 6), (3, 7);"
        )
    loaded = through(path, tmp_path / "city", ask="SELECT sum(n) FROM current")
    assert loaded.rows == [(18,)]
    assert loaded.said("other sheets") == "not looked at: 'few'; declare read.table"


def test_of_a_large_file_the_first_part_is_looked_at_and_said(tmp_path, monkeypatch):
    monkeypatch.setattr("data.sources.trial.sample.MOST_BYTES", 2000)
    text = "at,n\n" + "".join(f"{at},{n}\n" for n, at in enumerate(hours(500)))
    found = tried(tmp_path, text)
    assert (found.sample.whole, found.sample.rows, found.sample.blank) == (False, text[:2000].count("\n") - 1, 0)
    assert found.defects == ()
    monkeypatch.setattr("data.sources.trial.sample.MOST_ROWS", 20)
    assert tried(tmp_path, text).sample.rows == 20


def test_house_numbers_are_words(tmp_path):
    text = "shop_id,house\n" + "".join(f"S{n},{n}{'a' if n % 9 == 0 else ''}\n" for n in range(1, 40))
    found = tried(tmp_path, text)
    assert found.of("house").type == "text"
    assert "text among numbers" not in kinds(found)


def test_words():
    assert [slug(text) for text in ("Mã hồ sơ", "PM2,5", "createdAt", "2026", "Đường", "False")] == [
        "ma_ho_so", "pm2_5", "created_at", "c_2026", "duong", "c_false",
    ]  # fmt: skip
    assert distinct(["a", "a", "b"], ["b"]) == ["a", "a_2", "b_2"]
    assert [scalar(text) for text in ("plain words", "no", "12", "it's", "a: b", "-200")] == [
        "plain words", "'no'", "'12'", "'it''s'", "'a: b'", "'-200'",
    ]  # fmt: skip
    assert [duration(n) for n in (1, 300, 3600, 172_800, 90, 1_209_600)] == [
        "1 second", "5 minutes", "1 hour", "2 days", "90 seconds", "2 weeks",
    ]  # fmt: skip


CELLS = st.text(
    st.characters(exclude_characters=',"\r\n\0', exclude_categories=("Cs",)), max_size=12
) | st.sampled_from(["", "1", "-999", "2,5", "0.5", "31/12/2025", "2026-01-05", "8:30", "NA", "tổng", "&amp;", "x"])


@settings(max_examples=60, deadline=None)
@given(
    headings=st.lists(CELLS, min_size=1, max_size=4, unique=True),
    rows=st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=12),
)
def test_any_table_is_refused_or_gets_a_proposal_that_is_valid(headings, rows):
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder), "\n".join(",".join(cells) for cells in [headings, *rows]))
        try:
            found = trial(path)
        except SourceError as error:
            assert "; " in str(error)
            return
        made = propose(found, WRITTEN)
        catalogue = load(pack(Path(folder) / "pack", made.source, made.dataset))
        assert set(catalogue.sources) == set(catalogue.datasets) == {made.id}
