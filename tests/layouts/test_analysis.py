"""The analysis page: every answer has a face, every control an address, every word both languages."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from html import unescape

import pytest
from dash.development.base_component import Component

from data.calendar.period import Grain
from data.kpis.query import Compare
from data.kpis.result import (
    MISSING,
    Comparison,
    Freshness,
    KpiResult,
    Part,
    Point,
    Presence,
    Quality,
    Value,
)
from data.kpis.rows import RowColumn, RowPage
from data.messages import messages
from layouts.address import parse
from layouts.analysis import pointer
from layouts.analysis.empty import culprits
from layouts.analysis.formula import formula
from layouts.analysis.page import page
from layouts.analysis.periods import moons, neighbour, preset, reported
from layouts.analysis.rows import points, said
from layouts.analysis.strip import told
from layouts.html import render
from layouts.view import Notice, View
from tests.layouts.visits import AREAS, MARKETS, TODAY, catalogue, kpi, parts, rate, result, series, text

CITY = catalogue()
KPI = kpi()
COLUMNS = (
    RowColumn("at", text("Thời điểm", "Time"), "timestamp"),
    RowColumn("market", text("Thị trường", "Market"), "text"),
    RowColumn("visitors", text("Số khách", "Visitors"), "integer"),
    RowColumn("revenue", text("Doanh thu", "Revenue"), "number", text("nghìn đồng", "thousand dong")),
)
ROWS = RowPage(
    COLUMNS,
    ((datetime(2026, 11, 24, 19, 42), "kr", 4, 480.5), (datetime(2026, 11, 24, 19, 35), "vn", 1234, 120.0)),
    total=120, sort="-at",
)  # fmt: skip


def view(search: str = "", code: str = "DL-02") -> View:
    return parse(search, CITY.codes[code], CITY, TODAY)


def split(by: str, labels: dict) -> KpiResult:
    return result(query=view().query(by), parts=parts(labels, 140_000.0))


def shown(seen: View, answer: KpiResult | None = None, language: str = "vi", rows: RowPage = ROWS) -> str:
    made = page(
        CITY.codes[seen.code], seen, answer or result(query=seen.query()),
        (split("area", AREAS), split("market", MARKETS)), rows, CITY, language, "light", TODAY, 12.0,
    )  # fmt: skip
    assert not _nested(made)
    return unescape(render(made))


def _nested(node: object) -> list[object]:
    """Lists inside lists of children, which a browser refuses and the server's HTML forgives."""
    children = getattr(node, "children", None)
    listed = children if isinstance(children, list | tuple) else [children]
    held = [child for child in listed if isinstance(child, Component)]
    return [child for child in listed if isinstance(child, list | tuple)] + [n for c in held for n in _nested(c)]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("grain", list(Grain))
def test_a_page_is_drawn_at_every_grain(language: str, grain: Grain) -> None:
    html = shown(view(f"grain={grain.value}&from=2023-01-01&to=2023-01-20"), language=language)
    assert KPI.name.get(language) in html
    words = re.sub(r"<[^>]*>", "", re.sub(r'data-plot=".*?" data-script', "", html))
    assert "{" not in re.sub(r"\s+", " ", words)


def test_every_link_is_a_view_that_reads_back() -> None:
    html = shown(view("filter=market:kr&from=2026-08-27&to=2026-11-24"))
    links = [link for link in re.findall(r'href="([^"]+)"', html) if not re.match(r"/kpi/DL-02(/rows)?\.", link)]
    assert len(links) >= 30
    for link in links:
        path, _, search = link.partition("?")
        assert path == "/kpi/DL-02"
        assert view(search).notices == ()


def test_the_form_carries_what_it_does_not_ask() -> None:
    html = shown(view("filter=market:kr,vn&grain=week&sort=-at&old=1"))
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))
    assert hidden == {"grain": "week", "sort": "-at", "old": "1"}
    assert re.findall(r'name="filter" value="([^"]+)" checked', html) == ["market:vn", "market:kr"]
    assert set(re.findall(r'<select name="(\w+)"', html)) == {"compare", "area", "by"}
    assert 'method="get" action="/kpi/DL-02"' in html


