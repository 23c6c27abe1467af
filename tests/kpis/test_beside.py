"""Held against another area, another occasion and the plan: by hand, in one batch, and no more told than elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from data.calendar.period import Grain, Period
from data.kpis.beside import beside, elsewhere, planned
from data.kpis.contribution import contribution
from data.kpis.query import Compare, KpiQuery
from data.kpis.result import Point, Presence, Value
from data.kpis.scope import EVERYTHING, scope_of
from data.kpis.service import KpiService
from tests.kpis.small import KPIS, kpi, small
from tests.layouts.visits import kpi as visits
from tests.layouts.visits import rate, result

NOW = datetime(2026, 11, 24, 19, 40)
DAYS = Period(datetime(2026, 11, 10), datetime(2026, 11, 13))
BEFORE = {10: (4, 9), 11: (5, 8), 12: (6, 7)}  # rows of (north, south)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KpiService]:
    """Three days of November in two areas, and two in October that lie 30 days before the first two."""
    days = {datetime(2026, 11, day): held for day, held in BEFORE.items()}
    days |= {datetime(2026, 10, 11): (1, 2), datetime(2026, 10, 12): (3, 3)}
    rows = [
        {"at": f"{day:%Y-%m-%d} 08:{n:02}:00", "area": area, "guests": "2", "market": "korea" if n % 2 else "japan"}
        for day, held in days.items()
        for area, count in zip("NS", held, strict=True)
        for n in range(count)
    ]
    kpis = KPIS + kpi("PP-01", "{count: counted, time: at}").replace("[area]", "[area, market]")
    held, writer = small(tmp_path_factory.mktemp("beside"), {"counted": rows}, NOW, kpis)
    yield held
    writer.close()


def _beside(service: KpiService, scope=EVERYTHING, **asked: object):
    query = KpiQuery("PP-01", DAYS, area="north", **asked)
    here, there = service.ask([query, elsewhere(query, "south")], scope)
    return beside(here, there, service.catalogue.areas["south"].name)


def test_an_area_is_held_against_another_day_by_day(service: KpiService) -> None:
    statements = service.statements
    found = _beside(service)
    assert service.statements == statements + 1
    assert [(p.value.number, p.compare.number) for p in found.points] == [(4, 9), (5, 8), (6, 7)]
    held = found.comparison
    assert (found.value.number, held.value.number, held.change, held.ratio) == (15, 24, -9, -9 / 24)
    assert (held.kind, held.name.get("en"), held.period) == (Compare.AREA, "South", DAYS)


def test_the_difference_of_two_areas_is_explained_by_their_parts(service: KpiService) -> None:
    """Japan has every other row from the first: 2 + 3 + 3 in the north, 5 + 4 + 4 in the south."""
    found = contribution(_beside(service), _beside(service, by="market"))
    assert {effect.key: effect.total for effect in found.effects} == {"japan": 8 - 13, "korea": 7 - 11}
    assert (found.change, found.rest) == (-9, 0)


def test_who_may_not_see_the_other_area_is_told_nothing_of_it(service: KpiService) -> None:
    found = _beside(service, scope_of(service.catalogue, ["north"], small=True))
    assert found.value.number == 15
    assert (found.comparison.value.number, found.comparison.change) == (None, None)
    assert {point.compare for point in found.points} == {None}


def test_an_occasion_is_held_against_one_thirty_days_before(service: KpiService) -> None:
    query = KpiQuery("PP-01", DAYS, compare=Compare.EVENT, back=timedelta(days=30))
    found = service.ask([query])[0]
    assert [p.compare_at for p in found.points] == [datetime(2026, 10, 11) + timedelta(days=n) for n in range(3)]
    assert [p.compare.number for p in found.points] == [3, 6, 0]
    assert (found.comparison.value.number, found.comparison.change) == (9, 39 - 9)


def _days(first: date, numbers: list[float | None]) -> tuple[Point, ...]:
    start = datetime(first.year, first.month, first.day)
    none = Value(None, Presence.MISSING)
    return tuple(Point(start + timedelta(days=n), none if x is None else Value(x)) for n, x in enumerate(numbers))


def test_of_what_adds_the_plan_is_spread_evenly_and_counted_as_far_as_numbers_go() -> None:
    """3,000 visits a month of 30 days are 100 a day; two of three days are known."""
    entry = visits(target=({"from": date(2026, 1, 1), "value": 3000},))
    query = KpiQuery("DL-02", Period(datetime(2026, 11, 10), datetime(2026, 11, 13)))
    points = _days(date(2026, 11, 10), [120, 90, None])
    found = planned(result(entry, query, value=Value(210.0), points=points, comparison=None))
    assert [p.compare.number for p in found.points] == pytest.approx([100, 100, 100])
    assert (found.comparison.value.number, found.comparison.change) == (pytest.approx(200), pytest.approx(10))
    weeks = replace(query, grain=Grain.WEEK)
    cut = planned(result(entry, weeks, value=Value(210.0), points=_days(date(2026, 11, 9), [210]), comparison=None))
    assert cut.comparison.value.number == pytest.approx(300), "three days of that week were asked for"


def test_of_a_rate_the_plan_is_the_target_itself() -> None:
    query = KpiQuery("DL-03", Period(datetime(2026, 11, 10), datetime(2026, 11, 12)))
    points = _days(date(2026, 11, 10), [0.97, 0.99])
    found = planned(result(rate(), query, value=Value(0.985), points=points, comparison=None))
    assert [p.compare.number for p in found.points] == pytest.approx([0.98, 0.98])
    assert found.comparison.change == pytest.approx(0.005)


def test_without_a_target_in_force_there_is_no_plan() -> None:
    query = KpiQuery("DL-02", Period(datetime(2025, 11, 10), datetime(2025, 11, 12)))
    found = planned(result(visits(), query, points=_days(date(2025, 11, 10), [1, 2]), comparison=None))
    assert found.comparison is None


@pytest.mark.parametrize(
    ("first", "last", "leaps"),
    [
        (date(2025, 7, 20), date(2025, 8, 30), True),  # the leap month itself is in it
        (date(2026, 7, 20), date(2026, 8, 30), True),  # ... is in the year before
        (date(2026, 11, 1), date(2026, 11, 24), False),
        (date(2025, 8, 22), date(2025, 8, 22), True),  # its last day
        (date(2025, 7, 1), date(2025, 7, 26), True),  # its first two days
        (date(2025, 8, 23), date(2025, 8, 30), False),
    ],
)
def test_a_leap_month_in_either_period_is_said(service: KpiService, first: date, last: date, leaps: bool) -> None:
    catalogue = replace(service.catalogue, city=service.catalogue.city.model_copy(update={"lunar": True}))
    asker = KpiService(catalogue, service.reader, service.clock)
    found = asker.ask([KpiQuery("PP-01", Period.of_days(first, last), compare=Compare.LUNAR)])[0]
    assert ("note.leap" in found.notes) is leaps


def test_series_of_every_area_are_one_statement_and_add_up(service: KpiService) -> None:
    """What the small lines of the analysis page ask with a view."""
    whole = KpiQuery("PP-01", DAYS)
    statements = service.statements
    asked = [whole, replace(whole, by="area"), *(replace(whole, area=area) for area in ("north", "south"))]
    city, divided, *areas = service.ask(asked)
    assert service.statements == statements + 1
    counts = [[point.value.number for point in one.points] for one in (city, *areas)]
    assert counts == [[13, 13, 13], [4, 5, 6], [9, 8, 7]]
    assert [part.value.number for part in divided.parts] == [one.value.number for one in areas] == [15, 24]
