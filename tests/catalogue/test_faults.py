"""Faults between entries: each is said with its file, its line and a remedy."""

from __future__ import annotations

import pytest

from data.catalogue import CatalogueError, load
from tests.catalogue.pack import AREAS, CITY, DATASETS, FILES, KPIS, SOURCES, line_of, write

EVENT = "events:\n  - {id: fair, name: {vi: Hội, en: Fair}, start: 2026-02-10, end: 2026-02-09}\n"
PEAK = EVENT.replace("end: 2026-02-09", "end: 2026-02-12, peak: 2026-02-13")
OLD = """\
- id: east
  code: E
  name: {vi: Đông, en: East}
  level: unit
  parent: town
  valid_from: 2008-01-29
  valid_to: 2025-07-01
  becomes: [{area: north}]
"""
COUNT = "{count: dossier, time: closed_at}"
OPEN = "{open_at: dossier, from: received_at, to: closed_at, where: [[closed_at, lt, {bucket: end}]]}"


def where(test: str) -> tuple[str, str, str]:
    """The small pack's count with one condition, put where the line can be told."""
    return ("kpis", KPIS, f"measure:\n    count: dossier\n    time: closed_at\n    where:\n      - {test}")


def rule(test: str) -> tuple[str, str, str]:
    return ("datasets", DATASETS, f"time: received_at\n  rules:\n    - {test}")


def measure(text: str) -> tuple[str, str, str]:
    return ("kpis", KPIS, f"measure: {text}")


def column(text: str) -> tuple[str, str, str]:
    return ("datasets", DATASETS, text)


THERE = {"kpis": f"measure: {COUNT}", "datasets": "time: received_at"}

# file, its text, what stands instead, the line it is on, what the message says, what the remedy says
CONDITIONS = [
    (*where("[channel, lt, online]"), "[channel,", "lt cannot compare column 'channel', which is text", "use eq"),
    (*where("[channel, eq, onlin]"), "[channel,", "never has the value 'onlin'", "did you mean 'online'?"),
    (*where("[channel, not_in, [desk, post]]"), "[channel,", "never has the value 'post'", "known: desk, online"),
    (*where("[channel, in, []]"), "[channel,", "in has an empty list", "at least one"),
    (*where("[number, eq, 12]"), "[number,", "column 'number' is text, 12 is not", "in quotes"),
    (*where("[fee, in, [1, two]]"), "[fee,", "column 'fee' is number, 'two' is not", "without quotes"),
    (*where("[fee, gt, true]"), "[fee,", "column 'fee' is number, True is not", "without quotes"),
    (*where("[fee, ge, {column: number}]"), "[fee,", "'fee' is number and 'number' is text", "of one type"),
    (*where("[close_at, ge, 2026-01-01]"), "[close_at,", "no column 'close_at'", "did you mean 'closed_at'?"),
    (*where("[closed_at, ge, soon]"), "[closed_at,", "column 'closed_at' is moment, 'soon' is not", "YYYY-MM-DD"),
    (*where("[closed_at, ge, 2026-01-01T00:00Z]"), "[closed_at,", "is not", "YYYY-MM-DD"),
    (*where("[closed_at, lt, {bucket: end}]"), "[closed_at,", "{bucket: end} is for open_at only", "two columns"),
    (*rule("[fee, ge, '3']"), "[fee,", "column 'fee' is number, '3' is not", "without quotes"),
    (*rule("[closed_at, ge, {bucket: end}]"), "[closed_at,", "{bucket: end} is for open_at only", ""),
    (*measure(OPEN.replace("lt,", "le,")), "open_at", "{bucket: end} cannot stand after le", "use lt or ge"),
    (*measure(OPEN.replace("[closed_at, lt", "[fee, lt")), "open_at", "column 'fee' is number", "another column"),
]
MEASURES = [
    (*measure("{open_at: dossier, from: received_at, to: received_at}"), "open_at", "the same column", "two columns"),
    (*measure("{sum: dossier, of: channel, time: closed_at}"), "of:", "'channel' is text, not integer", "another"),
    (*measure("{mean: dossier, of: closed_at, time: closed_at}"), "of:", "'closed_at' is timestamp", "another"),
    (*measure("{quantile: dossier, of: number, time: closed_at, p: 0.5}"), "of:", "'number' is text", "another"),
    (*measure(f"{{peak: {COUNT}, every: hour}}"), "peak", "'dossier' has days, not hours", "every: day"),
    (
        *measure("\n    ratio:\n      of: {count: dossier, time: closed_at}\n      to: {count: gauge, time: at}"),
        "dimensions:",
        "'channel' is no dimension of 'gauge'",
        "",
    ),
    (
        *measure("\n    sum:\n      - {count: dossier, time: closed_at}\n      - {count: dossier, time: fee}"),
        "time: fee",
        "'fee' is number, not date",
        "another",
    ),
    (*measure(f"{COUNT}\n  compare: lunar"), "compare", "keeps no lunar calendar", "write lunar: true"),
]


