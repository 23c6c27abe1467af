"""Every file of real open data loads from the proposal made for it, after few edits (``pytest -s`` shows them)."""

from __future__ import annotations

import json
import zipfile
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from data.sources import SourceError
from data.sources.trial import trial
from tests.effort import TIMES
from tests.sources.drop import REAL
from tests.sources.proposed import Loaded, through, together

AIR = "airquality_uci_semicolon_decimalcomma.csv"
# file -> edits beside the owner, rows set aside by reason, a question to the loaded rows, its answer
FILES = {
    AIR: (
        [], {},
        "SELECT count(*), min(\"at\"), max(\"at\"), count(co_gt) FROM current",
        (9357, datetime(2004, 3, 10, 18), datetime(2005, 4, 4, 14), 9357 - 1683),
    ),
    "au_domestic_trips_raw.csv": (
        [], {"_shape shape": 2, "day unreadable": 84},
        "SELECT count(DISTINCT day), min(day), max(day) FROM current",
        (80, datetime(1998, 3, 1), datetime(2017, 12, 1)),
    ),
    "gc_si_2024_backup.csv": (
        [("constants: {as_of: '2026-11-20'}", "constants: {as_of: '2024-03-31'}")], {},
        "SELECT count(*), count(DISTINCT service_id), min(as_of) FROM current",
        (1752, 1751, datetime(2024, 3, 31)),
    ),
    "hotel_bookings.parquet": (
        [], {"adr range": 1},
        "SELECT count(*), min(day), max(day), max(adr) FROM current",
        (119389, datetime(2015, 7, 1), datetime(2017, 8, 31), 5400),
    ),
    "melbourne_pedestrian_daily_2016_2022.csv": (
        [], {}, "SELECT count(*), min(date), sum(daily_counts) FROM current WHERE date < '2016-01-03'",
        (2, datetime(2016, 1, 1), 21203 + 27869),
    ),
    "montreal_bikes_2012.csv": (
        [], {}, "SELECT count(*), max(date), min(berri_1) FROM current", (310, datetime(2012, 11, 5), 32),
    ),
    "nyc311_schema_v2013.csv": (
        [], {}, "SELECT count(*), min(created_date) FROM current", (199, datetime(2013, 10, 30, 22, 28, 19)),
    ),
    "nyc311_schema_v2021.csv": (
        [], {"closed_date rule": 1},
        "SELECT count(*), max(created_date) FROM current", (1999, datetime(2011, 11, 3, 16, 25)),
    ),
    "river_level_daily_nl.csv": (
        [], {}, "SELECT count(*), max(date) FROM current", (10893, datetime(2019, 10, 29)),
    ),
    "sentosa_rainfall_5min.csv": (
        [], {}, "SELECT count(*), min(timestamp) FROM current", (38589, datetime(2023, 12, 1, 14, 40)),
    ),
    "singapore_visitor_arrivals_monthly_by_market.csv": (
        [], {},
        "SELECT count(*), count(no_of_visitors), min(year_month) FROM current", (35030, 28382, datetime(1978, 1, 1)),
    ),
    "traffic_metro_i94_hourly.csv": (
        [("temp: {type: number}", "temp: {type: number, minimum: 200}"),
         ("rain_1h: {type: number}", "rain_1h: {type: number, maximum: 500}")],
        {"temp range": 10, "rain_1h range": 1},
        "SELECT count(*), min(temp), max(rain_1h) < 60 FROM current", (48193, Decimal("243.39"), True),
    ),
    "usgs_gage_iv_sample.json": (
        [], {},
        "SELECT count(*), count(DISTINCT name), min(date_time), max(value) FROM current WHERE unit_code = 'ft3/s'",
        (10, 2, datetime(2019, 2, 14, 12), 974),
    ),
    "zurich_gastro.gpkg": (
        [("constants: {as_of: '2026-11-20'}", "constants: {as_of: '2026-01-01'}")], {},
        "SELECT count(*), count(DISTINCT quarlang), min(as_of) FROM current", (3462, 34, datetime(2026, 1, 1)),
    ),
}  # fmt: skip
# file -> what must be noticed: kind, count (None where none is counted), words said
NOTICED = {
    AIR: [
        ("sentinel", 16701, "-200"), ("nameless columns", 2, "2 columns"), ("blank rows", 114, ""),
    ],
    "au_domestic_trips_raw.csv": [
        ("ragged rows", 2, "line 11"), ("totals", 84, "'Total'"), ("no time", 84, ""), ("total column", 1, "'Total'"),
    ],
    "gc_si_2024_backup.csv": [
        ("null word", 11884, "'ND'"), ("byte order mark", 0, ""), ("line breaks", None, "line breaks"),
    ],
    "hotel_bookings.parquet": [
        ("duplicate rows", 31994, ""), ("outlier", 1, "5400"), ("negative", 1, "-6.38"), ("nobody", 180, "'adults'"),
        ("sparse", None, "'company' 5.7%"),
    ],
    "melbourne_pedestrian_daily_2016_2022.csv": [("gaps in time", 1, "10 rows missing")],
    "montreal_bikes_2012.csv": [
        ("encoding", 0, "latin-1"), ("empty columns", 2, "Brébeuf"), ("dead by heading", 1, "données non disponibles"),
    ],
    "nyc311_schema_v2013.csv": [("unknown in words", None, "'Unspecified'"), ("empty columns", 11, "")],
    "nyc311_schema_v2021.csv": [
        ("out of order", 1, "'Closed Date' before 'Created Date'"),
        ("unknown in words", None, "'Borough' 'Unspecified' (76)"),
    ],
    "river_level_daily_nl.csv": [],
    "sentosa_rainfall_5min.csv": [
        ("gaps in time", 393, "263 h"), ("date conventions", None, "'date' day or month first"),
        ("offset", 38589, "+08:00"),
    ],
    "singapore_visitor_arrivals_monthly_by_market.csv": [
        ("null word", 6648, "'na'"), ("totals", None, "'Southeast Asia'"), ("totals", None, "Total International"),
    ],
    "traffic_metro_i94_hourly.csv": [
        ("duplicate times", 7629, ""), ("gaps in time", None, "11,976 rows missing"), ("gaps in time", None, "7,387 h"),
        ("outlier", 10, "'temp'"), ("outlier", None, "9831.3"), ("unknown in words", None, "'None'"),
    ],
    "usgs_gage_iv_sample.json": [
        ("declared sentinel", 1, "-999999"), ("offset", 20, "-05:00"), ("HTML entities", None, "variableName"),
    ],
    "zurich_gastro.gpkg": [],
}  # fmt: skip