def test_the_download_asks_the_same_question() -> None:
    seen = view("filter=market:kr")
    assert f'href="{seen.href.replace("/kpi/DL-02", "/kpi/DL-02.csv")}"' in shown(seen)


def test_a_bar_is_a_link_to_its_filter_and_others_are_muted() -> None:
    html = shown(view("filter=market:kr"))
    row = next(part for part in html.split("<li>") if "Hàn Quốc" in part and "an-row" in part)
    assert 'aria-current="true"' in row
    assert "bar-now" in row
    other = next(part for part in html.split("<li>") if "Đài Loan" in part and "an-row" in part)
    assert "filter=market:tw" in other
    assert 'data-pick="market:tw"' in other
    assert "bar-mute" in other


def test_bars_are_sorted_and_hold_last_year() -> None:
    answer = result(query=view().query("market"), parts=(
        Part("fr", MARKETS["fr"], Value(10.0), Value(20.0)),
        Part("kr", MARKETS["kr"], Value(40.0), Value(32.0)),
        Part("us", MARKETS["us"], MISSING),
    ))  # fmt: skip
    html = unescape(render(page(KPI, view(), result(), (answer,), ROWS, CITY, "vi", "light", TODAY)))
    names = re.findall(r'class="an-row-name">([^<]+)<', html)
    assert names == ["Hàn Quốc", "Pháp", "Mỹ"]
    assert "+25,0%" in html
    assert "−50,0%" in html
    assert html.count("line-target") == 2


def test_rows_are_formatted_and_sorted() -> None:
    html = shown(view("sort=-at"))
    assert "24/11/2026 19:42" in html.replace("\u00a0", " ")
    assert "1.234" in html
    assert "480,5" in html
    assert "120,0" in html
    assert "Doanh thu (nghìn đồng)" in html
    assert re.search(r'aria-sort="descending"[^>]*><a href="[^"]*sort=at[&"]', html)
    assert "page=2" in html


def test_the_table_of_the_figure_tells_why_there_is_no_number() -> None:
    values = (Value(0.0), MISSING, Value(None, Presence.NOT_APPLICABLE), Value(None, Presence.SUPPRESSED))
    told = tuple(Point(datetime(2026, 11, 20 + n), value) for n, value in enumerate(values))
    answer = result(query=view().query(), points=told)
    table = unescape(render(points(answer, "vi")))
    assert re.findall(r'<td class="is-number">([^<]*)<', table) == ["đã che", "không áp dụng", "chưa có số liệu", "0"]
    assert pointer.series(answer, "vi", "now").texts == (
        "<b>0\u00a0lượt</b>", "<b>chưa có số liệu</b>", "<b>không áp dụng</b>", "<b>đã che</b>",
    )  # fmt: skip


@pytest.mark.parametrize(("grain", "kind", "told"), [
    ("year", "date", "2025"), ("month", "timestamp", "tháng\u00a01/2025"), ("day", "date", "01/01/2025"),
    ("day", "timestamp", "01/01/2025\u00a000:00"),
])  # fmt: skip
def test_a_row_of_a_month_or_a_year_names_it_and_no_hour(grain: str, kind: str, told: str) -> None:
    figures = CITY.datasets["visit"].model_copy(update={"kind": "figure", "grain": grain})
    page = RowPage((RowColumn("at", text("Kỳ", "Period"), kind),), ((datetime(2025, 1, 1),),), 1)
    assert said(page, 0, replace(CITY, datasets={"visit": figures}), view(), "vi") == [("Kỳ", told)]


def test_an_empty_page_of_rows_says_so() -> None:
    assert messages("vi")["analysis.rows.empty"] in shown(view(), rows=RowPage(COLUMNS, (), 0))


