"""Tourism, culture and relics as played: yearly totals as published, and the calendar kept."""

from __future__ import annotations

import io
import json
from collections import Counter
from datetime import date, datetime

import pytest
from python_calamine import CalamineWorkbook

from data.simulator.booths import INTERNATIONAL, VIETNAMESE, Booths, free
from data.simulator.bridge import BridgeCamera
from data.simulator.gateflow import Turnstiles
from data.simulator.lodging import Statistics
from data.simulator.monthly import Monthly, lodging_report
from data.simulator.pier import Pier, ashore
from data.simulator.registers import CultureCentre, Heritage
from data.simulator.season import days, lantern_night

SEED = 7
NEAR = 0.03


def months(year: int) -> list[date]:
    return [date(year, month, 1) for month in range(1, 13)]


def guests(year: int) -> tuple[int, int, int]:
    """Guests, guests from abroad and nights of a year."""
    rows = [row for month in months(year) for row in Statistics(SEED).guests(month, True)]
    return (
        sum(row[2] for row in rows),
        sum(row[2] for row in rows if row[1] != "domestic"),
        sum(row[3] for row in rows),
    )


def tickets(year: int, kind: str) -> int:
    lines = [
        line.split(";") for day in days(date(year, 1, 1), date(year, 12, 31)) for _, line in Booths(SEED).entries(day)
    ]
    return sum(int(line[3]) for line in lines if line[2] == kind and line[3].isdigit())


def test_the_guests_of_2023_are_those_published() -> None:
    assert guests(2023) == pytest.approx((1_553_000, 1_276_000, 3_198_000), rel=NEAR)


def test_the_guests_of_2024_are_those_published() -> None:
    total, abroad, nights = guests(2024)
    assert (total, abroad) == pytest.approx((1_870_000, 1_630_000), rel=NEAR)
    assert nights / total == pytest.approx(2.14, rel=NEAR)


@pytest.mark.parametrize(("year", "share"), [(2023, 0.5081), (2024, 0.4685)])
def test_rooms_are_sold_as_published(year: int, share: float) -> None:
    rows = [row for month in months(year) for row in Statistics(SEED).rooms(month, True)]
    assert sum(row[2] for row in rows) / sum(row[1] for row in rows) == pytest.approx(share, rel=NEAR)


def test_the_revenue_of_2023_is_that_published() -> None:
    total = sum(row[4] for month in months(2023) for row in Statistics(SEED).guests(month, True))
    assert total == pytest.approx(4_139_700, rel=NEAR)


def test_the_tickets_of_2023_are_those_published() -> None:
    abroad = tickets(2023, INTERNATIONAL)
    assert abroad == pytest.approx(1_450_000, rel=NEAR)
    assert abroad + tickets(2023, VIETNAMESE) == pytest.approx(1_669_500, rel=NEAR)


def test_visitors_of_cu_lao_cham_in_2024_are_those_published_and_never_over_the_limit() -> None:
    held: Counter[date] = Counter()
    for day in days(date(2024, 1, 1), date(2024, 12, 31)):
        for _, line in Pier(SEED).entries(day):
            held[day] += max(0, json.loads(line)["khach"]["tong"])
    assert sum(held.values()) == pytest.approx(217_000, rel=NEAR)
    assert max(held.values()) <= 3_000


def test_boats_stay_ashore_in_the_flood_and_more_in_autumn_than_in_summer() -> None:
    assert all(ashore(SEED, day) for day in days(date(2025, 10, 28), date(2025, 10, 31)))
    [(_, line)] = Pier(SEED).entries(date(2025, 10, 29))
    assert (json.loads(line)["tinh_trang"], json.loads(line)["khach"]["tong"]) == ("stopped", 0)

    def closed(first: int, last: int) -> int:
        spans = [days(date(year, first, 1), date(year, last, 28)) for year in (2023, 2024, 2025)]
        return sum(ashore(SEED, day) for span in spans for day in span)

    assert closed(10, 12) > 3 * closed(6, 8)