def check(loaded: Loaded, aside: dict[str, int]) -> None:
    """Every row delivered is loaded or set aside, and set aside for the reason expected."""
    assert loaded.loaded + loaded.quarantined == loaded.delivered == loaded.trial.sample.rows
    assert loaded.reasons == aside
    assert sum(aside.values()) == loaded.quarantined
    assert loaded.loaded > 0


@pytest.mark.parametrize("name", FILES)
def test_a_file_loads_from_its_proposal_and_its_defects_are_told(name: str, tmp_path: Path) -> None:
    edits, aside, ask, answer = FILES[name]
    loaded = through(REAL / name, tmp_path, edits, ask)
    check(loaded, aside)
    assert loaded.rows == [answer]
    for kind, count, words in NOTICED[name]:
        assert kind in loaded.defects, f"{kind} is not among {loaded.defects}"
        assert count is None or loaded.defects[kind] == count
        assert words in loaded.said(kind)
    assert loaded.edited == 1 + len(edits)


FIWARE = sorted((REAL / "fiware").rglob("example*.json*"))
TRIED = FIWARE if TIMES > 1 else FIWARE[::11]  # of the four ways each entity is written, in turn
PLACES = sorted(p for folder in ("hoian", "other_cities") for p in (REAL.parent / folder).glob("*.geojson"))


def test_nothing_of_the_real_data_is_left_out() -> None:
    kept = {path.name for path in REAL.iterdir() if path.is_file()}
    assert kept == {*FILES, "gtfs_sample_feed_1.zip", "Helsinki.osm.pbf"}
    assert len(FIWARE) == 80