def test_a_refusal_gives_its_reason_and_draws_nothing() -> None:
    html = shown(view(), replace(result(), refusal="tile.refused", value=MISSING, points=()))
    assert messages("vi")["tile.refused"] in html
    assert "an-plot" not in html


def test_a_number_is_withheld_where_it_would_mislead() -> None:
    assert told(result())
    assert not told(result(refusal="tile.refused"))
    lost = result(freshness=Freshness.LOST)
    assert not told(lost)
    past = replace(lost, query=view("from=2026-10-01&to=2026-10-31").query())
    assert told(past)
    assert "an-arrow-sign" not in shown(view(), lost)


def test_an_empty_answer_names_the_filter_and_offers_to_drop_it() -> None:
    empty = result(value=MISSING, points=tuple(replace(p, value=MISSING) for p in result().points))
    html = shown(view("filter=market:kr"), empty)
    assert "Bộ lọc Thị trường: Hàn Quốc không còn bản ghi nào trong kỳ." in html
    assert "Bỏ lọc Thị trường: Hàn Quốc" in html


def test_the_filter_to_blame_is_the_one_whose_absence_gives_numbers() -> None:
    seen = view("filter=market:kr&area=hoi_an")
    nothing = replace(split("area", AREAS), parts=())
    assert culprits((nothing, split("market", MARKETS)), seen) == ("market",)
    assert culprits((nothing,), seen) == ("area", "market")


def test_an_empty_period_offers_the_newest_data() -> None:
    empty = result(value=MISSING, points=(Point(datetime(2027, 1, 1), MISSING),))
    html = shown(view("from=2027-01-01&to=2027-01-31"), empty)
    assert "from=2026-10-25&to=2026-11-24" in html


def test_notices_are_said() -> None:
    assert "“minute”" in shown(view("grain=minute"))
    assert Notice("view.grain", "minute") in view("grain=minute").notices
    crossed = view("from=2026-11-20&to=2026-11-01")
    assert "(20/11/2026, 01/11/2026)" in shown(crossed)
    assert "(20 Nov 2026, 1 Nov 2026)" in shown(crossed, language="en")


@pytest.mark.parametrize("key", sorted(key for key in messages("en") if key.startswith("view.")))
def test_every_notice_can_be_filled(key: str) -> None:
    for language in ("vi", "en"):
        assert "{" not in messages(language)[key].format(given="x")


def test_only_columns_of_the_dataset_order_the_rows() -> None:
    html = shown(view())
    assert "sort=-visitors" in html
    assert "sort=-revenue" not in html


def test_a_comparison_that_is_off_leaves_no_trace() -> None:
    seen = view("compare=none")
    answer = result(query=seen.query(), comparison=None, points=series(date(2026, 9, 1), 30, compare=False))
    assert answer.query.compare is Compare.NONE
    assert "an-arrow-sign" not in shown(seen, answer)


def test_a_comparison_that_is_not_whole_says_how_much_of_it_there_is() -> None:
    held = replace(result().comparison, complete=2 / 12)
    assert "kỳ đó có 16,7% số liệu" in shown(view(), result(comparison=held))
    assert "kỳ đó có" not in shown(view(), result(comparison=replace(held, complete=1.0)))


def test_a_formula_is_said_in_words() -> None:
    assert formula(KPI.measure, CITY, "vi") == (
        "tổng số khách của lượt vé, tính theo thời điểm; chỉ lấy: tình trạng là hợp lệ",
    )
    over, under = formula(rate().measure, CITY, "en")
    assert over == "number of rows of gate reads, by time; only where: status is valid"
    assert under == "number of rows of gate reads, by time"


