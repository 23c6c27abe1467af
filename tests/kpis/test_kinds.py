"""The younger kinds of measure, each against rows counted by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from data.calendar.comparison import named_period
from data.calendar.period import Grain, Period
from data.kpis.query import Compare, KpiQuery
from data.kpis.result import MISSING, Freshness, KpiResult, Mark, Presence
from data.kpis.rows import RowPage
from data.kpis.service import KpiService
from tests.kpis.delivered import Row
from tests.kpis.small import small

NOW = datetime(2026, 11, 24, 19, 30)


def at(day: int, hour: int = 0, month: int = 11, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute)


def guests(moment: datetime, count: int, area: str = "N", market: str = "korea") -> Row:
    return {"at": moment, "guests": count, "area": area, "market": market}


def published(month: int, number: float, area: str = "N", what: str = "guests", year: int = 2026) -> Row:
    return {"month": datetime(year, month, 1), "what": what, "area": area, "number": number}


def level(moment: datetime, height: float, station: str = "a", **more: object) -> Row:
    return {"station": station, "at": moment, "area": "N", "level": height, **more}  # type: ignore[dict-item]


def site(name: str, start: datetime, end: datetime | None, hectares: float | None, area: str = "N") -> Row:
    return {"id": name, "started": start, "ended": end, "area": area, "hectares": hectares}


ROWS = {
    "counted": [
        guests(at(5, 9, 8), 100),                                 # August: 100
        guests(at(20, 9, 9), 250), guests(at(21, 9, 9), 50, "S"),  # September: 300
        guests(at(2, 9), 60), guests(at(2, 10), 30, "S", "japan"),
        guests(at(24, 9), 110, "N", "japan"),                     # November: 200
    ],
    # September 290 in the north only; October 480, of which 80 in the south; nothing of August
    "published": [
        published(9, 290), published(10, 400), published(10, 80, "S"), published(10, 7, what="beds"),
        published(11, 9, what="beds"),
    ],
    "air": [
        level(at(24, 12), 1.0), level(at(24, 13), 1.2), level(at(24, 15), 1.5),
        level(at(24, 16), 1.9), level(at(24, 16), 2.5, "b"), level(at(24, 18), 2.0, pm25=30.0),
    ],
    "site": [
        site("1", at(1), at(24, 6), 4.0), site("2", at(22, 12), None, 1.5, "S"), site("3", at(23, 8), None, None),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KpiService]:
    made, writer = small(tmp_path_factory.mktemp("small"), ROWS, NOW)
    yield made
    writer.close()


def ask(service: KpiService, code: str, period: Period, grain: Grain = Grain.DAY, **more: object) -> KpiResult:
    return service.ask([KpiQuery(code, period, grain, **more)])[0]  # type: ignore[arg-type]


def values(result: KpiResult) -> list[float | None]:
    return [point.value.number for point in result.points]


def parts(result: KpiResult) -> dict[str, float | None]:
    return {part.key: part.value.number for part in result.parts}


NOVEMBER, YEAR = named_period("month", NOW), named_period("year", NOW)
TODAY = named_period("day", NOW)


# -- official constants, and so many per so many -----------------------------------------


def test_guests_per_thousand_people_of_the_asked_area(service: KpiService) -> None:
    """200 guests in November for 3,000 people; 170 of them in the north, with 1,000."""
    whole = ask(service, "DK-04", NOVEMBER, by="area")
    assert whole.value.number == pytest.approx(200 / 3000 * 1000)
    assert (whole.value.numerator, whole.value.denominator) == (200, 3000)
    assert parts(whole) == {"north": 170, "south": None}
    assert whole.parts[1].value.presence is Presence.NOT_APPLICABLE
    assert ask(service, "DK-04", NOVEMBER, area="north").value.number == 170
    assert ask(service, "DK-05", NOVEMBER, area="north").value.number == pytest.approx(170 / 20)


def test_every_bucket_is_held_against_the_people_of_the_area(service: KpiService) -> None:
    assert values(ask(service, "DK-04", Period(at(2), at(4)), area="north")) == [60, 0]


# -- mean of the filled buckets ------------------------------------------------------------


def test_an_average_month_counts_the_months_that_came(service: KpiService) -> None:
    """August 100, September 300, November 200: 200, and the busiest month is half as much again."""
    assert ask(service, "DK-06", YEAR).value.number == 200
    assert ask(service, "DK-07", YEAR).value.number == 1.5
    assert ask(service, "DK-06", YEAR, area="south").value.number == pytest.approx((0 + 50 + 30) / 3)
    assert ask(service, "DK-06", Period(at(1, month=10), at(1))).value.presence is Presence.NOT_APPLICABLE


# -- figures and precedence --------------------------------------------------------------------


def test_a_figure_that_was_not_published_is_missing(service: KpiService) -> None:
    result = ask(service, "DK-02", YEAR, Grain.MONTH, trend=4, by="area")
    assert values(result) == [None, 290, 480, None]
    assert result.value.number == 770
    assert parts(result) == {"north": 690, "south": 80}
    assert ask(service, "DK-02", NOVEMBER, Grain.MONTH).value == MISSING


def test_a_figure_by_the_month_is_never_told_by_the_day(service: KpiService) -> None:
    result = ask(service, "DK-02", Period(at(1, month=9), at(1)), Grain.DAY)
    assert [point.at for point in result.points] == [at(1, month=9), at(1, month=10)]
    assert values(result) == [290, 480]


def test_a_quarter_of_months(service: KpiService) -> None:
    assert values(ask(service, "DK-02", YEAR, Grain.QUARTER)) == [None, None, 290, 480]


def test_the_last_complete_month(service: KpiService) -> None:
    result = ask(service, "DK-02", named_period("last_month", NOW), Grain.MONTH, compare=Compare.PREVIOUS)
    assert result.value.number == 480
    assert result.comparison is not None and result.comparison.value.number == 290
    assert result.freshness is Freshness.ON_TIME


def test_the_first_that_is_present_wins_bucket_by_bucket(service: KpiService) -> None:
    """August and November were only counted; of September and October there are official figures."""
    result = ask(service, "DK-03", YEAR, Grain.MONTH, trend=5)
    assert values(result) == [None, 100, 290, 480, 200]
    assert result.value.number == 100 + 290 + 480 + 200
    assert result.marks == {Mark.OFFICIAL, Mark.SIMULATED}


@pytest.mark.parametrize(
    ("period", "number", "marks"),
    [
        (Period(at(1, month=10), at(1)), 480, {Mark.OFFICIAL}),
        (NOVEMBER, 200, {Mark.SIMULATED}),
        (Period(at(1, month=9), at(1, month=10)), 290, {Mark.OFFICIAL}),
    ],
)
def test_marks_are_those_of_the_one_that_won(service: KpiService, period: Period, number: float, marks: set) -> None:
    result = ask(service, "DK-03", period, Grain.MONTH)
    assert (result.value.number, result.marks) == (number, marks)
    assert {source.source.authority for source in result.sources} == {mark.value for mark in marks}


def test_each_part_of_a_breakdown_takes_the_first_there_is_of_it(service: KpiService) -> None:
    """The south counted 50 in September; the official figure names the north alone."""
    result = ask(service, "DK-03", Period(at(1, month=9), at(1, month=10)), Grain.MONTH, by="area")
    assert parts(result) == {"north": 290, "south": 50}


def test_the_first_level_there_is(service: KpiService) -> None:
    result = ask(service, "DK-10", TODAY, Grain.HOUR)
    assert values(result)[12:19] == [1.0, 1.2, None, 1.5, 2.5, None, 2.0]


# -- a column of what is open ----------------------------------------------------------------------


def test_hectares_of_the_sites_then_open(service: KpiService) -> None:
    """Site 1 (4 ha) until the 24th, site 2 (1.5 ha) from the 22nd on; of site 3 no size is known."""
    result = ask(service, "CT-01", Period(at(21), at(25)), by="area")
    assert values(result) == [4.0, 5.5, 5.5, 1.5]
    assert parts(result) == {"north": 0.0, "south": 1.5}
    assert result.marks == {Mark.PROVISIONAL}


def test_what_opened_and_closed_within_two_days(service: KpiService) -> None:
    """At the end of the 24th 1.5 ha are open; two days before it were 5.5, and two days before the 23rd 4."""
    assert values(ask(service, "CT-02", Period(at(23), at(25)))) == [1.5, -4.0]


# -- a level less the level before -------------------------------------------------------------------


def test_a_rise_in_three_hours(service: KpiService) -> None:
    """16:00 the higher of two is 2.5, at 13:00 it was 1.2; at 18:00 2.0 and at 15:00 1.5."""
    result = ask(service, "KK-02", Period(at(24, 13), NOW), Grain.HOUR)
    assert values(result) == pytest.approx([None, None, 0.5, pytest.approx(1.3), None, 0.5, None], nan_ok=True)
    assert result.value.number == pytest.approx(0.5)


def test_a_rise_in_an_hour_under_way_is_from_the_same_minute_three_hours_before(tmp_path: Path) -> None:
    """18:10 2.0; 15:10 lies a sixth of the way from 1.0, the last before 15:00, to 1.6, the last before 16:00: 1.1."""
    rows = {
        "air": [level(at(24, 14, minute=50), 1.0), level(at(24, 15, minute=50), 1.6), level(at(24, 18, minute=10), 2.0)]
    }
    city, writer = small(tmp_path, rows, NOW)
    assert ask(city, "KK-02", Period(at(24, 18), NOW), Grain.HOUR).value.number == pytest.approx(0.9)
    writer.close()


def test_a_change_needs_both_levels(service: KpiService) -> None:
    assert ask(service, "KK-02", Period(at(24, 12), at(24, 14)), Grain.HOUR).value == MISSING


# -- concentration ----------------------------------------------------------------------------------------


def test_concentration_of_two_markets(service: KpiService) -> None:
    """November: Korea 60, Japan 140 of 200: 0.3² + 0.7² = 0.58."""
    result = ask(service, "DK-08", NOVEMBER)
    assert result.value.number == pytest.approx(0.58)
    assert result.composition is not None
    assert {part.key: part.points for part in result.composition.parts} == pytest.approx({"korea": 0.3, "japan": 0.7})
    assert result.composition.decides == "japan"
    assert ask(service, "DK-08", Period(at(3), at(4))).value.presence is Presence.NOT_APPLICABLE


def rows(service: KpiService, code: str) -> RowPage:
    return service.rows(KpiQuery(code, NOVEMBER))


def test_rows_under_a_number_with_a_constant_below_are_those_counted(service: KpiService) -> None:
    assert rows(service, "DK-04").total == 3
    assert rows(service, "DK-03").total == 0  # the official figures come first, and November has none


# -- periods that are over -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("last_day", date(2026, 11, 23), date(2026, 11, 23)),
        ("last_week", date(2026, 11, 16), date(2026, 11, 22)),
        ("last_month", date(2026, 10, 1), date(2026, 10, 31)),
        ("last_quarter", date(2026, 7, 1), date(2026, 9, 30)),
        ("last_year", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_a_period_that_is_over(name: str, first: date, last: date) -> None:
    assert named_period(name, NOW) == Period.of_days(first, last)  # type: ignore[arg-type]
    midnight = datetime(2026, 11, 24)
    assert named_period("last_day", midnight) == Period(midnight - timedelta(days=1), midnight)