@pytest.mark.parametrize("model", sorted({path.relative_to(REAL).parts[1] for path in TRIED}))
def test_entities_of_a_context_broker_load_from_their_proposals(model: str, tmp_path: Path) -> None:
    paths = [path for path in TRIED if path.relative_to(REAL).parts[1] == model]
    done = list(together(paths, tmp_path))
    assert [path for path, _, _ in done] == paths
    for path, load, rows in done:
        assert (load.delivered, load.loaded, load.misformed, load.misruled) == (1, 1, 0, 0), path
        assert rows == [(json.loads(path.read_text("utf-8"))["id"],)]


@pytest.mark.parametrize("path", PLACES, ids=lambda path: path.stem)
def test_outlines_load_from_their_proposal(path: Path, tmp_path: Path) -> None:
    loaded = through(path, tmp_path)
    check(loaded, {})
    assert loaded.delivered == len(json.loads(path.read_text("utf-8"))["features"])


# table of the transit feed -> its time, its key, the type of one column
FEED = {
    "agency": (None, ("agency_id",), ("agency_timezone", "text")),
    "calendar": (("start_date",), ("service_id",), ("end_date", "compact")),
    "calendar_dates": (("date",), ("service_id",), ("exception_type", "integer")),
    "fare_attributes": (None, ("fare_id",), ("price", "number")),
    "fare_rules": (None, ("route_id",), ("fare_id", "text")),
    "frequencies": (None, ("trip_id", "start_time"), ("end_time", "time")),
    "routes": (None, ("route_id",), ("route_type", "integer")),
    "shapes": None,
    "stop_times": (None, ("trip_id", "arrival_time"), ("departure_time", "time")),
    "stops": (None, ("stop_id",), ("stop_lat", "number")),
    "trips": (None, ("trip_id",), ("shape_id", "empty")),
}
SHORT = {"stop_times": {"_shape shape": 13}}  # rows that stop a cell short of the others


@pytest.fixture(scope="module")
def feed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The transit feed, unzipped."""
    folder = tmp_path_factory.mktemp("feed")
    with zipfile.ZipFile(REAL / "gtfs_sample_feed_1.zip") as archive:
        archive.extractall(folder)
    return folder


@pytest.mark.parametrize("table", FEED)
def test_the_tables_of_an_archive_load_once_it_is_unzipped(table: str, feed: Path, tmp_path: Path) -> None:
    path = feed / f"{table}.txt"
    if FEED[table] is None:
        with pytest.raises(SourceError, match="headings and no row"):
            trial(path)
        return
    loaded = through(path, tmp_path)
    check(loaded, SHORT.get(table, {}))
    assert loaded.defects.get("ragged rows", 0) == sum(SHORT.get(table, {}).values())
    time, key, (column, kind) = FEED[table]
    assert (loaded.trial.time.headings if loaded.trial.time else None) == time
    assert (loaded.trial.keys[0] if loaded.trial.keys else None) == key
    assert loaded.trial.of(column).type == kind


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("gtfs_sample_feed_1.zip", "an archive of 11 files (agency.txt, calendar.txt, calendar_dates.txt, …), not a "
         "table; unzip it and try each table in it"),
        ("Helsinki.osm.pbf", "a map of OpenStreetMap, not a table; export what you need of it as GeoPackage"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_with_a_remedy(name: str, message: str) -> None:
    with pytest.raises(SourceError) as refused:
        trial(REAL / name)
    assert str(refused.value) == f"{name}: {message}"


def test_the_documentation_says_how_far_proposals_carry() -> None:
    page = (Path(__file__).parents[2] / "docs" / "trial.md").read_text("utf-8")
    rows = [line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("| `")]
    told = {name.strip("`"): (int(edited), int(aside.replace(",", ""))) for name, edited, _, aside in rows}
    assert {name: told.get(name) for name in FILES} == {
        name: (1 + len(edits), sum(aside.values())) for name, (edits, aside, _, _) in FILES.items()
    }
