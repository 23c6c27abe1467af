"""The rows under a number."""

from __future__ import annotations

import pytest

from data.calendar.comparison import named_period
from data.calendar.period import Period
from data.catalogue.measure import Count, Difference, Leaf, Mean, OpenAt, Quantile, Ratio
from data.kpis.listing import counted
from data.kpis.query import KpiQuery
from data.kpis.rows import RowPage
from data.kpis.scope import EVERYTHING, scope_of
from data.kpis.service import KpiService
from data.kpis.sight import Sight
from tests.kpis.delivered import NOW
from tests.kpis.november import at

NOVEMBER_TO_DATE = Period(at(1), NOW)
RECEIVED = KpiQuery("DVC-01", NOVEMBER_TO_DATE)


def column(page: RowPage, name: str) -> list[object]:
    """The cells of one column."""
    place = [item.name for item in page.columns].index(name)
    return [row[place] for row in page.rows]


@pytest.mark.parametrize("area", [None, "hoi_an"])
def test_there_are_as_many_rows_as_are_counted(november: KpiService, area: str | None) -> None:
    checked, kpis = set(), list(november.catalogue.kpis.values())
    queries = [KpiQuery(kpi.id, named_period(kpi.period, NOW), area=area) for kpi in kpis]
    for kpi, asked, result in zip(kpis, queries, november.ask(queries), strict=True):
        leaf, value = counted(kpi.measure), result.value
        own = isinstance(leaf, Count | OpenAt) and kpi.measure is leaf
        under = isinstance(kpi.measure, Ratio | Mean) and isinstance(leaf, Count | Mean)
        whole = isinstance(kpi.measure, Ratio) and kpi.measure.ratio.to is not leaf
        if own or (under and not whole):
            expected = value.number if own else value.denominator
            assert november.rows(asked).total == (expected or 0), kpi.code
            checked.add(kpi.code)
    assert {"DVC-01", "DVC-03", "DVC-04", "DVC-05", "DVC-06", "DVC-08", "DVC-09", "DVC-11", "DVC-17"} <= checked


def test_the_rows_of_an_overdue_level_are_the_overdue(november: KpiService) -> None:
    page = november.rows(KpiQuery("DVC-05", named_period("now", NOW)), sort="dossier_id")
    assert column(page, "dossier_id") == ["d4", "d6"]


def test_each_row_says_the_area_it_was_recorded_at(november: KpiService) -> None:
    page, areas = november.rows(RECEIVED), november.catalogue.areas
    [name] = [item.name for item in page.columns if item.area]
    assert [areas[place].code for place in page.places] == column(page, name)
    assert len(set(page.places)) > 1


def test_a_filter_holds_for_rows_too(november: KpiService) -> None:
    page = november.rows(KpiQuery("DVC-01", NOVEMBER_TO_DATE, filters=(("channel", ("online",)),)), sort="dossier_id")
    assert column(page, "dossier_id") == ["d1", "d3", "d7"]


def test_who_filed_is_never_shown(november: KpiService) -> None:
    for kpi in november.catalogue.kpis.values():
        page = november.rows(KpiQuery(kpi.id, NOVEMBER_TO_DATE))
        assert "applicant" not in {item.name for item in page.columns}
        assert all(len(row) == len(page.columns) for row in page.rows)


def test_what_may_not_be_seen_may_not_be_sorted_by(november: KpiService) -> None:
    assert november.rows(RECEIVED, sort="applicant").sort == "-received_at"


def test_any_shown_column_sorts_both_ways(november: KpiService) -> None:
    for name in [item.name for item in november.rows(RECEIVED).columns]:
        up, down = (column(november.rows(RECEIVED, sort=sign + name), name) for sign in ("", "-"))
        given = sorted(cell for cell in up if cell is not None)  # type: ignore[type-var]
        assert up == given + [None] * (len(up) - len(given)), name
        assert down == given[::-1] + [None] * (len(up) - len(given)), name


@pytest.mark.parametrize("sort", ["", "-", "nonsense", '"; DROP TABLE x', "_load"])
def test_an_unknown_column_falls_back_to_the_newest_first(november: KpiService, sort: str) -> None:
    page = november.rows(RECEIVED, sort=sort)
    assert page.sort == "-received_at"
    assert column(page, "dossier_id") == ["d7", "d8", "d6", "d4", "d3", "d2", "d1"]


def test_pages_follow_each_other(november: KpiService) -> None:
    pages = [november.rows(RECEIVED, sort="dossier_id", offset=offset, limit=3) for offset in (0, 3, 6)]
    assert [column(page, "dossier_id") for page in pages] == [["d1", "d2", "d3"], ["d4", "d6", "d7"], ["d8"]]
    assert {page.total for page in pages} == {7}


def test_derived_columns_are_shown(november: KpiService) -> None:
    page = november.rows(KpiQuery("DVC-06", NOVEMBER_TO_DATE), sort="processing_days")
    assert column(page, "processing_days") == [4, 7, 10]


def test_the_rows_of_a_measure_made_of_others_are_those_it_divides_by(november: KpiService) -> None:
    codes = november.catalogue.codes
    assert isinstance(codes["DVC-20"].measure, Difference)
    assert counted(codes["DVC-20"].measure) is codes["DVC-20"].measure.difference[0]
    assert counted(codes["DVC-07"].measure) is codes["DVC-07"].measure
    assert isinstance(codes["DVC-07"].measure, Quantile)
    assert isinstance(counted(codes["DVC-10"].measure), Leaf)
    ratio = codes["DVC-03"].measure
    assert isinstance(ratio, Ratio)
    assert counted(ratio) is ratio.ratio.to


def test_a_row_leads_to_the_file_and_line_it_came_in(november: KpiService) -> None:
    sight = Sight(november, EVERYTHING)
    page = sight.rows(RECEIVED, sort="dossier_id")
    load, line = page.keys[column(page, "dossier_id").index("d3")]
    found, origin = sight.record(RECEIVED, load, line)
    assert (column(found, "dossier_id"), found.total) == (["d3"], 1)
    assert (origin.source.id, origin.load, origin.line, origin.received_at) == ("dossiers", load, line, NOW)
    delivered = (november.reader.store.parent / "drop" / origin.path).read_text("utf-8-sig").splitlines()
    assert "d3" in delivered[line - 1]


def test_a_row_that_is_not_counted_is_not_shown(november: KpiService) -> None:
    sight = Sight(november, EVERYTHING)
    load, line = sight.rows(RECEIVED).keys[0]
    before = KpiQuery("DVC-01", Period(at(1).replace(month=10), at(1)))
    assert sight.record(before, load, line) is None
    assert sight.record(RECEIVED, load, line + 1_000_000) is None
    blind = scope_of(november.catalogue, ["tan_hiep"], small=True)
    assert Sight(november, blind).rows(RECEIVED).keys == (), "lines would count the rows of others"
    assert {Sight(november, blind).record(RECEIVED, *key) for key in sight.rows(RECEIVED, limit=500).keys} == {None}
