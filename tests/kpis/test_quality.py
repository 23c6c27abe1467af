"""Expected records and the share of them that came."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from data.calendar.period import Grain
from data.calendar.working import WorkingDays
from data.catalogue import Dataset
from data.catalogue.dataset import Expectation
from data.kpis import quality
from tests.kpis.delivered import hoian

CATALOGUE = hoian()
GATES, CABINETS = CATALOGUE.datasets["visitor_count"], CATALOGUE.datasets["lamp_cabinet"]
WORKING = WorkingDays(CATALOGUE.city.calendar, date(2026, 1, 1), date(2026, 12, 31))
MONDAY = datetime(2026, 11, 23)
TUESDAY, WEDNESDAY = datetime(2026, 11, 24), datetime(2026, 11, 25)


def _with(**expect: object) -> Dataset:
    return GATES.model_copy(update={"expect": Expectation.model_validate(expect)})


def test_a_day_of_gates_and_an_hour_of_cabinets() -> None:
    assert quality.expected(GATES, MONDAY, WEDNESDAY, WORKING) == 560
    assert quality.expected(CABINETS, MONDAY, MONDAY.replace(hour=1), WORKING) == 48
    assert quality.expected(CATALOGUE.datasets["dossier"], MONDAY, WEDNESDAY, WORKING) is None


def test_nothing_is_expected_on_days_nobody_works() -> None:
    office = _with(every="1 day", keys=3, on="working_days")
    assert quality.expected(office, datetime(2026, 11, 21), WEDNESDAY, WORKING) == 3  # Sat, Sun, Mon, and a holiday
    assert quality.expected(office, MONDAY.replace(hour=12), TUESDAY, WORKING) == 1.5


@pytest.mark.parametrize(
    ("every", "grain"),
    [
        ("15 minutes", Grain.HOUR),
        ("1 hour", Grain.HOUR),
        ("2 hours", Grain.DAY),
        ("1 day", Grain.DAY),
        ("1 week", Grain.WEEK),
    ],
)
def test_the_cadence_is_the_bucket_that_holds_one_record(every: str, grain: Grain) -> None:
    assert quality.cadence(_with(every=every)) is grain


def test_a_cadence_is_asked_no_finer_than_the_chart_is_drawn() -> None:
    assert quality.cadence(GATES, Grain.MONTH) is Grain.MONTH
    assert quality.cadence(GATES, Grain.HOUR) is Grain.DAY


def test_spans_are_widened_and_narrowed_to_whole_days() -> None:
    noon, evening = MONDAY.replace(hour=12), TUESDAY.replace(hour=18)
    assert quality.widened(GATES, noon, evening) == (MONDAY, WEDNESDAY)
    assert quality.narrowed(GATES, noon, evening) == (TUESDAY, TUESDAY)
    assert quality.narrowed(CABINETS, noon, evening) == (noon, evening)


def test_more_here_does_not_make_up_for_less_there() -> None:
    assert quality.share([20, 0], [10, 10]) == 0.5
    assert quality.share([5, 7], [10, None]) == 0.5
    assert quality.share([5], [0]) is None
    assert quality.share([], []) is None
