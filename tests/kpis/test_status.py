"""Level, freshness and target, each at its edge."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from data.catalogue import Catalogue, load
from data.kpis import status
from data.kpis.result import Freshness, Level, Presence, Value
from tests.kpis.delivered import PACK

HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(PACK)


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


def test_there_is_no_target_before_its_day(catalogue: Catalogue) -> None:
    assert status.target(catalogue.codes["DVC-03"], Value(1), datetime(2025, 6, 30, 23, 59), 1) is None
