"""The play as a whole: repeatable, calibrated, and going on without rewriting the past."""

from __future__ import annotations

import hashlib
import shutil
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from data.simulator import Live, deliver, simulate
from data.simulator.dossiers import OneStop
from data.simulator.play import SEED, departments
from data.simulator.season import MERGER, days, midnight
from data.simulator.visitors import Gates

UNTIL = datetime(2025, 12, 17, 14, 7)


@pytest.fixture(scope="module")
def drop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What all departments wrote in a month."""
    folder = tmp_path_factory.mktemp("drop")
    simulate(folder, UNTIL, years=0)
    return folder


@pytest.fixture(scope="module")
def months(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What some departments wrote in half a year, and the cameras, which count much, in its last months."""
    folder, cast = tmp_path_factory.mktemp("months"), departments(SEED, UNTIL)
    for name, month in (("dossiers", 6), ("reports", 6), ("water_level", 6), ("crowd", 10)):
        cast[name].history(folder, date(2025, month, 1), UNTIL)
    return folder


def fingerprints(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def records(folder: Path, pattern: str, encoding: str, delimiter: str) -> list[list[str]]:
    lines = [line for p in sorted(folder.glob(pattern)) for line in p.read_text(encoding).splitlines()[1:]]
    return [line.split(delimiter) for line in lines]


def dossiers(folder: Path) -> dict[str, list[str]]:
    """Current state of each dossier, without the bad lines (which are followed by the right one)."""
    rows = records(folder, "dossiers/*.csv", "utf-8-sig", ",")
    return {row[0]: row for row in rows if row[0]}


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    short = datetime(2025, 2, 10, 9, 0)
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        simulate(tmp_path / name, short, seed=seed, years=0)
    first, second, other = (fingerprints(tmp_path / name) for name in "abc")
    assert first == second
    assert first.keys() == other.keys()
    same = {name for name in first if first[name] == other[name]}
    counted = {name for name in first if name.startswith("culture_record/")}  # counted, so without chance
    assert same <= {"flooded_points/diem_ngap.geojson"} | counted  # nothing is flooded in February


def test_progress_names_every_department_and_ends_at_one(tmp_path: Path) -> None:
    told: list[tuple[str, float]] = []
    simulate(tmp_path, datetime(2025, 2, 2, 9, 0), years=0, progress=lambda name, share: told.append((name, share)))
    assert [name for name, _ in told] == [*departments(SEED), "done"]
    assert [share for _, share in told] == sorted(share for _, share in told)
    assert told[-1][1] == 1.0


def test_no_part_files_are_left(drop: Path) -> None:
    assert not list(drop.rglob("*.part"))


def test_half_a_year_of_dossiers_has_the_declared_scale(months: Path) -> None:
    current = [row for row in dossiers(months).values() if "2025-06-16" <= row[1][:10] <= "2025-12-15"]
    assert 60_000 <= 2 * len(current) <= 75_000
    closed = [row for row in current if row[3]]
    on_time = sum(row[3] <= row[2] for row in closed) / len(closed)
    assert 0.97 <= on_time <= 0.99


def test_half_a_year_of_reports_has_the_declared_scale(months: Path) -> None:
    rows = records(months, "reports/*.csv", "cp1258", ";")
    assert 7_500 <= 12 / 6.5 * len({row[0] for row in rows}) <= 10_500


def test_a_year_of_visitors_has_the_declared_scale(tmp_path: Path) -> None:
    Gates(SEED).history(tmp_path, date(2025, 1, 1), datetime(2026, 1, 1, 1, 0))
    (archive,) = tmp_path.glob("visitors/archive_*.parquet")
    table = pq.read_table(archive).to_pydict()
    total = sum(n for n, at in zip(table["visitors"], table["at"], strict=True) if n > 0 and at.year == 2025)
    assert 2_400_000 <= total <= 2_800_000


def test_areas_are_written_in_the_codes_of_their_day(months: Path) -> None:
    new = {"20401", "20410", "20413", "20434", "99999"}
    codes = {True: set(), False: set()}
    for row in dossiers(months).values():
        if row[1] != "31/02/2026 08:00":
            codes[date.fromisoformat(row[1][:10]) >= MERGER].add(row[4])
    assert codes[True] <= new
    assert len(codes[False] - {"99999"}) == 13


def test_bad_rows_are_few_and_present(months: Path) -> None:
    tests = {
        ("water_level/*.csv", "utf-8", ","): lambda row: row[2] in ("99.99", "loi"),
        ("crowd/*.csv", "utf-8", ","): lambda row: row[1] == "99999" or not row[2].isdigit(),
        ("reports/*.csv", "cp1258", ";"): lambda row: (
            not row[0] or row[1][:5] == "31/02" or "99999" in row or row[4] == "-1" or row[6] == "Chưa phân loại"
        ),
        ("dossiers/*.csv", "utf-8-sig", ","): lambda row: (
            not row[0] or row[1][:5] == "31/02" or "99999" in row or row[11] == "tốt"
        ),
    }
    for (pattern, encoding, delimiter), bad in tests.items():
        rows = records(months, pattern, encoding, delimiter)
        share = sum(map(bad, rows)) / len(rows)
        assert 0.0005 <= share <= 0.004, (pattern, share)


def test_the_dead_cabinet_is_silent_and_the_others_are_not(drop: Path) -> None:
    last: dict[str, str] = {}
    for row in records(drop, "lamps/*.csv", "utf-8", ","):
        last[row[1]] = max(last.get(row[1], ""), row[0])
    assert len(last) == 12
    assert last.pop("ĐK-04") < (UNTIL - timedelta(days=2)).isoformat(" ")
    assert set(last.values()) == {"2025-12-17 14:00"}


def test_live_delivery_only_adds(drop: Path, tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    shutil.copytree(drop, folder)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    live = Live(folder, UNTIL)
    for hours in (1, 3, 9):
        live.advance(UNTIL + timedelta(hours=hours))
    live.advance(UNTIL)
    changed = {path.relative_to(folder).as_posix() for path, content in before.items() if path.read_bytes() != content}
    workbook = "visitors/khach_2025-12.xlsx"
    names = (
        "reports/phan_anh", "crowd/crowd", "water_level/muc_nuoc", "air/khong_khi", "lamps/tu_den", "rain/mua",
        "drainage/tram_bom", "outages/su_co", "grid/phu_tai", "water_pressure/ap_luc", "waste/phieu_can",
        "bridge/chua_cau", "gate_flow/qua_cong", "ticket/ve", "heritage_permit/giay_phep",
    )  # fmt: skip
    lines = {f"{name}_2025-12.jsonl" for name in ("network_devices/tram", "parking/bai_xe")}
    assert changed == {workbook, *lines, *(f"{name}_2025-12.csv" for name in names)}
    for name in changed - {workbook}:
        assert (folder / name).read_bytes().startswith(before[folder / name])
    new = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and path not in before}
    assert new == {"dossiers/dossiers_2025-12-17.csv"}


def played(folder: Path, until: datetime) -> None:
    """What stands in a drop folder where the one-stop shop has been open for some months, all others for one."""
    simulate(folder, until, years=0)
    OneStop(SEED).history(folder, date(2025, 9, 1), until)


def test_live_delivery_equals_a_later_play(tmp_path: Path) -> None:
    """Until midnight, when older readings would be kept by the hour only."""
    folder, later = tmp_path / "steps", UNTIL + timedelta(hours=9)
    played(folder, UNTIL)
    moments = [UNTIL, UNTIL + timedelta(minutes=7), UNTIL + timedelta(hours=4), later]
    for since, until in pairwise(moments):
        deliver(folder, since, until)
    played(tmp_path / "whole", later)
    whole, steps = fingerprints(tmp_path / "whole"), fingerprints(folder)
    assert whole.keys() == steps.keys()
    # The dead cabinet and logger fell silent relative to the moment the play was asked for.
    assert [
        name for name in whole if whole[name] != steps[name] and not name.startswith(("lamps/", "water_pressure/"))
    ] == []


def test_a_late_file_comes_the_next_day() -> None:
    gates, office = Gates(7), OneStop(7)
    for department, usual in (
        (gates, timedelta(hours=22, minutes=15)),
        (office, timedelta(hours=18, minutes=5)),
    ):
        delays = [department.due(day) - midnight(day) for day in days(date(2026, 1, 1), date(2026, 12, 31))]
        assert set(delays) == {usual, max(delays)}
        assert timedelta(days=1) < max(delays) < timedelta(days=2)
        assert 4 <= delays.count(max(delays)) <= 36


def test_a_late_file_never_comes_after_the_next_one() -> None:
    for department in (Gates(7), OneStop(7)):
        due = [department.due(day) for day in days(date(2024, 1, 1), date(2026, 12, 31))]
        assert due == sorted(due)
