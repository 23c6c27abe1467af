"""JSON lines and JSON documents: paths become columns, a bad line is set aside, a bad file says where."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from data.sources import SourceError
from data.sources.delivery import FAULT, LINE
from data.sources.discovery import Discovery
from tests.sources.drop import REAL, pull, rows, source, written

LINES = '{"at": "2026-11-24 08:00", "box": {"id": 7}, "up": true}\n{"at": "x", "box": {"id": 8}, "up": null}\n'
MAPPED = {"at": "at", "box.id": "box", "up": "up"}


def test_nested_values_are_columns_with_their_types(tmp_path: Path) -> None:
    found = pull(written(tmp_path, LINES), "jsonl", columns=MAPPED)
    assert rows(found) == [("2026-11-24 08:00", 7, True), ("x", 8, None)]
    assert found.table[LINE].to_pylist() == [1, 2]


def test_a_line_that_is_no_record_is_set_aside_with_its_number(tmp_path: Path) -> None:
    found = pull(written(tmp_path, LINES + '\n{"at": "cut\n[1]\n{"box": {"id": 9}}\n'), "jsonl", columns=MAPPED)
    assert found.table[LINE].to_pylist() == [1, 2, 4, 5, 6]
    faults = found.table[FAULT].to_pylist()
    assert [bool(fault) for fault in faults] == [False, False, True, True, False]
    assert "no JSON" in faults[2]
    assert "one object" in faults[3]


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ([{"a": 1}, {"a": 2}], {}),
        ({"data": {"rows": [{"a": 1}, {"a": 2}]}}, {"records": "data.rows"}),
        ({"data": [{"x": 0}, {"rows": [{"a": 1}, {"a": 2}]}]}, {"records": "data.1.rows"}),
    ],
)
def test_a_document_holds_a_list_of_records(tmp_path: Path, said: object, read: dict) -> None:
    found = pull(written(tmp_path, json.dumps(said, indent=1)), "jsonl", read=read, deliver="replace")
    assert rows(found) == [(1,), (2,)]


def test_one_object_is_one_record(tmp_path: Path) -> None:
    assert rows(pull(written(tmp_path, '{\n "a": 1.5,\n "b": "é"\n}'), "jsonl")) == [(1.5, "é")]


@pytest.mark.parametrize(
    ("text", "read", "message"),
    [
        ('[{"a": 1},\n{"a": ]', {}, "f.csv:2: no JSON"),
        ('{"rows": []}', {"records": "row"}, "did you mean 'rows'?"),
        (b'{"a": "\xe9"}', {}, "write it in UTF-8"),
        ('{"b": 1}\n', {}, "none of a is there; found b"),
        ('[{"a": NaN}]', {}, "NaN is no number"),
        ("[" * 100_000, {}, "nest less deeply"),
    ],
)
def test_a_file_that_cannot_be_read_says_where_and_what_to_do(
    tmp_path: Path, text: str | bytes, read: dict, message: str
) -> None:
    with pytest.raises(SourceError) as refused:
        pull(written(tmp_path, text), "jsonl", read=read, columns={"a": "a"}, deliver="replace")
    assert message in str(refused.value)


def test_numbers_beyond_64_bits_and_mixed_types_are_text(tmp_path: Path) -> None:
    found = pull(written(tmp_path, f'{{"n": {10**30}, "m": 1}}\n{{"n": 2, "m": "a"}}\n'), "jsonl")
    assert rows(found) == [(str(10**30), "1"), ("2", "a")]


def test_an_open_last_line_waits_until_it_is_whole(tmp_path: Path) -> None:
    path = written(tmp_path, LINES + '{"at": "2026', name="f.jsonl")
    folder = Discovery(source("f.jsonl", "jsonl", columns=MAPPED), tmp_path)
    [first] = folder.deliveries({}, path.stat().st_mtime)
    assert first.end == len(LINES)
    path.write_text(LINES + '{"at": "2026", "box": {"id": "q\\""}}\n')
    [rest] = folder.deliveries({"f.jsonl": first.cursor}, path.stat().st_mtime)
    assert (rest.start, rest.cursor.lines) == (len(LINES), 3)


def test_a_river_gauge_of_a_live_service() -> None:
    found = pull(REAL / "usgs_gage_iv_sample.json", "jsonl", read={"records": "value.timeSeries"}, deliver="replace")
    assert found.table.num_rows == 4
    assert found.table["values.0.value.0.dateTime"][0].as_py().endswith("-05:00")
