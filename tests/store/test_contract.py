"""Text becomes typed rows; what cannot is kept with its value and the reason."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from data.areas.vintage import codes
from data.calendar.working import working_days
from data.catalogue import Dataset, Reading, Source, WorkingCalendar
from data.catalogue.loader import load
from data.store.contract import Contract
from data.store.derivation import derived_sql, teach_working_days
from tests.catalogue import pack

COLUMNS = {
    "id": {"type": "text"},
    "place": {"type": "text", "area": True},
    "at": {"type": "timestamp", "required": True},
    "until": {"type": "date"},
    "amount": {"type": "number", "minimum": 0, "maximum": 5000},
    "whole": {"type": "integer"},
    "paid": {"type": "boolean"},
    "gate": {
        "type": "text",
        "values": {"east": {"vi": "Cổng Đông", "en": "East gate"}, "west": {"vi": "Tây", "en": "West"}},
    },
}
GOOD = {"id": "1", "place": "N", "at": "2026-01-05 08:00"}
AREAS = """\
- {id: town, code: T, name: {vi: Phố, en: Town}, level: city, valid_from: 2008-01-29}
- id: old
  code: "20410"
  name: {vi: Cũ, en: Old}
  level: unit
  parent: town
  valid_from: 2008-01-29
  valid_to: 2025-07-01
