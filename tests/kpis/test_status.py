"""Level, freshness and target, each at its edge."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from data.calendar.period import Grain, Period
from data.catalogue import Catalogue
from data.kpis import status
from data.kpis.query import KpiQuery
from data.kpis.result import Freshness, Level, Presence, Value
from tests.kpis.delivered import NOW, city, hoian
from tests.kpis.november_tourism import trip
from tests.layouts.answers import kpi as kpi_of

HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return hoian()


RIVER = [(0.99, 0), (0.994, 0), (0.995, 1), (1.0, 1), (1.494, 1), (1.495, 2), (1.995, 3), (9.0, 3)]
ON_TIME = [(0.9805, 0), (0.9795, 0), (0.97949, 1), (0.95, 1), (0.9495, 1), (0.94949, 2), (0.0, 2)]


@pytest.mark.parametrize(("number", "level"), RIVER)
def test_a_high_river_is_bad_from_the_threshold_on_as_displayed(
    catalogue: Catalogue, number: float, level: int
) -> None:
    assert status.level(catalogue.codes["HT-07"], Value(number)) == Level(level)


@pytest.mark.parametrize(("number", "level"), ON_TIME)
def test_a_low_share_is_bad_below_the_threshold_as_displayed(catalogue: Catalogue, number: float, level: int) -> None:
    assert status.level(catalogue.codes["DVC-03"], Value(number)) == Level(level)


def test_without_a_number_or_a_direction_there_is_no_alarm(catalogue: Catalogue) -> None:
    assert status.level(catalogue.codes["HT-07"], Value(None, Presence.MISSING)) is Level.NORMAL
    assert status.level(catalogue.codes["DVC-01"], Value(10**9)) is Level.NORMAL


@pytest.mark.parametrize(
    ("number", "shown"), [(0.12345, 12.3), (0.1235, 12.4), (0.0005, 0.1), (-0.0005, -0.1), (1.005, 100.5)]
)
def test_a_number_is_rounded_once_half_up(catalogue: Catalogue, number: float, shown: float) -> None:
    assert status.displayed(catalogue.codes["DVC-03"], number) == shown


@pytest.mark.parametrize(
    ("age", "freshness", "live"),
    [
        (timedelta(0), Freshness.ON_TIME, 1),
        (HOUR, Freshness.ON_TIME, 1),
        (HOUR + timedelta(seconds=1), Freshness.LATE, pytest.approx(1 - 1 / 7200)),
        (2 * HOUR, Freshness.LATE, 0.5),
        (3 * HOUR, Freshness.LATE, 0),
        (3 * HOUR + timedelta(seconds=1), Freshness.LOST, 0),
        (None, Freshness.LOST, 0),
    ],
)
def test_late_beyond_the_promise_and_lost_beyond_three(
    age: timedelta | None, freshness: Freshness, live: float
) -> None:
    assert status.freshness(age, HOUR) is freshness
    assert status.live(age, HOUR) == live


@pytest.mark.parametrize(("number", "met"), [(0.98, True), (0.9795, True), (0.9794, False), (None, None)])
def test_a_target_is_met_as_displayed(catalogue: Catalogue, number: float | None, met: bool | None) -> None:
    found = status.target(catalogue.codes["DVC-03"], Value(number), datetime(2025, 7, 1), 0.5)
    assert found is not None
    assert (found.value, found.met, found.pace) == (98, met, 0.5)


# 3,000,000 at the start of 2026, 4,000,000 to be reached on 1 January 2027, 4,500,000 a year later
PATH = {
    "target": [
        {"from": "2027-01-01", "value": 4e6}, {"from": "2026-01-01", "value": 3e6},
        {"from": "2028-01-01", "value": 4.5e6},
    ],
    "target_path": "linear",
}  # fmt: skip


@pytest.mark.parametrize(
    ("at", "value", "goal", "due"),
    [
        (datetime(2026, 1, 1), 3e6, 4e6, date(2027, 1, 1)),
        (datetime(2026, 3, 15, 19), 3.2e6, 4e6, date(2027, 1, 1)),  # 73 of 365 days
        (datetime(2027, 1, 1), 4e6, 4.5e6, date(2028, 1, 1)),
        (datetime(2030, 6, 1), 4.5e6, None, None),
    ],
)
def test_a_linear_target_is_what_should_be_reached_by_now(
    at: datetime, value: float, goal: float | None, due: date | None
) -> None:
    found = status.target(kpi_of(status={}, **PATH, direction="up"), Value(3.3e6), at, 0.4)
    assert found is not None
    assert found.value == pytest.approx(value)
    assert (found.met, found.pace, found.goal, found.due) == (value <= 3.3e6, 1.0, goal, due)


def test_a_linear_target_starts_with_its_first_point() -> None:
    assert status.target(kpi_of(status={}, **PATH, direction="up"), Value(3.3e6), datetime(2025, 12, 31), 1) is None


def test_there_is_no_target_before_its_day(catalogue: Catalogue) -> None:
    assert status.target(catalogue.codes["DVC-03"], Value(1), datetime(2025, 6, 30, 23, 59), 1) is None


def test_a_threshold_or_target_of_a_day_is_none_of_a_month(tmp_path: Path) -> None:
    plan = "- {id: x.trips, code: XX-01, name: {vi: Chuyến, en: Trips}, definition: {vi: x, en: x}, domain: tourism, "
    plan += "measure: {sum: cham_trip, of: visitors, time: at}, unit: {vi: lượt, en: visits}, direction: down, "
    plan += "status: {watch: 50}, target: [{from: 2026-01-01, value: 60}], period: day, grain: day, "
    plan += "fresh_within: 1 day, owner: {vi: x, en: x}}"
    service, _ = city(tmp_path, {"cham_trip": [trip(23, 8, "A", 40), trip(24, 8, "B", 55)]}, extra=plan)
    day, month = service.ask([KpiQuery("XX-01", Period.containing(NOW, grain)) for grain in (Grain.DAY, Grain.MONTH)])
    assert (day.value.number, day.level, day.target and day.target.met) == (55, Level.WATCH, True)
    assert (month.value.number, month.level, month.target) == (95, Level.NORMAL, None)