@pytest.mark.parametrize(("file", "text", "instead", "line", "message", "remedy"), CONDITIONS + MEASURES)
def test_measures_and_conditions(tmp_path, file, text, instead, line, message, remedy):
    said(tmp_path, file, text.replace(THERE[file], instead, 1), line, message, remedy)


def said(folder, file, text, line, message, remedy):
    """The pack with one file so is refused, for this reason, at this line."""
    assert text != FILES[file]
    with pytest.raises(CatalogueError) as error:
        load(write(folder, **{file: text}))
    found = [p for p in error.value.problems if message in p.message and p.file == f"{file}.yaml"]
    assert found, error.value
    assert {p.line for p in found} >= {line_of(text, line)}
    assert all(remedy in p.remedy for p in found)
    assert all(p.remedy for p in found)


@pytest.mark.parametrize(
    ("text", "line", "message", "remedy"),
    [
        (CITY.replace("Ho_Chi_Minh", "Ho_Chi_Min"), "timezone", "no timezone 'Asia/Ho_Chi_Min'", "Asia/Ho_Chi_Minh"),
        (CITY.replace("Asia/Ho_Chi_Minh", "../etc"), "timezone", "no timezone '../etc'", "IANA"),
        (CITY.replace("country: VN", "country: QQ"), "country", "no public holidays known for country 'QQ'", "VN"),
        (CITY + EVENT, "id: fair", "event 'fair' ends on 2026-02-09, before it starts on 2026-02-10", "last day"),
        (
            CITY + PEAK,
            "id: fair",
            "event 'fair' has its peak on 2026-02-13, outside its days",
            "2026-02-10 to 2026-02-12",
        ),
    ],
)
def test_city(tmp_path, text, line, message, remedy):
    said(tmp_path, "city", text, line, message, remedy)


@pytest.mark.parametrize(
    ("text", "line", "message", "remedy"),
    [
        (AREAS.replace("code: N", "code: 'T'"), "code: 'T'", "code 'T' means 'town' too on 2025-07-01", "correct"),
        (AREAS.replace("parent: town", "parent: north"), "parent", "circle: north > north", "leads back"),
        (
            AREAS.replace("level: city", "level: city\n  parent: north"),
            "parent: north",
            "circle: town > north > town",
            "leads back",
        ),
        (AREAS + "  valid_to: 2025-07-01\n", "valid_to", "valid_to 2025-07-01 is not after valid_from", "first day"),
        (AREAS + "  was: [{area: town}]\n", "was", "'north' and 'town' are of the same vintage", "as valid_to"),
        (AREAS + "  becomes: [{area: town}]\n", "becomes", "'north' and 'town' are of the same vintage", "another"),
        (
            AREAS + OLD.replace("valid_to: 2025-07-01", "valid_to: 2025-01-01"),
            "becomes",
            "'north' does not start on 2025-01-01, the day 'east' ends",
            "the valid_from of 'north'",
        ),
        (
            AREAS.replace("level: city", "level: city\n  becomes: [{area: north}]"),
            "becomes",
            "circle: town > north > town",
            "leads back",
        ),
        (
            AREAS.replace("level: city", "level: city\n  was: [{area: north}]"),
            "was",
            "circle: town > north > town",
            "leads back",
        ),
    ],
)
def test_areas(tmp_path, text, line, message, remedy):
    said(tmp_path, "areas", text, line, message, remedy)


def test_a_code_may_be_used_again_after_its_area_ended(tmp_path):
    catalogue = load(write(tmp_path, areas=AREAS + OLD.replace("code: E", "code: N")))
    assert {area.id for area in catalogue.areas.values() if area.code == "N"} == {"north", "east"}


@pytest.mark.parametrize("name", ["_area", "_anything", "bucket", "part", "rows", "Rows"])
def test_reserved_columns(tmp_path, name):
    text = DATASETS.replace("fee: {", f"{name}: {{")
    said(tmp_path, "datasets", text, f"{name}: {{", f"the name '{name}' is reserved", "another name")


@pytest.mark.parametrize(
    ("instead", "line", "message"),
    [
        ("Number: {type: number", "Number:", "'Number' and 'number' differ only by case"),
        ("number: {type: number", "number: {type: number", "key 'number' stands twice"),
    ],
)
def test_columns_alike(tmp_path, instead, line, message):
    text = DATASETS.replace("fee: {type: number", instead)
    with pytest.raises(CatalogueError, match=message) as error:
        load(write(tmp_path, datasets=text))
    assert line_of(text, line) in {p.line for p in error.value.problems}


@pytest.mark.parametrize(
    ("name", "message"), [("fee", "column 'fee' is delivered too"), ("Fee", "'Fee' and 'fee' differ only by case")]
)
def test_derived_columns_alike(tmp_path, name, message):
    derive = f"time: received_at\n  derive:\n    {name}: {{hours: [received_at, closed_at]}}"
    text = DATASETS.replace("time: received_at", derive)
    said(tmp_path, "datasets", text, f"{name}: {{hours", message, "another name")


