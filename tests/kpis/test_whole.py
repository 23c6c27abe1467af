"""A number of few months never looks like one of the year, whether it is told or held against another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from data.calendar.period import Grain, Period
from data.clock.clock import FixedClock
from data.kpis.query import Compare, KpiQuery
from data.kpis.result import KpiResult
from data.kpis.service import KpiService, open_service
from tests.kpis.delivered import Row, city
from tests.kpis.november import dossier

NEW_YEAR = datetime(2027, 1, 2, 8)


def lodged(year: int, month: int, guests: int) -> Row:
    told = {"area": "20410", "market": "korea", "nights": 2 * guests, "revenue": guests / 10, "state": "final"}
    return {"month": datetime(year, month, 1), "guests": guests} | told


ROWS = {
    "published": [{"item": "tickets", "year": datetime(2025, 1, 1), "value": 9.0, "status": "official",
                   "published_on": datetime(2026, 1, 15), "publication": "Niên giám"}],
    "lodging": [
        lodged(2024, 11, 80), lodged(2024, 12, 90),
        *(lodged(2025, month, 100) for month in range(1, 13)),
        lodged(2026, 1, 100), lodged(2026, 2, 120),
    ],
    "dossiers": [
        dossier(f"D{at:%Y}", at, at.replace(hour=17), at.replace(hour=16))
        for at in (datetime(2024, 12, 3, 9), datetime(2025, 3, 3, 9), datetime(2026, 12, 28, 9))
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KpiService]:
    held, writer = city(tmp_path_factory.mktemp("whole"), ROWS, NEW_YEAR)
    yield held
    writer.close()


def year(service: KpiService, code: str, number: int, compare: Compare = Compare.YEAR) -> KpiResult:
    period = Period(datetime(number, 1, 1), datetime(number + 1, 1, 1))
    return service.ask([KpiQuery(code, period, Grain.MONTH, compare=compare)])[0]


def test_two_months_of_twelve_are_two_twelfths_of_a_year(service: KpiService) -> None:
    told = year(service, "DL-30", 2026)
    assert told.value.number == 220
    assert told.quality.complete == pytest.approx(2 / 12)
    assert list(told.strip) == [1.0, 1.0] + [0.0] * 10
    assert told.comparison.value.number == 200 and told.comparison.complete == 1.0  # of the same two months


def test_a_whole_year_is_held_against_what_there_is_of_the_one_before(service: KpiService) -> None:
    told = year(service, "DL-30", 2025)
    assert told.value.number == 1200 and told.quality.complete == 1.0
    assert told.comparison.value.number == 170
    assert told.comparison.complete == pytest.approx(2 / 12)


def test_of_what_nobody_expects_by_number_nothing_came_before_the_first(service: KpiService) -> None:
    told = year(service, "DVC-01", 2025)
    assert (told.value.number, told.comparison.value.number) == (1, 1)
    assert told.quality.complete is None, "a dossier a year may be all there were"
    assert told.comparison.complete == pytest.approx(29 / 366)  # of 2024, from 3 December on
    assert year(service, "DVC-01", 2024).quality.complete == pytest.approx(29 / 366)
    assert year(service, "DVC-04", 2024).quality.complete is None, "a level is that of its moment"


def test_a_year_that_is_not_over_lacks_only_what_was_due(service: KpiService) -> None:
    march = open_service(service.catalogue, service.reader.store, FixedClock(datetime(2026, 3, 5, 8)), threads=1)
    assert year(march, "DL-30", 2026).quality.complete == 1.0
    clock = FixedClock(datetime(2026, 12, 31, 23, 59))
    night = open_service(service.catalogue, service.reader.store, clock, threads=1)
    assert year(night, "DL-30", 2026).quality.complete == pytest.approx(2 / 10), "a promise of 36 days"
    clock.advance(timedelta(minutes=2))
    assert year(night, "DL-30", 2026).quality.complete == pytest.approx(2 / 12)
    march.reader.close()
    night.reader.close()