@pytest.mark.parametrize("measure", [
    {"mean": "visit", "of": "visitors", "time": "at"},
    {"last": "visit", "of": "visitors", "time": "at", "over": "max"},
    {"open_at": "visit", "from": "at", "to": "at", "where": (("at", "lt", {"bucket": "end"}),)},
    {"distinct": "visit", "of": "ward", "time": "at", "where": (("gate", "in", ("g1", "g5")),)},
    {"quantile": "visit", "of": "visitors", "time": "at", "p": 0.9},
    {"peak": {"count": "visit", "time": "at"}, "every": "hour"},
    {"sum": ({"count": "visit", "time": "at"},
    {"count": "visit", "time": "at", "where": (("ward", "is_null"),)})},
    {"difference": ({"count": "visit", "time": "at"}, {"count": "visit", "time": "at"})},
    {"open_at": "visit", "from": "at", "to": "at", "of": "visitors"},
    {"average": {"count": "visit", "time": "at"}, "every": "month"},
    {"change": {"last": "visit", "of": "visitors", "time": "at"}, "over": 10800},
    {"first": ({"count": "visit", "time": "at"}, {"count": "visit", "time": "at"})},
    {"ratio": {"of": {"count": "visit", "time": "at"}, "to": {"area": "population"}, "per": 1000.0}},
    {"ratio": {"of": {"count": "visit", "time": "at"}, "to": {"area": "km2"}}},
    {"index": "vn_aqi", "parts": {"pm25": {"mean": "visit", "of": "visitors", "time": "at"}}},
    {"index": "hhi", "parts": {"a": {"count": "visit", "time": "at"}, "b": {"count": "visit", "time": "at"}}},
    {"index": "score", "parts": {"a": {"of": {"count": "visit", "time": "at"}, "weight": 1.0},
    "b": {"of": {"count": "visit", "time": "at"}, "weight": 2.0, "full_at": 0.8, "ours": True}}},
])  # fmt: skip
def test_every_measure_has_words(measure: dict) -> None:
    for language in ("vi", "en"):
        said = formula(kpi(measure=measure).measure, CITY, language)
        assert all(said)
        assert not any("{" in line for line in said)


def test_shares_are_never_rounded_up_to_whole() -> None:
    html = shown(view(), result(quality=Quality(0.9999, None, 1.0, 0.0)))
    assert "99,9%" in html
    assert "100%" in html
    assert messages("vi")["analysis.unmeasured"] in html


def test_the_note_on_the_former_areas_turns_both_ways() -> None:
    assert "old=1" in shown(view("from=2025-06-01&to=2025-08-31"))
    assert 'class="an-note"' not in shown(view())
    assert messages("vi")["analysis.break.old.turn"] in shown(view("old=1"))