def test_a_dimension_called_area_is_the_area(tmp_path):
    text = DATASETS.replace("area: {type: text, area: true}", "zone: {type: text, area: true}")
    text = text.replace("channel:", "area:")
    said(tmp_path, "datasets", text, "    area:", "'area' as a dimension means the area of a row", "area: true")


@pytest.mark.parametrize("path", ["/etc/x.csv", "../x.csv", "a/../../x.csv", "a\\..\\x", "C:/x", "~/x", "\\\\host\\x"])
def test_paths_stay_below_the_drop_folder(tmp_path, path):
    text = SOURCES.replace('"dossier_*.csv"', f"'{path}'")
    said(tmp_path, "sources", text, "path:", "leaves the drop folder", "below the drop folder")


@pytest.mark.parametrize(
    ("there", "instead", "line", "message", "remedy"),
    [
        ('"dossier_*.csv"', '""', "path:", "the path is empty", "below the drop folder"),
        ("fresh_within: 1 day", "fresh_within: 36526 days", "fresh_within", "a hundred years", "36525 days"),
        ("connector: csv", "connector: csv\n  constants: {chanel: desk}", "constants", "'chanel'", "'channel'?"),
        ("connector: csv", "connector: csv\n  read: {timezone: Asia/Hanoy}", "timezone", "no timezone", ""),
        (
            "connector: csv",
            "connector: csv\n  columns:\n    Số: number\n    Ngày: received_at\n    Mã: number",
            "Mã: number",
            "column 'number' is fed by 'Số' already",
            "keep one",
        ),
        (
            "connector: csv",
            "connector: csv\n  columns: {Số: number, Ngày: received_at}\n  constants: {number: x}",
            "constants",
            "column 'number' is fed by 'Số' already",
            "keep one",
        ),
        (
            "connector: csv",
            "connector: csv\n  columns: {Số: number}\n  join: {recieved_at: [Ngày, Giờ]}",
            "join",
            "no column 'recieved_at'",
            "'received_at'?",
        ),
        (
            "connector: csv",
            "connector: csv\n  columns: {Số: number, Ngày: received_at}\n  join: {received_at: [Ngày, Giờ]}",
            "join",
            "column 'received_at' is fed by 'Ngày' already",
            "keep one",
        ),
        (
            "connector: csv",
            "connector: csv\n  columns: {Số: number, Ngày: received_at}\n  join: {fee: [A, B]}",
            "join",
            "column 'fee' is of type number and cannot be joined",
            "dates, times or text",
        ),
        (
            "connector: csv",
            "connector: csv\n  deliver: replace\n  read: {fill_down: [numbr]}",
            "fill_down",
            "no heading 'numbr'",
            "'number'?",
        ),
        (
            "connector: csv",
            "connector: csv\n  read: {fill_down: [number]}",
            "fill_down",
            "cannot be filled",
            "deliver: replace",
        ),
    ],
)
def test_sources(tmp_path, there, instead, line, message, remedy):
    said(tmp_path, "sources", SOURCES.replace(there, instead), line, message, remedy)


def test_the_longest_promise_is_a_hundred_years(tmp_path):
    catalogue = load(write(tmp_path, sources=SOURCES.replace("1 day", "36525 days")))
    assert catalogue.sources["desk"].promise.days == 36525


@pytest.mark.parametrize(
    "test",
    [
        "[channel, in, [online, desk]]",
        "[channel, is_null]",
        "[number, ne, '12']",
        "[fee, gt, 1.5]",
        "[closed_at, ge, 2026-01-01]",
        "[closed_at, lt, 2026-01-01 08:30]",
        "[closed_at, ge, {column: received_at}]",
    ],
)
def test_conditions_that_work(tmp_path, test):
    text = KPIS.replace(THERE["kpis"], where(test)[2])
    assert load(write(tmp_path, kpis=text)).kpi("DVC-01").measure.where


@pytest.mark.parametrize("operator", ["lt", "ge"])
def test_the_end_of_the_bucket_in_a_stock(tmp_path, operator):
    text = KPIS.replace(COUNT, OPEN.replace("lt,", f"{operator},"))
    assert load(write(tmp_path, kpis=text)).kpi("DVC-01").measure.kind == "open_at"


def test_unused_entries_repeated_tiles_and_words_of_sql_are_fine(tmp_path):
    datasets = DATASETS + DATASETS.replace("id: dossier", "id: select").split("- id: gauge")[0]
    boards = FILES["boards"].replace("environment.level", "DVC-01")
    catalogue = load(write(tmp_path, datasets=datasets, boards=boards))
    assert "select" in catalogue.datasets
    assert catalogue.boards["overview"].kpis == ("DVC-01",)
