"""Small counts: never told to who may not see them, nor to be worked out from what is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.calendar.period import Grain, Period
from data.kpis.disclosure import few, hidden
from data.kpis.query import Compare, KpiQuery
from data.kpis.result import Presence
from data.kpis.scope import EVERYTHING, Scope
from data.kpis.service import KpiService
from tests.kpis.small import DATASETS, KPIS, kpi, small

NOW = datetime(2026, 11, 24, 19, 40)
NOVEMBER = Period(datetime(2026, 11, 1), datetime(2026, 12, 1))
LEAST = 5
BLIND = Scope()
COUNT = "{count: counted, time: at}"
KOREAN = "{count: counted, time: at, where: [[market, eq, korea]]}"
MORE = (
    kpi("PP-01", COUNT),
    kpi("PP-02", f"{{ratio: {{of: {KOREAN}, to: {COUNT}}}}}"),
    kpi("PP-03", "{mean: counted, of: guests, time: at}"),
    kpi("PP-04", "{quantile: counted, of: guests, time: at, p: 0.5}"),
    kpi("PP-05", "{distinct: counted, of: guests, time: at}"),
    kpi("PP-06", "{sum: counted, of: guests, time: at}"),
)


def _rows(*groups: tuple[int, str, str, int]) -> dict[str, list[dict[str, str]]]:
    """Groups of (day of November, area, market, how many rows, of which each counts 3 guests)."""
    return {
        "counted": [
            {"at": f"2026-11-{day:02} 08:{n:02}:00", "area": area, "guests": "3", "market": market}
            for day, area, market, count in groups
            for n in range(count)
        ]
    }


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KpiService]:
    """November: 12 rows in the north on two days (9 + 3), 2 in the south on a third; 2 of them Japanese."""
    datasets = DATASETS.replace("- id: published", "  minimum_cell: 5\n- id: published", 1)
    rows = _rows((3, "N", "korea", 8), (3, "N", "japan", 1), (10, "N", "korea", 3), (17, "S", "korea", 1),
                 (17, "S", "japan", 1))  # fmt: skip
    kpis = KPIS + "".join(MORE).replace("dimensions: [area]", "dimensions: [area, market]")
    held, writer = small(tmp_path_factory.mktemp("few"), rows, NOW, kpis, datasets)
    yield held
    writer.close()


def _ask(service: KpiService, code: str, scope: Scope = BLIND, **asked: object):
    return service.ask([KpiQuery(code, NOVEMBER, **asked)], scope)[0]


# -- the rule -------------------------------------------------------------------------------


@given(st.lists(st.lists(st.integers(0, 12), min_size=2, max_size=2).map(tuple), max_size=8))
def test_what_is_hidden_of_a_table_cannot_be_had_from_its_total(cells):
    out = hidden(cells, LEAST)
    told = set(range(len(cells))) - out
    assert not any(few(cells[index], LEAST) for index in told)
    for count in range(2):
        total = sum(cell[count] for cell in cells)
        left = total - sum(cells[index][count] for index in told)
        assert not 0 < left < LEAST or left == total, "left by subtraction, and not the total itself"


@given(st.lists(st.tuples(st.one_of(st.just(0), st.integers(LEAST, 50))), max_size=8))
def test_nothing_is_hidden_where_nothing_is_small(cells):
    assert hidden(cells, LEAST) == frozenset()


def test_the_smallest_other_cell_goes_with_a_lone_small_one():
    assert hidden([(40,), (3,), (9,), (0,)], LEAST) == {1, 2}


def test_small_cells_that_together_are_many_need_no_other():
    assert hidden([(40,), (3,), (4,)], LEAST) == {1, 2}


# -- answers --------------------------------------------------------------------------------


def test_whoever_sees_small_counts_is_told_all(service):
    found = _ask(service, "PP-01", EVERYTHING, by="area")
    assert (found.value.number, [part.value.number for part in found.parts]) == (14, [12, 2])


def test_a_small_part_takes_the_next_one_with_it_for_the_total_is_told(service):
    found = _ask(service, "PP-01", by="area")
    assert found.value.number == 14
    assert [part.value.presence for part in found.parts] == [Presence.SUPPRESSED] * 2


def test_one_area_of_few_cases_has_no_number_no_points_and_no_rows(service):
    found = _ask(service, "PP-01", area="south")
    assert found.value.presence is Presence.SUPPRESSED
    assert {p.value.number for p in found.points} <= {None, 0.0}
    assert found.last_known is None or found.last_known.value.number == 0
    page = service.rows(KpiQuery("PP-01", NOVEMBER, area="south"), BLIND)
    assert (page.rows, page.total, page.withheld) == ((), 0, True)


def test_rows_are_listed_to_who_sees_small_counts(service):
    page = service.rows(KpiQuery("PP-01", NOVEMBER, area="south"), Scope(small=True))
    assert (page.total, page.withheld) == (2, False)


def test_days_are_hidden_until_the_rest_is_no_small_number(service):
    """Of 9, 3 and 2 the two small ones are hidden; together they are 5, which tells of neither."""
    told = {p.at.day: p.value for p in _ask(service, "PP-01").points}
    assert [told[day].presence for day in (3, 10, 17)] == [Presence.PRESENT] + [Presence.SUPPRESSED] * 2
    assert (told[3].number, told[4].number) == (9, 0)
    north = {p.at.day: p.value.presence for p in _ask(service, "PP-01", area="north").points}
    assert north[10] is north[3] is Presence.SUPPRESSED, "12 - 9 would tell of the 3"


@pytest.mark.parametrize("code", ["PP-03", "PP-04", "PP-05", "PP-06"])
def test_whatever_is_measured_its_cases_are_what_counts(service, code):
    """Two rows of the south: a mean, a median, a number of different values and a sum tell of two people."""
    assert _ask(service, code, EVERYTHING, area="south").value.number is not None
    assert _ask(service, code, area="south").value.presence is Presence.SUPPRESSED


def test_different_values_are_cases_too(service):
    """Twelve rows of the north, all of three guests: one different value."""
    assert _ask(service, "PP-05", EVERYTHING, area="north").value.number == 1
    assert _ask(service, "PP-05", area="north").value.presence is Presence.SUPPRESSED


def test_of_a_share_those_who_are_not_in_it_count_as_well(service):
    """12 of 14 are Korean: the other two would be told."""
    assert _ask(service, "PP-02", EVERYTHING).value.number == pytest.approx(12 / 14)
    assert _ask(service, "PP-02").value.presence is Presence.SUPPRESSED


def test_a_comparison_with_few_cases_tells_no_change(service):
    week = Period(datetime(2026, 11, 17), datetime(2026, 11, 24))
    found = service.ask([KpiQuery("PP-01", week, compare=Compare.PREVIOUS)], BLIND)[0]
    assert found.comparison.value.presence is Presence.SUPPRESSED
    assert (found.comparison.change, found.comparison.ratio) == (None, None)


def test_other_datasets_are_told_as_before(service):
    asked = KpiQuery("CT-01", NOVEMBER)
    assert service.ask([asked], BLIND)[0].value == service.ask([asked], EVERYTHING)[0].value


def test_one_asker_is_not_handed_what_another_was_told(service):
    told = [_ask(service, "PP-01", scope, area="south").value.presence for scope in (EVERYTHING, BLIND, EVERYTHING)]
    assert told == [Presence.PRESENT, Presence.SUPPRESSED, Presence.PRESENT]


@pytest.mark.parametrize("by", ["area", "market", None])
@pytest.mark.parametrize("grain", [Grain.DAY, Grain.WEEK, Grain.MONTH])
def test_no_table_gives_a_small_number_away(service, by, grain):
    """Every window of November: total less what is told of parts or points is never of one to four cases."""
    windows = [
        Period(first, first + timedelta(days=length))
        for first in (datetime(2026, 11, 1) + timedelta(days=start) for start in range(24))
        for length in (1, 3, 7, 14, 30)
    ]
    asked = [KpiQuery("PP-01", period, grain, by=by) for period in windows]
    for query, seen, true in zip(asked, service.ask(asked, BLIND), service.ask(asked, EVERYTHING), strict=True):
        assert seen.value.number == true.value.number or seen.value.number is None
        assert seen.value.number not in (1, 2, 3, 4)
        for told, all_ in ((seen.parts, true.parts), (seen.points, true.points)):
            assert not {item.value.number for item in told} & {1, 2, 3, 4}
            if seen.value.number is not None and all_:
                left = sum(a.value.number or 0 for a in all_) - sum(s.value.number or 0 for s in told)
                assert left not in (1, 2, 3, 4), query
