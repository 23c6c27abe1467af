"""The region below the chart: every figure says what it shows, is picked like the others, and turns into a table."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest

from data.areas.outline import Outlines, load
from data.calendar.period import Grain
from data.catalogue import Catalogue
from data.kpis.query import Compare
from data.kpis.result import MISSING, Freshness, KpiResult, Level, Part, Point, Value
from data.messages import messages
from layouts.address import parse
from layouts.analysis.areas import areas
from layouts.analysis.beside import beside, panels
from layouts.analysis.chart import chart
from layouts.analysis.hours import hours
from layouts.analysis.map import atlas
from layouts.analysis.page import page
from layouts.analysis.ranking import places, ranking
from layouts.analysis.region import Drawn
from layouts.analysis.switch import switch
from layouts.html import render
from layouts.view import Show
from tests.layouts.test_analysis import CITY, KPI, ROWS, split, view
from tests.layouts.visits import AREAS, MARKETS, TODAY, kpi, rate, result, series

FORMER = {
    "old_town": {"vi": "Phường Minh An", "en": "Minh An ward", "place": (15.878, 108.328)},
    "old_isle": {"vi": "Xã Tân Hiệp cũ", "en": "Former Tan Hiep", "place": (15.967, 108.52)},
}


@pytest.fixture(scope="module")
def outlines() -> Outlines:
    found = load(Path(__file__).parents[2] / "data" / "cities" / "hoian")
    assert found is not None
    return found


def drawn(node: object) -> str:
    return unescape(render(node)).replace("\u00a0", " ")


def chosen(html: str) -> list[str]:
    return re.findall(r'aria-current="true"[^>]*>([^<]+)<', html)


def test_the_switch_offers_what_fits_and_s_goes_to_the_next() -> None:
    html = drawn(switch(KPI, view("show=hours"), CITY, True, "vi"))
    assert re.findall(r">([^<]+)</a>", html) == [
        "Thành phần", "Thứ và giờ", "Bản đồ", "Từng khu vực", "Xếp hạng", "Đặt cạnh nhau"]  # fmt: skip
    assert chosen(html) == ["Thứ và giờ"]
    assert re.findall(r'data-shortcut="s"[^>]*>([^<]+)<', html) == ["Bản đồ"]
    assert "Bản đồ" not in drawn(switch(KPI, view(), CITY, False, "vi"))
    last = drawn(switch(KPI, view("show=beside"), CITY, True, "vi"))
    assert re.findall(r'data-shortcut="s"[^>]*>([^<]+)<', last) == ["Thành phần"]
    ranked = drawn(switch(KPI, view("show=ranking"), CITY, True, "vi"))
    assert re.findall(r'data-shortcut="s b"[^>]*>([^<]+)<', ranked) == ["Đặt cạnh nhau"]


def test_the_week_by_the_hour_has_its_extremes_a_sentence_and_a_table() -> None:
    """Two Tuesdays at nine with 10 and 30, a Sunday at 22 with 4."""
    points = tuple(
        Point(at, Value(number))
        for at, number in ((datetime(2026, 11, 10, 9), 10.0), (datetime(2026, 11, 17, 9), 30.0),
                           (datetime(2026, 11, 22, 22), 4.0))
    )  # fmt: skip
    asked = replace(view("from=2026-11-10&to=2026-11-24").query(), grain=Grain.HOUR)
    html = drawn(hours(result(query=asked, points=points), "vi"))
    assert re.findall(r'text-on-step-\d" [^>]*>([^<]+)<', html) == ["20", "4"]
    assert "Cao nhất Thứ Ba 9 giờ: 20 lượt; thấp nhất Chủ Nhật 22 giờ: 4 lượt." in re.search(
        r'role="img" aria-label="([^"]+)"', html)[1]  # fmt: skip
    assert "10/11–24/11/2026" in html
    table = re.findall(r"<tr><th scope=\"row\">([^<]+)</th>(.*?)</tr>", html)
    assert [name for name, _ in table][1] == "Thứ Ba"
    assert re.findall(r">([^<]+)</td>", table[1][1])[9] == "20"


def test_a_week_without_numbers_says_so() -> None:
    assert "Chưa có số liệu theo giờ." in drawn(hours(result(points=(Point(datetime(2026, 11, 10), MISSING),)), "vi"))


def ranked(**numbers: tuple[float | None, float | None]) -> KpiResult:
    parts = tuple(
        Part(key, MARKETS[key], Value(now) if now is not None else MISSING, None if then is None else Value(then))
        for key, (now, then) in numbers.items()
    )
    return result(query=view().query("market"), parts=parts)


def test_places_are_by_value_equals_share_one_and_who_was_not_there_is_new() -> None:
    answer = ranked(fr=(10.0, 50.0), kr=(40.0, 20.0), us=(40.0, None), vn=(None, 70.0), tw=(5.0, 5.0))
    assert [(one.part.key, one.now, one.before) for one in places(answer)] == [
        ("kr", 1, 3), ("us", 1, None), ("fr", 3, 2), ("tw", 4, 4)]  # fmt: skip
    html = drawn(ranking(answer, view(), CITY, "vi"))
    assert re.findall(r'data-way="(\w+)"', html) == ["up", "down", "flat"]
    assert re.findall(r'an-place">(\d+)<', html) == ["1", "1", "3", "4"]
    assert re.findall(r'an-moved"[^>]*>(?:<svg.*?</svg>)?([^<]+)<', html) == ["từ 3", "mới", "từ 2", "giữ"]
    assert "+100,0%" in html
    spoken = re.search(r'aria-label="([^"]+)"[^>]*role="img"', html)[1]
    assert "1. Hàn Quốc 40 lượt (từ hạng 3); 1. Mỹ 40 lượt; 3. Pháp 10 lượt (từ hạng 2)" in spoken


def test_a_ranking_that_is_held_against_nothing_has_no_places_before() -> None:
    seen = view("compare=none")
    answer = replace(ranked(fr=(10.0, None), kr=(40.0, None)), query=seen.query("market"), comparison=None)
    html = drawn(ranking(answer, seen, CITY, "vi"))
    assert "an-moved" not in html
    assert html.index("Hàn Quốc") < html.index("Pháp")


def lines(level: Level = Level.NORMAL) -> tuple[KpiResult, list[KpiResult]]:
    """Two areas over three days: 10, 20, 30 and 3, nothing, 1."""
    days = [datetime(2026, 11, 22) + timedelta(days=n) for n in range(3)]
    values = {"hoi_an": (10.0, 20.0, 30.0), "tan_hiep": (3.0, None, 1.0)}
    asked = replace(view().query(), compare=Compare.NONE)
    found = [
        result(
            query=replace(asked, area=key), comparison=None,
            points=tuple(Point(at, MISSING if n is None else Value(n)) for at, n in zip(days, numbers, strict=True)),
        )
        for key, numbers in values.items()
    ]  # fmt: skip
    parts = tuple(
        Part(key, AREAS[key], Value(total), level=level) for key, total in (("hoi_an", 60.0), ("tan_hiep", 4.0))
    )
    return result(query=view().query("area"), parts=parts), found


def test_areas_stand_on_one_scale_with_their_last_number_and_are_links() -> None:
    whole, found = lines()
    html = drawn(areas(whole, found, view(), "vi"))
    heights = [float(y) for y in re.findall(r'<circle class="dot dot-now" cx="100%" cy="([\d.]+)%"', html)]
    assert len(heights) == 2
    assert "chung một thang 0–40" in html
    assert heights == [25.0, 97.5]
    assert re.findall(r'an-area-name">([^<]+)</span><b>([^<]+)<', html) == [
        ("Phường Hội An", "30"), ("Xã đảo Tân Hiệp", "1")]  # fmt: skip
    picked = re.findall(r'data-pick="(area:\w+)"', html)
    assert picked == ["area:hoi_an", "area:tan_hiep"] * 2, "in the figure and in its table"
    assert "Xã đảo Tân Hiệp: gần nhất 1 lượt (24/11/2026), thấp nhất 1 lượt, cao nhất 3 lượt" in html
    assert 'class="line line-now" d="M0 ' in html
    assert re.search(r"Phường Hội An</a></th><td[^>]*>60</td><td[^>]*>30</td>", html)


def test_an_area_that_is_chosen_mutes_the_others_and_one_that_is_bad_says_so() -> None:
    whole, found = lines(Level.ALERT)
    html = drawn(areas(whole, found, view("area=tan_hiep"), "vi"))
    assert html.count("line-mute") == 1
    assert 'data-state="alert"' in html
    silent = [replace(one, freshness=Freshness.LOST) for one in found]
    assert drawn(areas(whole, silent, view(), "vi")).count("line-stale") == 2


def test_areas_of_the_map_are_picked_and_the_one_chosen_stands_out(outlines: Outlines) -> None:
    html = drawn(atlas(split("area", AREAS), view("area=hoi_an"), CITY, outlines, "vi"))
    assert set(re.findall(r'<path class="land[^>]*data-pick="area:(\w+)"', html)) == set(AREAS)
    assert len(re.findall(r'<path class="land[^"]*is-muted"', html)) == 3
    assert "an-seg" not in html, "the view does not reach back before the change"
    assert "sơ đồ" in html
    assert re.search(r'<th scope="row"><a [^>]*data-pick="area:hoi_an"[^>]*>Phường Hội An</a></th>', html)


def former_city() -> Catalogue:
    """The city with two of the units it had until July 2025."""
    units = {
        key: CITY.areas["hoi_an"].model_copy(
            update={"id": key, "name": kpi(name={"vi": one["vi"], "en": one["en"]}).name, "place": one["place"],
                    "valid_from": date(2008, 1, 29), "valid_to": date(2025, 7, 1)})
        for key, one in FORMER.items()
    }  # fmt: skip
    return replace(CITY, areas=CITY.areas | units)


def test_before_the_change_units_are_circles_where_they_lay(outlines: Outlines) -> None:
    city = former_city()
    seen = parse("from=2025-06-01&to=2025-06-30&old=1&area=old_isle", KPI, city, TODAY)
    parts = tuple(Part(key, city.areas[key].name, Value(n)) for key, n in (("old_town", 90.0), ("old_isle", 10.0)))
    html = drawn(atlas(result(query=seen.query("area"), parts=parts), seen, city, outlines, "vi"))
    circles = dict(re.findall(r'data-pick="area:(\w+)" cx="([\d.]+)"', html))
    assert set(circles) == {"old_town", "old_isle"}
    assert float(circles["old_isle"]) > 296, "far out, in the frame of its own"
    assert html.count("bubble is-muted") == 1
    assert chosen(html)[0] == "Trước tháng 7/2025"
    assert "<title>Phường Minh An: 90 lượt</title>" in html


def test_a_pack_without_outlines_says_so() -> None:
    assert messages("vi")["map.no_outlines"] in drawn(atlas(split("area", AREAS), view(), CITY, None, "vi"))


def other(**changes: object) -> KpiResult:
    asked = replace(view("from=2026-08-27&to=2026-11-24").query(), kpi="DL-03", compare=Compare.NONE)
    days = enumerate(series(date(2026, 8, 27), 90))
    points = tuple(replace(point, value=Value(0.9 + n % 10 / 100), compare=None) for n, point in days)
    return result(rate(), query=asked, comparison=None, points=points, **changes)


def test_panels_stand_on_the_time_of_the_chart_and_begin_at_one_line() -> None:
    whole = result()
    held = panels(whole, (other(), other()), CITY, "vi")
    main = chart(whole, CITY, "vi")
    assert {(one.x.low, one.x.high) for one in held.drawings} == {(main.x.low, main.x.high)}
    assert {one.margin.left for one in held.drawings} == {held.left}
    assert held.left >= main.margin.left
    assert {one.margin.right for one in held.drawings} == {main.margin.right}
    assert [bool(one.x.ticks) for one in held.drawings] == [False, True], "only the last names the days"


def test_what_is_not_told_has_no_points_and_leaves_its_panel_empty() -> None:
    nothing = result(value=MISSING, points=())
    shown, hidden = panels(nothing, (other(), replace(other(), points=())), CITY, "vi").drawings
    assert shown is not None
    assert hidden is None
    assert panels(nothing, (nothing,), CITY, "vi").drawings == (None,)
    seen = view("show=beside&with=DL-03")
    html = drawn(beside(nothing, panels(nothing, (nothing,), CITY, "vi"), seen, "vi", "light"))
    assert messages("vi")["analysis.empty"] in html


def test_a_panel_says_what_it_is_and_can_be_taken_away() -> None:
    seen = view("show=beside&with=DL-03&from=2026-08-27&to=2026-11-24&area=hoi_an")
    held = panels(result(query=seen.query()), (other(),), CITY, "vi")
    html = drawn(beside(result(query=seen.query()), held, seen, "vi", "light"))
    said = next(text for text in re.findall(r'aria-label="([^"]*)"[^>]*role="img"', html))
    assert said.startswith("Tỷ lệ vé hợp lệ từ 27/08/2026 đến 24/11/2026: gần nhất 99,0%")
    assert "Toàn thành phố" in html, "it is not told by that area"
    assert re.search(r'href="/kpi/DL-02\?[^"]*show=beside"[^>]*title="Bỏ Tỷ lệ vé hợp lệ"', html)
    assert 'href="/kpi/DL-03?from=2026-08-27&to=2026-11-24"' in html
    assert 'name="with" form="analysis-form"' in html, "without a script a code is typed"
    assert len(re.findall(r'<th scope="row">', html)) == 90


def test_an_empty_place_beside_asks_for_an_indicator() -> None:
    seen = view("show=beside")
    html = drawn(beside(result(), panels(result(), (), CITY, "vi"), seen, "vi", "light"))
    assert "Chọn tối đa 2 chỉ tiêu khác" in html
    assert "an-add" in html


@pytest.mark.parametrize("show", list(Show))
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_draws_every_figure(show: Show, language: str, outlines: Outlines) -> None:
    seen = replace(view("with=DL-03&from=2026-08-27&to=2026-11-24"), show=show)
    asked = replace(seen.query(), grain=Grain.HOUR)
    drawing = Drawn(result(query=asked), tuple(lines()[1]), (other(),))
    made = page(KPI, seen, result(query=seen.query()), (split("area", AREAS), split("market", MARKETS)), ROWS, CITY,
                language, "light", TODAY, 12.0, outlines, None, drawing)  # fmt: skip
    html = drawn(made)
    assert f'data-show="{show.value}"' in html
    words = re.sub(r"<[^>]*>", "", re.sub(r'data-plot=".*?" data-script', "", html))
    assert "{" not in words
    figures = re.findall(r'data-figure="([\w-]+)"', html)
    assert figures[0] == "main"
    assert {name.partition("-")[0] for name in figures[1:]} == (set() if show is Show.PARTS else {show.value})
    assert html.count('data-act="table"') == len(figures)
