"""Real open data, with the traps it came with."""

from __future__ import annotations

from datetime import date

import pytest

from tests.sources.drop import REAL, pull

AIR = "airquality_uci_semicolon_decimalcomma.csv"


@pytest.mark.parametrize(
    ("name", "count", "width", "found"),
    [
        ("nyc311_schema_v2013.csv", 199, 52, {"dates": "mdy", "delimiter": ","}),
        ("nyc311_schema_v2021.csv", 2000, 41, {"dates": "mdy", "delimiter": ","}),
        (AIR, 9357, 15, {"decimal": ",", "dates": "dmy", "delimiter": ";"}),
        ("montreal_bikes_2012.csv", 310, 10, {"encoding": "latin-1", "dates": "dmy", "delimiter": ";"}),
        ("au_domestic_trips_raw.csv", 6806, 10, {"title_lines": 9}),
        ("gc_si_2024_backup.csv", 1752, 46, {"encoding": "utf-8", "nulls": ("NA", "ND")}),
        ("sentosa_rainfall_5min.csv", 38589, 5, {"dates": "dmy", "decimal": "."}),
        ("singapore_visitor_arrivals_monthly_by_market.csv", 35030, 3, {"dates": "ymd", "nulls": ("na",)}),
        ("melbourne_pedestrian_daily_2016_2022.csv", 2486, 8, {"dates": "mdy"}),
        ("traffic_metro_i94_hourly.csv", 48204, 9, {"dates": "ymd", "nulls": ()}),
    ],
)
def test_real_files_are_read_without_being_told_how(name: str, count: int, width: int, found: dict) -> None:
    pulled = pull(REAL / name)
    assert (pulled.table.num_rows, pulled.table.num_columns - 2) == (count, width)
    assert {key: getattr(pulled.reading, key) for key in found} == found


def test_cells_of_the_old_and_the_new_request_schema() -> None:
    old = pull(REAL / "nyc311_schema_v2013.csv").table
    assert old["Unique Key"][0].as_py() == "26589651"
    assert old["Incident Zip"][0].as_py() == "99432-01234"
    assert old["Closed Date"][0].as_py() is None
    new = pull(REAL / "nyc311_schema_v2021.csv").table
    assert new["Created Date"][0].as_py() == "03/01/2011 02:27:57 PM"
    assert new["Agency"][0].as_py() == "DOF"
    assert new["_fault"].null_count == 2000


def test_decimal_commas_stay_text_until_the_contract_reads_them() -> None:
    table = pull(REAL / AIR).table
    assert table["CO(GT)"][0].as_py() == "2,6"
    assert table["Time"][0].as_py() == "18.00.00"
    assert table["_line"][-1].as_py() == 9358


def test_headings_outside_ascii_in_latin_1() -> None:
    table = pull(REAL / "montreal_bikes_2012.csv").table
    assert table.column_names[1:4] == [
        "Berri 1",
        "Brébeuf (données non disponibles)",
        "Côte-Sainte-Catherine",
    ]
    assert table["Berri 1"][2].as_py() == "135"
    assert table["_fault"].null_count == 310


def test_a_report_with_titles_keeps_its_second_heading_and_footer_as_faults() -> None:
    table = pull(REAL / "au_domestic_trips_raw.csv").table
    assert table.column_names[:3] == ["column 1", "Stopover reason", "Holiday"]
    faults = [(row["_line"], row["_fault"]) for row in table.to_pylist() if row["_fault"]]
    assert faults == [(11, "expected 11 cells, found 3"), (6818, "expected 11 cells, found 1")]
    assert table["Holiday"][1].as_py() == "828.3171185"


def test_cells_with_line_breaks_after_a_byte_order_mark() -> None:
    table = pull(REAL / "gc_si_2024_backup.csv").table
    assert table.column_names[0] == "fiscal_yr"
    assert table["_line"][-1].as_py() > 1753
    assert any("\n" in (cell or "") for cell in table["service_description_en"].to_pylist())


def test_parquet_keeps_its_types() -> None:
    pulled = pull(REAL / "hotel_bookings.parquet", "parquet")
    assert pulled.table.num_rows == 119390
    first = pulled.table.slice(0, 1).to_pylist()[0]
    assert (first["hotel"], first["lead_time"], first["adr"]) == ("Resort Hotel", 342, 0.0)
    assert str(first["reservation_status_date"])[:10] == date(2015, 7, 1).isoformat()
    assert first["_line"] == 1