@pytest.mark.parametrize("search", ["from=2025-06-01&to=2025-08-31", "from=2025-01-01&to=2025-05-31", "old=1"])
def test_a_number_that_is_not_told_by_area_knows_no_former_areas(search: str) -> None:
    entry = kpi(dimensions=("market",))
    seen = parse(search, entry, CITY, TODAY)
    drawn = render(page(entry, seen, result(entry, seen.query()), (), ROWS, CITY, "vi", "light", TODAY))
    assert 'class="an-note"' not in drawn and "old=1" not in drawn


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("7", date(2026, 11, 18), TODAY),
        ("month", date(2026, 11, 1), TODAY),
        ("quarter", date(2026, 10, 1), TODAY),
        ("12months", date(2025, 12, 1), TODAY),
        ("last_year", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_named_periods(name: str, first: date, last: date) -> None:
    assert preset(name, TODAY) == (first, last)


def test_neighbours_keep_months_and_stop_at_today() -> None:
    month = view("from=2026-03-01&to=2026-03-31")
    assert (neighbour(month, -1, TODAY).first, neighbour(month, -1, TODAY).last) == (
        date(2026, 2, 1),
        date(2026, 2, 28),
    )
    ten = view("from=2026-11-01&to=2026-11-10")
    assert neighbour(ten, 1, TODAY).first == date(2026, 11, 11)
    assert neighbour(view("from=2026-11-20&to=2026-11-24"), 1, TODAY) is None
    assert neighbour(view("from=1990-01-01&to=1990-12-31"), -1, TODAY) is None


def test_why_is_said_in_a_sentence_and_by_parts() -> None:
    """120 visitors become 150: Korea brings 40, France takes 10."""
    seen = view("why=1&compare=year")
    held = Comparison(Compare.YEAR, seen.period, Value(120.0), 30.0, 0.25)
    whole = result(query=seen.query(), value=Value(150.0), comparison=held)
    answer = result(query=seen.query("market"), parts=(
        Part("fr", MARKETS["fr"], Value(10.0), Value(20.0)),
        Part("kr", MARKETS["kr"], Value(140.0), Value(100.0)),
    ))  # fmt: skip
    html = unescape(render(page(KPI, seen, whole, (answer,), ROWS, CITY, "vi", "light", TODAY))).replace("\u00a0", " ")
    assert (
        "Lượt khách tham quan Phố cổ tăng 30 lượt so với cùng kỳ năm trước. Theo thị trường, góp nhiều nhất là "
        "Hàn Quốc, làm số chung tăng 40 lượt; ngược chiều là Pháp, làm số chung giảm 10 lượt."
    ) in html
    assert re.findall(r'class="an-row-name">([^<]+)<.*?<b>([^<]+)</b>', html) == [
        ("Thay đổi", "+30"), ("Hàn Quốc", "+40"), ("Pháp", "−10")]  # fmt: skip
    spoken = unescape(render(page(KPI, seen, whole, (answer,), ROWS, CITY, "en", "light", TODAY)))
    assert "South Korea did most, moving the whole up 40" in spoken.replace("\u00a0", " ")


def test_why_is_offered_only_where_it_can_be_said() -> None:
    assert "why=1" in shown(view(), result(query=view().query(), comparison=HELD))
    apart = kpi(measure={"distinct": "visit", "of": "ward", "time": "at"})
    assert "why=1" not in unescape(render(page(apart, view(), result(apart), (split("area", AREAS),), ROWS, CITY,
                                               "vi", "light", TODAY)))  # fmt: skip
    assert messages("vi")["analysis.why.none"] in shown(view("why=1&compare=none"), result(comparison=None))


HELD = Comparison(Compare.YEAR, view().period, Value(120_000.0), 20_000.0, 1 / 6)


def test_a_press_picks_one_and_again_drops_it() -> None:
    two = view("filter=market:kr,us")
    assert view().picked("market", "kr").filters == (("market", ("kr",)),)
    assert two.picked("market", "tw").filters == (("market", ("tw",)),)
    assert two.picked("market", "kr").filters == (("market", ("us",)),)
    assert view("filter=market:kr").picked("market", "kr").filters == ()
    assert view("area=hoi_an").picked("area", "hoi_an").areas == ()


def test_cells_of_a_dimension_can_be_picked_and_others_cannot() -> None:
    assert re.findall(r'<td[^>]*data-pick="([^"]+)"', shown(view())) == ["market:kr", "market:vn"]


@pytest.mark.parametrize(
    ("months", "today", "first", "last"),
    [
        (1, date(2026, 11, 24), date(2026, 10, 15), date(2026, 11, 14)),
        (1, date(2026, 11, 14), date(2026, 9, 15), date(2026, 10, 14)),
        (3, date(2026, 11, 24), date(2026, 6, 15), date(2026, 9, 14)),
        (3, date(2026, 12, 15), date(2026, 9, 15), date(2026, 12, 14)),
        (6, date(2026, 11, 24), date(2025, 12, 15), date(2026, 6, 14)),
        (12, date(2026, 11, 24), date(2024, 12, 15), date(2025, 12, 14)),
        (12, date(2026, 12, 31), date(2025, 12, 15), date(2026, 12, 14)),
    ],
)
def test_periods_reports_are_written_of(months: int, today: date, first: date, last: date) -> None:
    assert reported(months, today) == (first, last)


def test_lunar_months_are_those_of_the_moon() -> None:
    """The tenth month of Bính Ngọ began on 9 November 2026, the ninth on 10 October."""
    assert moons(TODAY, 2) == [(date(2026, 11, 9), TODAY), (date(2026, 10, 10), date(2026, 11, 8))]
