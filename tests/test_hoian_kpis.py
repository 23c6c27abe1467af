"""Every KPI of the pack of Hội An: the number a person counts from the rows of one November."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from data.calendar.comparison import named_period
from data.calendar.period import Grain, Period
from data.kpis.query import Compare, KpiQuery
from data.kpis.result import KpiResult, Level, Mark, Presence, Value
from data.kpis.service import KpiService
from tests.kpis import by_hand
from tests.kpis.delivered import NOW, city, pack
from tests.kpis.november import NOVEMBER, at, dossier
from tests.kpis.november_published import published

# value, and of a ratio or mean what is divided by what
BY_HAND: dict[str, by_hand.Answer] = by_hand.BY_HAND | {
    "DVC-01": (7, None, None),  # d1 d2 d3 d4 d6 d7 d8
    "DVC-02": (3, None, None),  # d1 d2 d5
    "DVC-03": (2 / 3, 2, 3),  # d1 d5 of d1 d2 d5
    "DVC-04": (5, None, None),  # d3 d4 d6 d7 d8
    "DVC-05": (2, None, None),  # d4 d6; d8 falls due as the hour ends
    "DVC-06": (7, 21, 3),  # 4, 7 and 10 working days
    "DVC-07": (9.4, None, None),  # 4 7 10: four fifths of the way from 7 to 10
    "DVC-08": (1, None, None),  # d3, aged on the 19th; d4 is not, the 24th being a holiday
    "DVC-09": (4, 12, 3),  # 5, 3 and 4 points
    "DVC-10": (5 / 8, 5, 8),  # (d1 d5 + d3 d7 d8) of (seven received + d5 carried over)
    "DVC-11": (1, None, None),  # r5
    "DVC-12": (2, None, None),  # r5 r6
    "DVC-13": (15, None, None),  # 2 6 24 60: between 6 and 24
    "DVC-14": (49.2, None, None),  # seven tenths of the way from 24 to 60
    "DVC-15": (1 / 4, 1, 4),  # r2
    "DVC-16": (3 / 7, 3, 7),  # d1 d3 d7
    "DVC-17": (2 / 3, 2, 3),  # d1 d8 of d1 d2 d8
    "DVC-18": (4 / 7, 4, 7),  # d1 d2 d3 d7
    "DVC-19": (5, None, None),  # A B C E F
    "DVC-20": (4, None, None),  # 7 - 3
    "DVC-21": (2 / 7, 2, 7),  # d1 d3
    "HT-07": (1.23, None, None),
    "HT-08": (2.05, None, None),
    "HT-12": (50, None, None),  # (40 + 60) / 2
    "HT-13": (130 / 3, 130, 3),  # 30, 40 and 60; the fourth was not measured
    "HT-21": (157 / 160, 157, 160),  # C1 and C2; C3 has been silent for two days
    "DL-01": (450, None, None),
    "DL-02": (190, None, None),
    "DL-03": (65, None, None),
    "DL-04": (125 / 190, 125, 190),
    "DL-05": (75, None, None),  # 10:00 on the 23rd: 30 + 20 + 25
    "DL-06": (60 / 190, 60, 190),
    "DL-07": (80 / 125, 80, 125),
}
LEVELS = by_hand.LEVELS | {
    "DVC-03": Level.ALERT,
    "DVC-11": Level.NORMAL,
    "HT-07": Level.WATCH,
    "HT-08": Level.WATCH,
    "HT-12": Level.WATCH,
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KpiService]:
    service, writer = city(tmp_path_factory.mktemp("november"), by_hand.ROWS)
    yield service
    writer.close()


def tile(service: KpiService, code: str) -> KpiResult:
    """What the KPI's tile shows."""
    kpi = service.catalogue.codes[code]
    asked = KpiQuery(
        kpi.id, named_period(kpi.period, NOW), Grain(kpi.grain), compare=Compare(kpi.compare), trend=kpi.trend
    )
    return service.ask([asked])[0]


def day(service: KpiService, code: str, moment: datetime) -> Value:
    """The value of one day."""
    return service.ask([KpiQuery(code, Period.containing(moment, Grain.DAY))])[0].value


@pytest.mark.parametrize("code", BY_HAND)
def test_the_tile_shows_what_a_person_counts(service: KpiService, code: str) -> None:
    value = tile(service, code).value
    number, numerator, denominator = BY_HAND[code]
    assert value.presence is Presence.PRESENT
    assert value.number == pytest.approx(number)
    assert (value.numerator, value.denominator) == (pytest.approx(numerator), pytest.approx(denominator))


def test_no_kpi_of_the_pack_is_left_uncounted(service: KpiService) -> None:
    assert set(BY_HAND) == set(service.catalogue.codes)


@pytest.mark.parametrize("code", LEVELS)
def test_levels_follow_the_thresholds(service: KpiService, code: str) -> None:
    assert tile(service, code).level is LEVELS[code]


@pytest.mark.parametrize(
    ("code", "until"),
    [("HT-07", at(24, 19, 30)), ("HT-49", at(1)), ("DL-40", at(1, month=1)), ("MTC-01", at(1, month=1))],
)
def test_figures_of_months_and_years_tell_until_their_end(service: KpiService, code: str, until: datetime) -> None:
    assert tile(service, code).stamp.as_of == until


def test_every_answer_says_that_its_data_is_simulated_unless_it_was_published(service: KpiService) -> None:
    for code in BY_HAND:
        marks = tile(service, code).marks
        published = {"published"} & set(service.catalogue.codes[code].datasets)
        assert Mark.SIMULATED in marks or (published and Mark.OFFICIAL in marks), code


def test_a_published_figure_decides_and_is_not_added_to_what_was_measured(service: KpiService) -> None:
    result = tile(service, "DL-43")
    assert result.value.number == 2000  # the monthly reports of 2025 say 1500
    assert result.marks == {Mark.OFFICIAL}


