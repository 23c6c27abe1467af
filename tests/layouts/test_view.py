"""The address of the analysis page: it says everything, and nothing in it can break the page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.calendar.period import Grain
from data.catalogue import Catalogue
from data.kpis.query import CALENDAR, Compare
from data.kpis.sieve import Sieve
from layouts.address import MOST_BUCKETS, parse
from layouts.view import Notice, Show, View, grains, opening, search, shows
from tests.layouts.visits import MARKETS, TODAY, catalogue, kpi

CITY = catalogue()
KPI = kpi()


HELD = [*((kind, None) for kind in (*CALENDAR, Compare.TARGET)), (Compare.AREA, "tan_hiep")]


PLACES = [(), ("hoi_an",), ("hoi_an", "tan_hiep")]


def read(text: str) -> View:
    return parse(text, KPI, CITY, TODAY)


@st.composite
def views(draw: st.DrawFn) -> View:
    first = draw(st.dates(date(2015, 1, 1), date(2026, 12, 31)))
    days, old = draw(st.integers(0, 60)), draw(st.booleans())
    return View(
        "DL-02", first, first + timedelta(days=days), draw(st.sampled_from(list(Grain))),
        *draw(st.sampled_from(HELD)), None, None, () if old else draw(st.sampled_from(PLACES)),
        draw(st.sampled_from([None, "area", "market"])),
        tuple(draw(st.dictionaries(
            st.just("market"), st.lists(st.sampled_from(sorted(MARKETS)), max_size=4).map(tuple))).items()),
        old, draw(st.sampled_from(["", "at", "-visitors"])), draw(st.integers(1, 400)),
        draw(st.sampled_from(["", "7-1", "225-1000017"])), draw(st.sampled_from([None, 0, 1042])), draw(st.booleans()),
        draw(st.sampled_from(list(Show))), draw(st.sampled_from([(), ("DL-03",)])),
    )  # fmt: skip


@given(views())
def test_a_view_comes_back_from_its_address(view: View) -> None:
    found = read(search(view))
    assert found == view
    assert found.notices == ()


@given(st.text(max_size=300) | st.lists(
    st.tuples(st.sampled_from(["from", "to", "grain", "compare", "area", "by", "filter", "old", "sort", "row", "why",
    "snapshot", "show", "with",
    "page"]),
              st.text(max_size=30)), max_size=8).map(lambda pairs: "&".join(f"{k}={v}" for k,
              v in pairs)))  # fmt: skip
def test_no_address_breaks_the_page(text: str) -> None:
    view = read(text)
    assert read(search(view)) == view
    assert view.first <= view.last
    assert view.href.startswith("/kpi/DL-02?")


def test_an_empty_address_opens_the_period_of_the_tile() -> None:
    view = read("")
    assert (view.first, view.last) == (date(2026, 11, 1), TODAY)
    assert (view.grain, view.compare, view.notices) == (Grain.DAY, Compare.YEAR, ())
    assert opening(kpi(period="year", grain="month"), TODAY) == (date(2026, 1, 1), TODAY)
    assert opening(kpi(period="day", grain="hour"), TODAY) == (TODAY, TODAY)
    assert opening(kpi(period="last_month", grain="day"), TODAY) == (date(2026, 10, 1), date(2026, 10, 31))


def test_what_has_one_bucket_or_a_moment_opens_with_its_trend() -> None:
    assert opening(kpi(period="last_month", grain="month", trend=12), TODAY) == (date(2025, 11, 1), date(2026, 10, 31))
    assert opening(kpi(period="last_year", grain="year", trend=3), TODAY) == (date(2023, 1, 1), date(2025, 12, 31))
    assert opening(kpi(period="now", grain="hour", trend=48), TODAY) == (date(2026, 11, 23), TODAY)


def test_on_the_first_of_a_month_the_line_is_of_hours() -> None:
    view = parse("", CITY.codes["DL-02"], CITY, date(2026, 11, 1))
    assert (view.first, view.last, view.grain) == (date(2026, 11, 1), date(2026, 11, 1), Grain.HOUR)


@pytest.mark.parametrize(
    ("text", "key", "given"),
    [
        ("from=2026-02-30", "view.from", "2026-02-30"),
        ("to=tomorrow", "view.to", "tomorrow"),
        ("from=2026-11-20&to=2026-11-01", "view.order", "2026-11-20, 2026-11-01"),
        ("grain=minute", "view.grain", "minute"),
        ("compare=best", "view.compare", "best"),
        ("area=//evil.example", "view.area", "//evil.example"),
        ("by=buyer", "view.by", "buyer"),
        ("filter=market:kr,xx", "view.filter", "market:kr,xx"),
        ("filter=buyer:Lan", "view.filter", "buyer:Lan"),
        ("old=yes", "view.old", "yes"),
        ("sort=buyer", "view.sort", "buyer"),
        ("show=pie", "view.show", "pie"),
        ("with=DL-02", "view.with", "DL-02"),
        ("with=XX-99", "view.with", "XX-99"),
        ("has.buyer=Lan", "view.sieve", "has.buyer=Lan"),
        ("has.nothing=1", "view.sieve", "has.nothing=1"),
        ("min.market=5", "view.sieve", "min.market=5"),
        ("min.visitors=1e9", "view.sieve", "min.visitors=1e9"),
        ("max.at=2026-02-30", "view.sieve", "max.at=2026-02-30"),
        ("has.market=" + "x" * 61, "view.sieve", "has.market=" + "x" * 28 + "…"),
        ("page=0", "view.page", "0"),
        ("page=٣", "view.page", "٣"),
    ],
)
def test_a_bad_value_becomes_its_default_and_is_named(text: str, key: str, given: str) -> None:
    view = read(text)
    assert view.notices == (Notice(key, given),)
    if "filter=market" not in text:
        assert view == read("")


def test_what_is_left_of_a_filter_still_holds() -> None:
    assert read("filter=market:kr,xx").filters == (("market", ("kr",)),)


def test_too_much_is_refused_whole() -> None:
    assert read("area=" + "x" * 3000).notices == (Notice("view.long", "area=" + "x" * 34 + "…"),)
    assert read("&".join("page=2" for _ in range(50))).notices[0].key == "view.long"


def test_a_bucket_too_fine_for_the_period_is_widened() -> None:
    view = read("from=2016-01-01&to=2026-11-24&grain=hour")
    assert view.grain is Grain.WEEK
    assert view.notices == (Notice("view.fine", "hour"),)
    assert len(view.period.buckets(view.grain)) <= MOST_BUCKETS


def test_one_end_is_enough() -> None:
    assert read("to=2020-01-31").first == date(2020, 1, 1)
    assert read("from=2027-03-01").last == date(2027, 3, 1)


def test_a_split_does_not_filter_itself_away() -> None:
    view = read("filter=market:kr&area=hoi_an")
    assert view.query().filters == (("market", ("kr",)),)
    assert view.query("market").filters == ()
    assert (view.query("area").area, view.query("market").area) == (None, "hoi_an")


def test_toggling_twice_returns_and_starts_the_table_over() -> None:
    view = read("page=3&sort=at&filter=market:kr")
    more = view.toggled("market", "vn")
    assert more.filters == (("market", ("kr", "vn")),)
    assert (more.page, more.sort) == (1, "at")
    assert more.toggled("market", "vn") == view.with_(page=1)
    assert view.toggled("area", "tan_hiep").toggled("area", "tan_hiep").areas == ()
    assert view.with_(page=4).page == 4


def test_a_sieve_comes_back_from_its_address_and_starts_the_table_over() -> None:
    view = read("has.market=%20h%C3%A0n+qu%E1%BB%91c&min.visitors=2,5&max.at=2026-11-20&min.at=2026-11-01&page=3")
    assert view.sieves == (
        Sieve("at", low=date(2026, 11, 1), high=date(2026, 11, 20)), Sieve("market", "hàn quốc"),
        Sieve("visitors", low=2.5))  # fmt: skip
    assert read(search(view)) == view
    assert "min.at=2026-11-01&max.at=2026-11-20" in search(view) and "min.visitors=2.5" in search(view)
    rest = view.with_(sieves=view.sieves[:1])
    assert (rest.page, view.page) == (1, 3)
    assert view.query() == read("").query(), "no number is asked otherwise"


def test_several_areas_are_one_place_however_they_are_written() -> None:
    both = read("area=tan_hiep,hoi_an")
    assert both.areas == ("hoi_an", "tan_hiep")
    assert both == read("area=hoi_an&area=tan_hiep&area=hoi_an")
    assert "area=hoi_an,tan_hiep" in search(both)
    assert (both.query().area, both.query().joined, both.query("area").areas) == ("hoi_an", ("tan_hiep",), ())
    assert both.toggled("area", "hoi_an") == read("area=tan_hiep")
    assert both.picked("area", "hoi_an_dong") == read("area=hoi_an_dong")


@pytest.mark.parametrize(
    ("text", "areas", "notices"),
    [
        ("area=city,hoi_an", (), [("view.area.left", "hoi_an")]),
        ("area=hoi_an,atlantis", ("hoi_an",), [("view.area.some", "hoi_an,atlantis")]),
        ("old=1&area=hoi_an,tan_hiep", ("hoi_an",), [("view.area.left", "tan_hiep")]),
    ],
)
def test_an_area_that_would_count_twice_or_is_none_is_left_out_and_named(
    text: str, areas: tuple[str, ...], notices: list[tuple[str, str]]
) -> None:
    view = read(text)
    assert view.areas == areas
    assert view.notices == tuple(Notice(*one) for one in notices)


def test_the_chosen_split_comes_first() -> None:
    assert read("").splits(KPI) == ("area", "market")
    assert read("by=gate").splits(KPI) == ("gate", "area")


def test_values_may_hold_separators() -> None:
    odd = View("DL-02", TODAY, TODAY, filters=(("market", ("a,b", "50%", "x:y&z")),))
    assert "filter=market:50%2525,a%252Cb,x:y%26z" in search(odd)


def month_city() -> Catalogue:
    """The city with its visits by the month."""
    held = CITY.datasets["visit"].model_copy(update={"grain": "month", "kind": "figure"})
    return replace(CITY, datasets=CITY.datasets | {"visit": held})


def test_figures_by_the_month_are_drawn_by_months_and_more() -> None:
    assert grains(KPI, month_city()) == (Grain.MONTH, Grain.QUARTER, Grain.YEAR)


def test_the_air_quality_index_is_drawn_by_hours_and_days() -> None:
    air = kpi(measure={"index": "vn_aqi", "parts": {"pm25": {"mean": "visit", "of": "visitors", "time": "at"}}})
    hourly = CITY.datasets["visit"].model_copy(update={"grain": "hour"})
    assert grains(air, replace(CITY, datasets=CITY.datasets | {"visit": hourly})) == (Grain.HOUR, Grain.DAY)


def test_an_occasion_is_held_as_far_back_as_it_lies() -> None:
    """The flood of 13 November 2026, seen from eleven days later."""
    found = read("from=2026-11-24&to=2026-11-24&compare=event:flood")
    assert (found.compare, found.other, found.back) == (Compare.EVENT, "flood", timedelta(days=11))
    assert found.query().back == timedelta(days=11)
    assert found.href.endswith("compare=event:flood")
    assert read("from=2026-11-10&to=2026-11-24&compare=event:flood").notices, "the flood is inside those days"


def test_another_area_and_the_plan_are_no_other_time() -> None:
    for said in ("area:hoi_an", "target"):
        found = read(f"compare={said}")
        assert (found.notices, found.query().compare) == ((), Compare.NONE)
        assert f"compare={said}" in found.href
    assert read("compare=area:nowhere").notices == (Notice("view.compare", "area:nowhere"),)


def test_figures_fit_the_kpi() -> None:
    assert shows(KPI, CITY) == tuple(Show)
    assert Show.HOURS not in shows(KPI, month_city())
    assert shows(kpi(dimensions=("market",)), CITY) == (Show.PARTS, Show.HOURS, Show.RANKING, Show.BESIDE)
    assert shows(kpi(dimensions=()), CITY) == (Show.HOURS, Show.BESIDE)
    assert parse("show=hours", KPI, month_city(), TODAY).notices == (Notice("view.show", "hours"),)


def test_of_kpis_beside_each_stands_once_and_what_cannot_is_said() -> None:
    assert (read("with=DL-03").beside, read("with=DL-03").notices) == (("DL-03",), ())
    for text in ("DL-03,DL-03", "DL-03,XX-99", "DL-02,DL-03"):
        assert (read(f"with={text}").beside, read(f"with={text}").notices) == (("DL-03",), (Notice("view.with", text),))


def test_a_code_typed_without_a_script_joins_those_that_are_there() -> None:
    assert read("with=DL-03&with=").beside == ("DL-03",)
    assert read("with=&with=DL-03").notices == ()


def test_another_figure_leaves_rows_and_their_page_as_they_are() -> None:
    view = read("page=3&row=7-1&sort=at")
    assert (view.with_(show=Show.MAP).page, view.with_(show=Show.MAP).row) == (3, "7-1")