@pytest.mark.parametrize("day", [date(2025, 12, 4), date(2026, 2, 17), date(2026, 2, 19), date(2025, 10, 29)])
def test_no_ticket_is_sold_on_a_free_day_or_in_the_flood(day: date) -> None:
    lines = [line.split(";") for _, line in Booths(SEED).entries(day)]
    assert len(lines) == 66
    assert {line[3] for line in lines if line[3].isdigit()} == {"0"}


def test_the_day_after_the_free_days_of_tet_is_paid() -> None:
    assert free(date(2026, 2, 19))
    assert not free(date(2026, 2, 20))


def test_there_are_as_many_relics_of_each_kind_as_published() -> None:
    features = json.loads(Heritage(SEED).content(date(2026, 11, 23)))["features"]
    assert len(features) == 1_360
    kinds = Counter(feature["properties"]["loai"] for feature in features)
    assert (kinds["house"], kinds["clan"], kinds["tomb"], kinds["bridge"]) == (1068, 38, 44, 1)
    assert all(108.2 < feature["geometry"]["coordinates"][0] < 108.6 for feature in features)


def test_no_relic_knows_of_tomorrow() -> None:
    day = "2024-05-06"
    for feature in json.loads(Heritage(SEED).content(date.fromisoformat(day)))["features"]:
        told = [feature["properties"][name] for name in ("nguy_cap_tu", "het_nguy_cap", "tu_bo_xong", "kiem_tra")]
        assert all(moment is None or moment[:10] < day for moment in told)


def test_every_lantern_night_is_an_event() -> None:
    features = json.loads(CultureCentre(SEED).content(date(2026, 11, 24)))["features"]
    held = {f["properties"]["bat_dau"][:10] for f in features if f["properties"]["loai"] == "lantern"}
    nights = [day for day in days(date(2023, 1, 1), date(2026, 11, 23)) if lantern_night(day)]
    assert held == {day.isoformat() for day in nights}
    assert "2026-11-22" in held


def test_the_workbook_of_lodging_has_groups_of_headings_and_a_total() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(lodging_report(SEED)(date(2026, 10, 1), True)))
    rows = book.get_sheet_by_name("Lưu trú").to_python()
    assert rows[3][:5] == ["Tháng", "Địa bàn", "Thị trường", "Khách lưu trú", ""]
    assert rows[4][3:5] == ["Lượt khách", "Ngày khách"]
    assert rows[-1][1] == "Tổng cộng"
    assert rows[-1][3] == sum(row[3] for row in rows[5:-1])


def test_a_month_is_told_twice_and_the_second_time_is_final() -> None:
    first, final = Monthly("x_{month}", lodging_report(SEED), SEED).due(date(2026, 10, 1))
    assert date(2026, 11, 5) <= first.date() <= date(2026, 11, 8)
    assert final == datetime(2026, 11, 25, 15)
    told = [sum(row[2] for row in Statistics(SEED).guests(date(2026, 10, 1), last)) for last in (False, True)]
    assert 0.95 * told[1] < told[0] < told[1]


def test_more_come_in_than_go_out_while_the_town_fills_up() -> None:
    def crossed(hour: int) -> tuple[float, float]:
        lines = [
            line.split(",") for _, line in Turnstiles(SEED).lines(date(2026, 11, 22), [datetime(2026, 11, 22, hour)])
        ]
        return sum(float(line[3]) for line in lines), sum(float(line[4]) for line in lines if line[4] != "ERR")

    came, went = crossed(18)
    assert came > went
    came, went = crossed(22)
    assert came < went


def test_the_bridge_is_fuller_on_a_lantern_night_than_on_a_tuesday() -> None:
    def people(day: date) -> int:
        moments = [datetime(day.year, day.month, day.day, hour) for hour in (18, 19, 20)]
        return sum(int(line.split(",")[2]) for _, line in BridgeCamera(SEED).lines(day, moments) if line[-1].isdigit())

    assert people(date(2026, 11, 22)) > people(date(2026, 11, 24))