def test_what_is_told_once_a_year_is_not_added_over_years(tmp_path: Path) -> None:
    """Levels are their mean, a peak is the higher one, and only what flows is a sum."""
    before, after = datetime(2024, 1, 1), datetime(2025, 1, 1)
    goals = [{"item": "clean_water", "year": year, "value": value} for year, value in ((before, 0.90), (after, 0.94))]
    figures = {"flood_peak": (3.0, 3.37), "index_766": (80.0, 82.0), "arrivals": (4000.0, 5000.0)}
    rows = [
        published(item, told) | {"year": at}
        for item, both in figures.items()
        for at, told in zip((before, after), both, strict=True)
    ]
    small, _ = city(tmp_path, {"goal_figures": goals, "published": rows})
    asked = [
        KpiQuery(code, Period(before, datetime(2026, 1, 1)), Grain.YEAR)
        for code in ("MTC-01", "HT-70", "DVC-38", "DL-40")
    ]
    assert [result.value.number for result in small.ask(asked)] == pytest.approx([0.92, 3.37, 81.0, 9000.0])


def test_november_is_held_against_the_november_before(service: KpiService) -> None:
    comparison = tile(service, "DVC-01").comparison
    assert comparison is not None
    assert (comparison.period.start, comparison.period.end) == (at(1, year=2025), at(24, 19, year=2025))
    assert (comparison.value.number, comparison.change, comparison.ratio) == (1, 6, 6)


RATIOS = ("DVC-03", "DVC-06", "DVC-15", "DVC-16", "DVC-17", "DVC-18", "DVC-21")


@pytest.mark.parametrize("code", RATIOS)
def test_nothing_to_divide_by_is_not_applicable(service: KpiService, code: str) -> None:
    value = day(service, code, at(8))
    assert value == Value(None, Presence.NOT_APPLICABLE, 0, 0)


@pytest.mark.parametrize("code", ["DVC-07", "DVC-13"])
def test_a_quantile_of_nothing_is_not_applicable(service: KpiService, code: str) -> None:
    assert day(service, code, at(8)) == Value(None, Presence.NOT_APPLICABLE)


@pytest.mark.parametrize("code", ["DVC-01", "DVC-02", "DVC-19", "DVC-20"])
def test_a_day_without_dossiers_is_a_zero(service: KpiService, code: str) -> None:
    assert day(service, code, at(8)) == Value(0)


BACKLOG = [
    (at(1), 1),  # d5
    (at(3), 3),  # d5 d1 d2
    (at(6), 3),  # d1 was returned that day: d5 d2 d3
    (at(11), 3),  # d5 was returned: d2 d3 d4
    (at(12), 2),  # d2 was returned: d3 d4
    (at(20), 3),
]
OVERDUE = [(at(9), 0), (at(10), 1), (at(11), 1), (at(12), 0), (at(17), 1), (at(23), 1)]


@pytest.mark.parametrize(("moment", "count"), BACKLOG, ids=str)
def test_the_backlog_at_the_end_of_a_day(service: KpiService, moment: datetime, count: int) -> None:
    assert day(service, "DVC-04", moment).number == count


@pytest.mark.parametrize(("moment", "count"), OVERDUE, ids=str)
def test_the_overdue_at_the_end_of_a_day(service: KpiService, moment: datetime, count: int) -> None:
    """d2 is overdue from the 10th until it is returned, d4 from the 17th on."""
    assert day(service, "DVC-05", moment).number == count


def test_a_dossier_ages_in_working_days(tmp_path_factory: pytest.TempPathFactory) -> None:
    """From Monday 20 April 2026, ten working days: 21 22 23 24, 28 29, then 4 5 6 7 May.

    Monday 27 April stands in for the Kings' Commemoration of the Sunday before; 30 April and
    1 May are holidays before a weekend. It is old once 7 May has begun.
    """
    received = datetime(2026, 4, 20, 9)
    rows = [dossier("a", received, datetime(2026, 6, 1)), dossier("b", datetime(2026, 5, 20), datetime(2026, 6, 1))]
    service, writer = city(tmp_path_factory.mktemp("april"), {"dossiers": rows})
    assert [day(service, "DVC-08", datetime(2026, 5, d)).number for d in (5, 6, 7, 8)] == [0, 0, 1, 1]
    writer.close()


@pytest.fixture(scope="module")
def levels(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KpiService]:
    more = """
- id: infrastructure.all_rivers
  code: HT-90
  name: {vi: x, en: x}
  definition: {vi: x, en: x}
  domain: infrastructure
  measure: {last: water_level, of: level, time: at}
  unit: {vi: m, en: m}
  dimensions: [station]
  fresh_within: 30 minutes
  owner: {vi: x, en: x}
"""
    service, writer = city(tmp_path_factory.mktemp("levels"), NOVEMBER, extra=more)
    yield service
    writer.close()


def test_levels_of_two_rivers_do_not_combine(levels: KpiService) -> None:
    result = levels.ask([KpiQuery("HT-90", named_period("now", NOW), Grain.HOUR)])[0]
    assert result.refusal == "refusal.keys"
    assert result.value == Value(None, Presence.NOT_APPLICABLE)


def test_the_level_of_one_river_is_told(levels: KpiService) -> None:
    asked = KpiQuery("HT-90", named_period("now", NOW), Grain.HOUR, filters=(("station", ("cau_lau",)),))
    assert levels.ask([asked])[0].value == Value(2.05)


def test_the_pack_is_what_the_repository_holds(tmp_path_factory: pytest.TempPathFactory) -> None:
    assert len(pack(tmp_path_factory.mktemp("pack")).kpis) == len(BY_HAND)