- {id: new, code: "20410", name: {vi: Mới, en: New}, level: unit, parent: town, valid_from: 2025-07-01}
- {id: north, code: N, name: {vi: Bắc, en: North}, level: unit, parent: town, valid_from: 2025-07-01}
"""


def _dataset(**changed: object) -> Dataset:
    plain = {"id": "thing", "kind": "entity", "name": {"vi": "a", "en": "a"}, "key": ["id"], "time": "at"}
    return Dataset.model_validate_json(json.dumps({**plain, "columns": COLUMNS, **changed}))


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory):
    areas = load(pack.write(tmp_path_factory.mktemp("pack"), areas=AREAS)).areas
    with duckdb.connect() as made:
        made.execute("CREATE TABLE area_codes (code VARCHAR, valid_from DATE, valid_to DATE, id VARCHAR)")
        rows = [(row.code, row.valid_from, row.valid_to, row.area) for row in codes(areas)]
        made.executemany("INSERT INTO area_codes VALUES (?, ?, ?, ?)", rows)
        teach_working_days(made, working_days(WorkingCalendar(country="VN")))
        yield made


def check(connection, rows: list[dict], dataset: Dataset | None = None, reading: Reading | None = None, **source):
    """(good rows, quarantined rows) as dictionaries."""
    dataset = dataset or _dataset()
    names = list(dict.fromkeys(name for row in rows for name in row))
    heads = ", ".join(f'"{name}" VARCHAR' for name in names)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE raw (_load BIGINT, _line BIGINT, {heads})")
    for line, row in enumerate(rows, start=2):
        marks = ", ".join("?" for _ in range(len(names) + 2))
        connection.execute(f"INSERT INTO raw VALUES ({marks})", [1, line, *(row.get(name) for name in names)])
    plain = {"id": "s", "name": {"vi": "a", "en": "a"}, "owner": {"vi": "a", "en": "a"}, "dataset": "thing"}
    plain |= {"connector": "csv", "path": "a", "fresh_within": "1 day", **source}
    made = Source.model_validate_json(json.dumps(plain))
    headings = {"_load": "BIGINT", "_line": "BIGINT", **dict.fromkeys(names, "VARCHAR")}
    zone, now = "Asia/Ho_Chi_Minh", datetime(2026, 11, 24, 19, 42)
    contract = Contract(made, dataset, reading or Reading(), headings, zone, "town", now, ("at",))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE typed AS {contract.typed_sql('raw')}")
    found = []
    for sql in (contract.good_sql("typed", derived_sql(dataset)), contract.bad_sql("typed")):
        cursor = connection.execute(sql)
        heads = [item[0] for item in cursor.description]
        found.append([dict(zip(heads, row, strict=True)) for row in cursor.fetchall()])
    return found


@pytest.mark.parametrize(
    ("changed", "name", "value", "reason"),
    [
        ({"_fault": "2 cells too many"}, "_shape", "2 cells too many", "shape"),
        ({"id": ""}, "id", None, "missing"),
        ({"at": None}, "at", None, "missing"),
        ({"at": "31/02/2026"}, "at", "31/02/2026", "unreadable"),
        ({"amount": "1,5"}, "amount", "1,5", "unreadable"),
        ({"whole": "1.5"}, "whole", "1.5", "unreadable"),
        ({"paid": "maybe"}, "paid", "maybe", "unreadable"),
        ({"amount": "-1"}, "amount", "-1", "range"),
        ({"amount": "5000.01"}, "amount", "5000.01", "range"),
        ({"at": "1850-01-01"}, "at", "1850-01-01", "range"),
        ({"gate": "south"}, "gate", "south", "value"),
        ({"place": "Z"}, "place", "Z", "reference"),
        ({"at": "2026-11-26 08:00"}, "at", "2026-11-26 08:00", "future"),
        ({"until": "2026-01-04"}, "until", "2026-01-04", "rule"),
        ({"place": "Z", "at": "soon"}, "at", "soon", "unreadable"),
    ],
)
def test_each_fault_is_kept_with_its_value_and_line(connection, changed, name, value, reason):
    dataset = _dataset(rules=[["until", "ge", {"column": "at"}]])
    good, bad = check(connection, [GOOD, {**GOOD, **changed}], dataset)
    assert [row["_line"] for row in good] == [2]
    assert [(r["_line"], r["name"], r["value"], r["reason"]) for r in bad] == [(3, name, value, reason)]
    assert '"id":' in bad[0]["row"]


def test_due_dates_may_lie_in_the_future(connection):
    good, bad = check(connection, [{**GOOD, "until": "2027-05-01"}])
    assert (len(good), bad) == (1, [])


@pytest.mark.parametrize(
    ("text", "mark", "value"),
    [
        ("1234,5", ",", "1234.5"), ("1.234,5", ",", "1234.5"), ("1,234.5", ".", "1234.5"), ("1.234", ",", "1234"),
        ("1.234", ".", "1.234"), ("12.34,5", ",", None), ("1,2,3", ".", None), ("1e3", ".", "1000"), ("--1", ".", None),
    ],
)  # fmt: skip
def test_numbers_with_the_declared_mark_and_groups_of_three(connection, text, mark, value):
    good, bad = check(connection, [{**GOOD, "amount": text}], reading=Reading(decimal=mark))
    assert [row["amount"] for row in good] == ([Decimal(value)] if value else [])
    assert len(bad) == (value is None)


def test_large_whole_numbers_stay_whole(connection):
    good, _ = check(connection, [{**GOOD, "whole": "9007199254740993"}])
    assert good[0]["whole"] == 9007199254740993


@pytest.mark.parametrize(
    ("text", "order", "moment"),
    [
        ("04/05/2026", "dmy", datetime(2026, 5, 4)), ("04/05/2026 17:30", "dmy", datetime(2026, 5, 4, 17, 30)),
        ("04/05/2026", "mdy", datetime(2026, 4, 5)), ("2026-05-04", "ymd", datetime(2026, 5, 4)),
        ("20260504", "ymd", datetime(2026, 5, 4)), ("2026-05-04 07:08:09", "dmy", datetime(2026, 5, 4, 7, 8, 9)),
        ("4/5/26 5:06 PM", "dmy", datetime(2026, 5, 4, 17, 6)),
        ("2026-05-04T01:00:00Z", "ymd", datetime(2026, 5, 4, 8)),
        ("2026-05-04 01:00:00+09:00", "ymd", datetime(2026, 5, 3, 23)),
    ],
)  # fmt: skip
def test_moments_as_offices_write_them(connection, text, order, moment):
    good, bad = check(connection, [{**GOOD, "at": text}], reading=Reading(dates=order))
    assert [row["at"] for row in good] == [moment], bad


def test_a_zone_of_the_source_is_moved_to_the_citys(connection):
    good, _ = check(connection, [{**GOOD, "at": "2026-05-04 01:00"}], reading=Reading(timezone="UTC"))
    assert good[0]["at"] == datetime(2026, 5, 4, 8)


@pytest.mark.parametrize("text", ["east", "EAST", "cổng đông", "CỔNG ĐÔNG", "East Gate", "Co\u0302\u0309ng Đo\u0302ng"])
def test_values_by_key_or_label_in_either_language(connection, text):
    good, bad = check(connection, [{**GOOD, "gate": text}])
    assert [row["gate"] for row in good] == ["east"], bad


def test_text_is_kept_composed(connection):
    good, _ = check(connection, [{**GOOD, "id": "Ho\u0302\u0300 s\u01a1"}])
    assert good[0]["id"] == "Hồ sơ"


@pytest.mark.parametrize(("text", "value"), [("Có", True), ("x", True), ("KHÔNG", False), ("0", False), ("", None)])
def test_yes_and_no(connection, text, value):
    good, _ = check(connection, [{**GOOD, "paid": text}])
    assert good[0]["paid"] is value


def test_an_area_is_what_its_code_meant_on_the_day(connection):
    rows = [
        {**GOOD, "id": str(n), "place": "20410", "at": at} for n, at in enumerate(("2025-06-30 23:59", "2025-07-01"))
    ]
    good, _ = check(connection, [*rows, {**GOOD, "id": "9", "place": ""}])
    assert [row["_area"] for row in sorted(good, key=lambda r: r["id"])] == ["old", "new", "town"]


def test_a_code_not_yet_valid_is_a_broken_reference(connection):
    _, bad = check(connection, [{**GOOD, "at": "2025-06-30"}])
    assert bad[0]["reason"] == "reference"


def test_declared_nulls_constants_and_renamed_headings(connection):
    rows = [{"ma": "7", "thoi_diem": "2026-01-05", "so_tien": "-999"}]
    columns = {"ma": "id", "thoi_diem": "at", "so_tien": "amount"}
    good, bad = check(connection, rows, reading=Reading(nulls=("-999",)), columns=columns, constants={"place": "N"})
    assert bad == []
    assert (good[0]["id"], good[0]["amount"], good[0]["_area"], good[0]["gate"]) == ("7", None, "north", None)


def test_working_days_over_tet(connection):
    """Tết 2024: Thursday 8 to Wednesday 14 February are free, so 7 and 15 February are neighbours."""
    derive = {
        "took": {"working_days": ["at", "until"]},
        "due": {"working_day_after": "at", "days": 2},
        "hours": {"hours": ["at", "until"]},
    }
    good, bad = check(connection, [{"id": "1", "at": "2024-02-07", "until": "2024-02-19"}], _dataset(derive=derive))
    assert bad == []
    assert (good[0]["took"], good[0]["due"], good[0]["hours"]) == (3, datetime(2024, 2, 16), 288)


def test_days_before_the_calendar_have_no_working_days(connection):
    good, _ = check(
        connection, [{"id": "1", "at": "1990-02-07"}], _dataset(derive={"due": {"working_day_after": "at", "days": 2}})
    )
    assert good[0]["due"] is None


def test_quarantine_on_disk_holds_value_and_reason(town):
    town.put("visit_1.csv", "2026-01-05,east,5", "2026-01-05,east,-3", "2026-01-05,moon,5")
    town.tick()
    load = town.writer.loads[1]
    assert (load.delivered, load.loaded, load.misformed, load.misruled) == (3, 1, 0, 2)
    path = Path(town.store / load.quarantine)
    assert town.rows(f"SELECT _line, name, value, reason FROM '{path}' ORDER BY 1") == [
        (3, "people", "-3", "range"),
        (4, "gate", "moon", "value"),
    ]
