"""Rain, power, water, waste and devices as played: calibrated, and hit by the flood of October 2025."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from data.catalogue import load
from data.simulator.journal import Journal
from data.simulator.outages import began
from data.simulator.play import departments
from data.simulator.rain import falls
from data.simulator.season import FLOOD_LAST, days, midnight
from data.simulator.supply import TITLES, Waterworks
from data.simulator.weighbridge import Weighbridge
from data.sources import Discovery
from data.sources.workbook import Workbook

UNTIL = datetime(2025, 12, 17, 14, 7)
START = date(2024, 12, 1)
NAMES = (
    "rain", "flooded_points", "drainage", "outages", "grid", "water_supply", "water_pressure", "waste", "wastewater",
    "lighting_energy", "sea_water", "network_devices", "parking",
)  # fmt: skip
CUSTOMERS = 36_000
CREST = "2025-10-30T01:00:00"


@pytest.fixture(scope="module")
def drop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("utilities")
    cast = departments(7, UNTIL - timedelta(hours=52))
    for name in NAMES:
        cast[name].history(folder, START, UNTIL)
    return folder


def table(folder: Path, pattern: str, delimiter: str = ",", encoding: str = "utf-8") -> list[dict[str, str]]:
    """Rows of all files of a pattern, by heading."""
    found = []
    for path in sorted(folder.glob(pattern)):
        heading, *lines = path.read_text(encoding).splitlines()
        found += [dict(zip(heading.split(delimiter), line.split(delimiter), strict=True)) for line in lines]
    return found


def test_a_year_is_small(drop: Path) -> None:
    lines = sum(path.read_bytes().count(b"\n") for path in drop.rglob("*") if path.suffix in (".csv", ".jsonl"))
    assert 120_000 < lines < 200_000


def test_outages_are_of_the_published_size(drop: Path) -> None:
    """SAIDI of the Central Power Corporation: 360.6 minutes in 2020, 180.84 in ten months of 2022."""
    found = [outage for day in days(date(2024, 1, 1), date(2024, 12, 31)) for outage in began(7, day)]
    long = [(end - start, customers) for start, end, _, _, customers in found if end - start > timedelta(minutes=5)]
    assert 150 <= sum(lasts / timedelta(minutes=1) * customers for lasts, customers in long) / CUSTOMERS <= 360
    assert len(found) > 4 * len(long)


def test_an_outage_is_told_when_it_begins_and_when_it_ends(drop: Path) -> None:
    rows = [row for row in table(drop, "outages/*.csv") if row["dia_ban"] not in ("", "99999")]
    closed = [row for row in rows if row["khoi_phuc"]]
    assert {row["ma_su_co"] for row in closed} <= {row["ma_su_co"] for row in rows if not row["khoi_phuc"]}
    assert all(int(row["khach_hang_phut"]) == int(row["so_phut"]) * int(row["so_khach_hang"]) for row in closed)


def test_the_flood_switches_the_wards_by_the_river_off(drop: Path) -> None:
    last = {row["ma_su_co"]: row for row in table(drop, "outages/*.csv")}
    off = [row for row in last.values() if row["bat_dau"] < "2025-10-30 01:00" < row["khoi_phuc"]]
    assert 14_000 < sum(int(row["so_khach_hang"]) for row in off) < 17_000


def test_every_street_is_under_water_at_the_crest(drop: Path) -> None:
    content = json.loads((drop / "flooded_points/diem_ngap.geojson").read_text(encoding="utf-8"))
    points = [feature["properties"] for feature in content["features"]]
    under = [point for point in points if point["bat_dau"] <= CREST and (point["het_ngap"] or "9") > CREST]
    assert len(under) == 12
    # 3.37 m over the 1.05 m at which Bạch Đằng goes under
    assert next(point["sau_cm"] for point in under if point["duong"] == "Bạch Đằng") == 232
    assert all(point["bat_dau"][5:7] in ("09", "10", "11", "12", "01") for point in points)


def test_the_pumps_by_the_old_town_stand_still_in_the_flood(drop: Path) -> None:
    ready = {(row["tram_bom"], row["thoi_diem"][:10]): int(row["san_sang"]) for row in table(drop, "drainage/*.csv")}
    assert [ready[station, "2025-10-29"] for station in ("TB-01", "TB-02")] == [0, 0]
    assert ready["TB-03", "2025-10-29"] > 0
    assert all(ready[station, "2025-11-04"] > 0 for station in ("TB-01", "TB-02", "TB-03", "TB-04"))


def test_rain_of_a_day_is_the_sum_of_its_hours(drop: Path) -> None:
    rows = {(row["diem_do"], row["thoi_diem"]): row for row in table(drop, "rain/*.csv")}
    hours = [float(rows["cam_ha", f"2025-10-28 {hour:02d}:00"]["mua_1h_mm"]) for hour in range(24)]
    assert float(rows["cam_ha", "2025-10-28 23:00"]["mua_24h_mm"]) == pytest.approx(sum(hours))
    assert 150 < sum(hours) < 320


def test_the_burst_of_november_is_the_published_one() -> None:
    """90.2 mm in three hours of 3 November 2025."""
    hours = falls(7, "hoi_an", date(2025, 11, 3))
    assert max(sum(hours[n : n + 3]) for n in range(22)) == pytest.approx(90.2)


def test_waste_is_of_the_published_size_and_piles_up_after_the_flood(drop: Path) -> None:
    daily: Counter[str] = Counter()
    for row in table(drop, "waste/*.csv", ";", "cp1258"):
        weight = float(row[next(name for name in row if name.startswith("Khô"))].replace(",", "."))
        daily[next(iter(row.values()))[2:8]] += weight if weight < 30 else 0
    usual = [daily[f"{day:%y%m%d}"] for day in days(date(2025, 1, 1), date(2025, 9, 30))]
    assert 75 < sum(usual) / len(usual) < 100
    after = [daily[f"{day:%y%m%d}"] for day in days(FLOOD_LAST + timedelta(days=1), FLOOD_LAST + timedelta(days=9))]
    assert min(after) > 1.8 * sum(usual) / len(usual)


def test_tickets_of_a_bad_day_come_the_next_morning() -> None:
    bridge = Weighbridge(7)
    late = [
        day for day in days(date(2025, 1, 1), date(2025, 12, 31))
        if {sent for sent, _ in bridge.sent(day)} == {midnight(day) + timedelta(hours=31)}
    ]  # fmt: skip
    assert 3 <= len(late) <= 25


def test_a_journal_delivers_what_was_sent_since(tmp_path: Path) -> None:
    journal = Journal("waste/{month}.csv", "heading", Weighbridge(7))
    since, until = datetime(2025, 12, 31, 18), datetime(2026, 1, 2, 10)
    journal.history(tmp_path / "a", date(2025, 12, 20), since)
    journal.deliver(tmp_path / "a", since, until)
    journal.history(tmp_path / "b", date(2025, 12, 20), until)
    for name in ("waste/2025-12.csv", "waste/2026-01.csv"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_the_water_report_is_read_through_its_merged_headings(tmp_path: Path, pack_folder: Path) -> None:
    works, month = Waterworks(7), date(2025, 6, 1)
    works.deliver(tmp_path, datetime(2025, 7, 1), datetime(2025, 7, 31))
    source = load(pack_folder).sources["water_supply"]
    (delivery,) = Discovery(source, tmp_path).deliveries({}, 4_000_000_000.0)
    read = Workbook().pull(source, delivery).table
    assert set(source.columns) <= set(read.column_names)
    assert read.num_rows == len(works.rows(month)) == 4
    assert read["_line"].to_pylist()[0] == len(TITLES) + 3
    assert read["Mã địa bàn"].to_pylist() == ["20404", "20413", "20407", "20434"]
    supplied = read["Sản lượng nước (m³) / Cấp vào mạng"].to_pylist()
    billed = read["Sản lượng nước (m³) / Ghi thu"].to_pylist()
    assert 0.18 < 1 - sum(billed) / sum(supplied) < 0.26


def test_the_water_report_is_now_and_then_five_days_late() -> None:
    works = Waterworks(7)
    months = [date(2023 + n // 12, n % 12 + 1, 1) for n in range(48)]
    assert {works.due(month).day for month in months} == {5, 10}
    assert sum(works.due(month).day == 10 for month in months) < len(months) / 3


def test_dead_devices_stay_dead_and_the_others_mostly_work(drop: Path) -> None:
    said: dict[str, set[object]] = {}
    kinds: dict[str, str] = {}
    for path in drop.glob("network_devices/*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            said.setdefault(row["device"]["id"], set()).add(row["up"])
            kinds[row["device"]["id"]] = row["device"]["type"]
    dead = Counter(kinds[device] for device, states in said.items() if True not in states)
    assert dead["camera"] >= 6 and dead["sensor"] >= 2 and dead["telecom"] == 0
    assert Counter(kinds.values()) == {"wifi": 60, "telecom": 26, "camera": 52, "sensor": 22}


def test_the_silent_logger_is_silent(drop: Path) -> None:
    last: dict[str, str] = {}
    for row in table(drop, "water_pressure/*.csv"):
        last[row["diem_do"]] = row["thoi_diem"]
    assert len(last) == 8
    assert last.pop("AL-06") < "2025-12-15 11"
    assert set(last.values()) == {"2025-12-17 14:00"}


def test_bad_rows_are_few_and_present(drop: Path) -> None:
    wrong = {
        "rain/*.csv": lambda row: row["mua_1h_mm"] in ("999.9", "mat ket noi"),
        "grid/*.csv": lambda row: row["phu_tai_mw"] in ("-0.01", "#N/A"),
        "drainage/*.csv": lambda row: int(row["san_sang"]) > int(row["so_may"]),
        "water_pressure/*.csv": lambda row: row["ap_luc_bar"] in ("-1.00", "ERR"),
    }
    for pattern, bad in wrong.items():
        rows = table(drop, pattern)
        assert 0.0002 <= sum(map(bad, rows)) / len(rows) <= 0.004, pattern


def test_parking_fills_in_the_evening(drop: Path) -> None:
    free: dict[int, list[int]] = {4: [], 19: []}
    for path in drop.glob("parking/*.jsonl"):
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            hour = int(row["time"][11:13])
            if row["lot"] == "P1" and hour in free:
                free[hour].append(row["free"])
    assert sum(free[19]) / len(free[19]) < 0.5 * sum(free[4]) / len(free[4])
