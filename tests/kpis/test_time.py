"""What is a zero, what is missing, and where time is cut."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from data.calendar.comparison import named_period
from data.calendar.period import Grain, Period
from data.clock.clock import FixedClock
from data.kpis.query import Compare, KpiQuery
from data.kpis.result import MISSING, Freshness, KpiResult, Presence, Value
from data.kpis.service import KpiService, open_service
from tests.kpis.delivered import NOW, city, deliver
from tests.kpis.november import LEVELS, NOVEMBER, at, dossier, visitors

NOVEMBER_TO_DATE = Period(at(1), NOW)


def ask(service: KpiService, code: str, period: Period, **more: object) -> KpiResult:
    return service.ask([KpiQuery(code, period, **more)])[0]  # type: ignore[arg-type]


def days(first: int, last: int) -> Period:
    """Whole days of November."""
    return Period(at(first), at(last) + timedelta(days=1))


def values(result: KpiResult) -> list[float | None]:
    return [point.value.number for point in result.points]


# -- presence ---------------------------------------------------------------------------


def test_inside_what_is_known_nothing_is_zero(november: KpiService) -> None:
    result = ask(november, "DVC-01", days(6, 10))
    assert values(result) == [0, 0, 0, 0, 1]
    assert all(point.value.presence is Presence.PRESENT for point in result.points)


def test_before_the_first_data_there_is_nothing(november: KpiService) -> None:
    result = ask(november, "DVC-01", Period(datetime(2025, 10, 30), datetime(2025, 11, 5)))
    assert values(result) == [None, None, None, None, 1, 0]
    assert ask(november, "DVC-01", Period(datetime(2024, 1, 1), datetime(2024, 2, 1))).value == MISSING
    assert ask(november, "DVC-04", Period(datetime(2024, 1, 1), datetime(2024, 2, 1))).value == MISSING


def test_after_the_newest_data_there_is_nothing_yet(november: KpiService) -> None:
    hours = ask(november, "DVC-01", Period(at(24, 17), at(24, 21)), grain=Grain.HOUR)
    assert values(hours) == [0, 1, None, None]
    assert ask(november, "DVC-01", days(25, 26)).value == MISSING


def test_buckets_to_come_are_missing(november: KpiService) -> None:
    result = ask(november, "DVC-01", days(23, 26))
    assert values(result) == [1, 1, None, None]
    assert result.value.number == 2


def test_records_that_should_have_come_are_not_a_zero(november: KpiService) -> None:
    """Gates report every day; of dossiers nobody knows how many to expect."""
    result = ask(november, "DL-02", days(21, 23))
    assert values(result) == [None, 60, 130]
    assert ask(november, "DL-02", days(10, 12)).value == MISSING


def test_an_hour_without_visitors_on_a_day_with_some_is_a_zero(november: KpiService) -> None:
    result = ask(november, "DL-02", Period(at(23, 9), at(23, 13)), grain=Grain.HOUR)
    assert values(result) == [0, 75, 55, None]


def test_today_is_not_incomplete_before_its_records_are_due(november: KpiService) -> None:
    """The newest visitors are of yesterday 11:00 and promised within 26 hours: 17:42, then."""
    today = ask(november, "DL-02", named_period("day", NOW))
    assert today.value == MISSING
    assert today.quality.complete is None


def test_complete_is_the_share_of_expected_records(november: KpiService) -> None:
    """280 a day. One came on the 22nd, none on the 21st; the 23rd is not over as far as is known."""
    assert ask(november, "DL-02", days(21, 22)).quality.complete == pytest.approx(1 / 560)
    hours = ask(november, "DL-02", days(22, 22), grain=Grain.HOUR)
    assert hours.quality.complete == pytest.approx(1 / 280)
    assert hours.strip == (pytest.approx(1 / 280),) * 24
    assert ask(november, "DVC-01", days(1, 3)).quality.complete is None


# -- levels -----------------------------------------------------------------------------


def test_a_level_is_taken_where_knowledge_ends_whatever_the_bucket(november: KpiService) -> None:
    """d8 falls due at 19:00, when what is known ends: not overdue, though the bucket lasts until 30 November."""
    for grain in Grain:
        result = ask(november, "DVC-05", NOVEMBER_TO_DATE, grain=grain)
        assert result.value.number == 2, grain
        assert result.last_known is not None
        assert result.last_known.value.number == 2, grain


def test_the_share_of_the_running_month_is_that_of_its_tile(november: KpiService) -> None:
    result = ask(november, "DVC-10", NOVEMBER_TO_DATE, grain=Grain.MONTH)
    assert result.value == result.points[-1].value == Value(0.625, numerator=5, denominator=8)


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KpiService]:
    """A city of nothing but dossiers."""
    service, writer = city(tmp_path_factory.mktemp("counter"), {"dossiers": NOVEMBER["dossiers"]})
    yield service
    writer.close()


@pytest.mark.parametrize(("name", "since"), [("now", 1), ("day", 1), ("week", 9), ("now", 40)])
def test_what_was_open_stays_known_when_nothing_new_comes(counter: KpiService, name: str, since: int) -> None:
    """Five days later the backlog is the last that was known, and the freshness says how old it is."""
    service = counter
    later = KpiService(service.catalogue, service.reader, FixedClock(NOW + timedelta(days=since)))
    period = named_period(name, NOW + timedelta(days=since))  # type: ignore[arg-type]
    opened, overdue, received = later.ask([KpiQuery(code, period) for code in ("DVC-04", "DVC-05", "DVC-01")])
    assert (opened.value.number, overdue.value.number) == (5, 2)
    assert opened.freshness is (Freshness.ON_TIME if since == 1 else Freshness.LOST)
    if since > 1:
        assert received.value == MISSING


def test_a_level_is_not_foretold(november: KpiService) -> None:
    assert ask(november, "DVC-04", Period(at(1, month=12), at(2, month=12))).value == MISSING


def test_a_level_of_long_ago_is_that_of_its_time(november: KpiService) -> None:
    result = ask(november, "DVC-04", days(1, 5))
    assert values(result) == [1, 2, 3, 3, 4]
    assert result.value.number == 4


def test_a_reading_grows_old(november: KpiService) -> None:
    """HT-07 promises 30 minutes: what is known at 20:00 looks back an hour and a half, to the hour."""
    assert ask(november, "HT-07", Period(at(24, 19), NOW)).value.number == 1.23
    assert ask(november, "HT-07", Period(at(25), at(26))).value == MISSING


# -- comparison -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def gates(tmp_path_factory: pytest.TempPathFactory) -> KpiService:
    """A visitor at every hour of October and November, as far as Monday 23 November, 20:59."""
    hours = range((at(23, 21) - at(1, month=10)) // timedelta(hours=1))
    rows = [visitors(at(1, month=10) + timedelta(hours=n), "g1", "korea", 1) for n in hours]
    service, _ = city(tmp_path_factory.mktemp("gates"), {"visitors": rows})
    return service


CUTS = [
    ("month", NOW, at(1, month=10), at(23, 21, month=10), 22 * 24 + 21),
    ("week", NOW, at(16), at(16, 21), 21),
    ("day", at(23, 21, 30), at(22), at(22, 21), 21),
]


@pytest.mark.parametrize(("name", "now", "start", "end", "count"), CUTS, ids=[cut[0] for cut in CUTS])
def test_a_period_to_date_is_held_against_as_much_of_the_one_before(
    gates: KpiService, name: str, now: datetime, start: datetime, end: datetime, count: int
) -> None:
    """Cut at 21:00 on Monday, where what is known ends, not where the clock stands."""
    service = KpiService(gates.catalogue, gates.reader, FixedClock(now))
    result = ask(service, "DL-02", named_period(name, now), compare=Compare.PREVIOUS)  # type: ignore[arg-type]
    assert result.comparison is not None
    assert result.comparison.period == Period(start, end)
    assert (result.value.number, result.comparison.value.number, result.comparison.change) == (count, count, 0)


def test_a_long_period_is_held_against_whole_days(gates: KpiService) -> None:
    result = ask(gates, "DL-02", Period(datetime(2026, 6, 1), NOW), compare=Compare.YEAR)
    assert result.comparison is not None
    assert result.comparison.period == Period(datetime(2025, 6, 1), datetime(2025, 11, 24))


def test_a_period_that_is_over_is_held_against_a_whole_one(gates: KpiService) -> None:
    result = ask(gates, "DL-02", Period(at(9), at(16)), compare=Compare.PREVIOUS)
    assert result.comparison is not None
    assert result.comparison.period == Period(at(2), at(9))
    assert [point.compare_at for point in result.points] == [at(2) + timedelta(days=n) for n in range(7)]
    assert [point.compare and point.compare.number for point in result.points] == [24] * 7


@pytest.mark.parametrize(("first", "days_"), [(9, 7), (1, 15)])
def test_a_month_cut_short_is_held_against_as_much_of_the_other(gates: KpiService, first: int, days_: int) -> None:
    """One visitor an hour: a part of a month is never held against a whole one."""
    period = Period(at(first), at(first + days_))
    result = ask(gates, "DL-02", period, grain=Grain.MONTH, compare=Compare.PREVIOUS)
    [point] = result.points
    assert result.comparison is not None
    assert [point.value, point.compare, result.comparison.value] == [Value(days_ * 24)] * 3


def test_two_years_may_be_held_against_each_other_though_they_overlap(november: KpiService) -> None:
    """Applicants from November 2024 to November 2026, against a year earlier: `old` counts in both."""
    period = Period(datetime(2024, 12, 1), datetime(2026, 12, 1))
    result = ask(november, "DVC-19", period, grain=Grain.YEAR, compare=Compare.YEAR)
    assert result.comparison is not None
    assert result.comparison.period == Period(datetime(2023, 12, 1), datetime(2025, 11, 25))
    assert (result.value.number, result.comparison.value.number) == (7, 1)


# -- grain ------------------------------------------------------------------------------


def test_a_grain_finer_than_the_data_is_answered_by_the_finest(november: KpiService) -> None:
    result = ask(november, "HT-07", Period(at(24, 18), NOW), grain=Grain.HOUR)
    assert [point.at for point in result.points] == [at(24, 18), at(24, 19)]


@pytest.mark.parametrize(
    ("code", "weeks"), [("DVC-01", [1, 1, 0]), ("DVC-19", [1, 1, 0]), ("DVC-05", [0, 0, 1]), ("DVC-02", [1, 2, 0])]
)
def test_a_week_cut_by_the_period_counts_only_what_lies_in_it(
    november: KpiService, code: str, weeks: list[float]
) -> None:
    """Thursday 5 to Thursday 19 November, by weeks from Monday: 5-8, 9-15, 16-19."""
    result = ask(november, code, days(5, 19), grain=Grain.WEEK)
    assert [point.at for point in result.points] == [at(2), at(9), at(16)]
    assert values(result) == weeks


def test_the_trend_reaches_back_beyond_the_period(november: KpiService) -> None:
    result = ask(november, "DVC-01", days(23, 24), trend=5)
    assert [point.at for point in result.points] == [at(n) for n in range(20, 25)]
    assert values(result) == [1, 0, 0, 1, 1]
    assert result.value.number == 2


def test_the_trend_by_months_holds_whole_months(november: KpiService) -> None:
    result = ask(november, "DVC-20", NOVEMBER_TO_DATE, grain=Grain.MONTH, trend=3, compare=Compare.YEAR)
    assert [point.at for point in result.points] == [at(1, month=9), at(1, month=10), at(1)]
    assert values(result) == [0, 1, 4]
    assert [point.compare for point in result.points] == [MISSING, MISSING, Value(0)]


def test_a_short_answer_does_not_take_from_a_long_one_asked_with_it(november: KpiService) -> None:
    """By months both read November; the period that ends on the 9th still counts three."""
    service = KpiService(november.catalogue, november.reader, november.clock)
    both = [KpiQuery("DVC-01", p, Grain.MONTH) for p in (days(1, 9), NOVEMBER_TO_DATE)]
    assert [result.value.number for result in service.ask(both)] == [3, 7]


# -- age --------------------------------------------------------------------------------

AGES = [
    (0, Freshness.ON_TIME, 1.0),
    (29, Freshness.LATE, None),
    (28, Freshness.ON_TIME, 1.0),
    (90, Freshness.LOST, 0.0),
]


@pytest.mark.parametrize(("hours", "freshness", "live"), AGES)
def test_age_is_held_against_the_promise(
    november: KpiService, hours: int, freshness: Freshness, live: float | None
) -> None:
    """The newest dossier is of 18:30, 72 minutes before; the promise is 30 hours."""
    now = NOW + timedelta(hours=hours)
    service = KpiService(november.catalogue, november.reader, FixedClock(now))
    result = ask(service, "DVC-01", named_period("month", now))
    assert result.age == now - at(24, 18, 30)
    assert result.freshness is freshness
    assert live is None or result.quality.live == live


def test_a_period_that_ended_before_the_newest_data_does_not_age(november: KpiService) -> None:
    result = ask(november, "DVC-01", days(1, 10))
    assert (result.age, result.freshness) == (timedelta(0), Freshness.ON_TIME)


def test_the_stamp_says_what_answered(november: KpiService) -> None:
    stamp = ask(november, "DVC-01", days(1, 10)).stamp
    assert (stamp.as_of, stamp.loaded_at, stamp.recomputed) == (at(24, 18, 30), NOW, False)


def test_an_empty_store_answers_that_all_is_missing(tmp_path: Path) -> None:
    _, writer = city(tmp_path, {})
    service = open_service(writer.catalogue, tmp_path / "store", FixedClock(NOW))
    batch = [KpiQuery(kpi, NOVEMBER_TO_DATE, compare=Compare.YEAR) for kpi in service.catalogue.kpis]
    results = service.ask(batch)
    assert {result.value for result in results} == {MISSING}
    assert {result.freshness for result in results} == {Freshness.LOST}
    writer.close()


def test_the_past_answers_as_it_was_known(tmp_path: Path) -> None:
    service, writer = city(tmp_path, {"dossiers": NOVEMBER["dossiers"], "water_level": LEVELS})
    before = service.reader.snapshot()
    more = [dossier("late", at(4, 8), at(30, 8))]
    deliver(tmp_path, writer, {"dossiers": more}, "2")
    service.reader.refresh()
    asked = [KpiQuery("DVC-01", days(1, 10))]
    assert service.ask(asked)[0].value.number == 5
    assert service.ask(asked, snapshot=before)[0].value.number == 4
    writer.close()
