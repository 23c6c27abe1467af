"""From a tile to its analysis: one change is one request and one address; back undoes it."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from data.messages import t
from tests.browser.visit import Visit

WEEK = "/kpi/DL-02?from=2026-11-10&to=2026-11-16&grain=day&compare=previous"
CHANGES: dict[str, tuple[str, str, Callable[[Page], object]]] = {
    "grain": ("grain", "hour", lambda page: page.locator('.an-seg a[href*="grain=hour"]').click()),
    "compare": ("compare", "year", lambda page: page.locator('select[name="compare"]').select_option("year")),
    "area": ("area", "hoi_an", lambda page: page.locator('select[name="area"]').select_option("hoi_an")),
    "filter": ("filter", "gate:", lambda page: page.locator('.an-row[href*="filter=gate"]').first.click()),
    "split": ("by", "market", lambda page: page.locator('select[name="by"]').select_option("market")),
}


@pytest.fixture
def visit(desk: Visit) -> Visit:
    """Each test turns the one tab to where it begins."""
    return desk


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_a_tile_leads_to_its_analysis_and_back(visit: Visit) -> None:
    visit.turn("/")
    board = visit.numbers()
    known = len(visit.changes)
    visit.tile("DVC-04").locator(".tile-title a").click()
    expect(visit.page.locator(".an-url")).to_contain_text("/kpi/DVC-04")
    visit.settle()
    assert len(visit.changes) == known + 1
    assert urlsplit(visit.page.url).path == "/kpi/DVC-04"
    assert visit.page.locator(".an-number").first.inner_text().split()[0] in [text.split()[0] for text in board]
    visit.page.go_back()
    expect(visit.tile("DVC-04")).to_be_visible()
    assert visit.numbers() == board


@pytest.mark.parametrize("name", CHANGES)
def test_one_change_is_one_request_and_one_address(visit: Visit, name: str) -> None:
    key, value, act = CHANGES[name]
    visit.turn(WEEK)
    before, first = visit.page.url, visit.numbers()
    assert visit.change(lambda: act(visit.page)) == 1
    assert visit.page.url != before
    assert asked(visit.page)[key][0].startswith(value)
    assert visit.change(visit.page.go_back) == 1
    assert (visit.page.url, visit.numbers()) == (before, first)


def test_an_address_opened_anew_shows_all_that_was_changed(visit: Visit) -> None:
    visit.turn(WEEK)
    for _, _, act in CHANGES.values():
        visit.change(lambda act=act: act(visit.page))
    changed = visit.numbers()
    assert all(asked(visit.page)[key][0].startswith(value) for key, value, _ in CHANGES.values())
    visit.open(visit.page.url.removeprefix(visit.url))
    assert visit.numbers() == changed


def test_the_file_holds_what_is_shown(visit: Visit) -> None:
    visit.turn(WEEK)
    shown = int(visit.page.locator(".an-number").first.inner_text().split()[0].replace(".", ""))
    with visit.page.expect_download() as saved:
        visit.page.locator(".files summary").click()
        visit.page.locator('.files a[href*=".csv"]:not([href*="/rows."])').click()
    text = saved.value.path().read_text("utf-8-sig")
    rows = [row for row in csv.reader(text.splitlines()) if row]
    heading = rows.index(next(row for row in rows if row[0] == t("vi", "delimited.bucket")))
    whole = rows[heading + 1]
    days = [row for row in rows[heading + 2 :] if row[0].startswith("2026-11-")]
    assert re.fullmatch(r"DL-02_2026-11-10_2026-11-16_\d+\.csv", saved.value.suggested_filename)
    assert (whole[0], float(whole[1])) == (t("vi", "delimited.whole"), shown)
    assert len(days) == 7
    assert sum(float(row[1]) for row in days) == shown


def test_keys(visit: Visit) -> None:
    visit.turn(WEEK)
    press = visit.page.keyboard.press
    start = visit.page.url
    assert visit.change(lambda: press("[")) == 1
    assert asked(visit.page)["from"] == ["2026-11-03"]
    assert visit.change(lambda: press("]")) == 1
    assert visit.page.url == start
    assert visit.change(lambda: press("g")) == 1
    assert asked(visit.page)["grain"] == ["hour"]
    assert visit.change(lambda: press("z")) == 1
    assert visit.page.url == start


def test_keys_that_ask_nothing(visit: Visit) -> None:
    visit.turn(WEEK)
    press, known = visit.page.keyboard.press, len(visit.changes)
    press("c")
    expect(visit.page.locator('select[name="compare"]')).to_be_focused()
    press("Escape")
    press("Escape")
    expect(visit.page.locator('select[name="compare"]')).not_to_be_focused()
    press("t")
    expect(visit.page.locator('[data-figure="main"]')).to_have_attribute("data-shows", "table")
    press("t")
    expect(visit.page.locator('[data-figure="main"]')).to_have_attribute("data-shows", "figure")
    press("?")
    expect(visit.page.locator("dialog.an-help")).to_be_visible()
    press("Escape")
    expect(visit.page.locator("dialog.an-help")).to_be_hidden()
    assert len(visit.changes) == known


def test_escape_takes_the_last_filter_away(visit: Visit) -> None:
    visit.turn(WEEK + "&filter=market:korea")
    assert visit.change(lambda: visit.page.keyboard.press("Escape")) == 1
    assert "filter" not in asked(visit.page)


def picked(page: Page) -> list[str]:
    return sorted(value for text in asked(page).get("filter", []) for value in text.partition(":")[2].split(","))


def row(page: Page, key: str) -> Locator:
    return page.locator(f'.an-split [data-pick="market:{key}"]')


def test_marks_are_picked_joined_dropped_undone_and_done_again(visit: Visit) -> None:
    visit.turn(WEEK + "&by=market")
    page, press = visit.page, visit.page.keyboard.press
    assert visit.change(lambda: row(page, "korea").click()) == 1
    assert picked(page) == ["korea"]
    expect(row(page, "korea")).to_have_attribute("aria-current", "true")
    assert page.locator('.an-split [data-pick^="market:"]').count() > 2, "a figure keeps all its parts"
    assert visit.change(lambda: row(page, "domestic").click(modifiers=["Shift"])) == 1
    assert picked(page) == ["domestic", "korea"]
    assert page.locator(".an-chip").count() == 2
    assert visit.change(lambda: row(page, "korea").click()) == 1
    assert picked(page) == ["domestic"]
    assert visit.change(lambda: press("z")) == 1
    assert picked(page) == ["domestic", "korea"]
    assert visit.change(lambda: press("Shift+Z")) == 1
    assert picked(page) == ["domestic"]


def test_a_cell_an_area_of_the_map_and_a_day_are_picked_too(visit: Visit) -> None:
    visit.turn(WEEK)
    page = visit.page
    cell = page.locator('.an-rows td[data-pick^="gate:"]').first
    gate = cell.get_attribute("data-pick")
    assert visit.change(cell.click) == 1
    assert asked(page)["filter"] == [gate]
    page.locator(".an-sift summary").click()
    page.locator('input[name="min.visitors"]').fill("3")
    assert visit.change(lambda: page.keyboard.press("Enter")) == 1
    assert (asked(page)["min.visitors"], asked(page)["filter"]) == (["3"], [gate])
    expect(page.locator(".an-sift")).not_to_have_attribute("open", "")
    assert visit.change(page.locator(".an-sifted .an-chip").click) == 1
    assert "min.visitors" not in asked(page)
    area = page.locator('.an-map [data-pick="area:hoi_an"]').first
    assert visit.change(lambda: area.dispatch_event("click")) == 1
    assert asked(page)["area"] == ["hoi_an"]
    plot = page.locator(".an-plot .nsewdrag").first.bounding_box()
    middle = (plot["x"] + plot["width"] / 2, plot["y"] + plot["height"] / 2)
    page.mouse.move(*middle)
    expect(page.locator(".an-plot .hoverlayer .legend")).to_be_visible()
    assert visit.change(lambda: page.mouse.click(*middle)) == 1
    assert (asked(page)["from"], asked(page)["to"], asked(page)["grain"]) == (
        ["2026-11-13"], ["2026-11-13"], ["hour"])  # fmt: skip


def test_by_keys_alone_a_filter_is_found_without_its_marks_and_set(visit: Visit) -> None:
    visit.turn(WEEK.replace("DL-02", "DVC-01"))
    page, press = visit.page, visit.page.keyboard.press
    press("f")
    page.keyboard.type("ho tich")
    expect(page.locator(".an-dim:first-of-type li:visible")).to_have_count(1)
    press("Tab")
    press("Space")
    assert visit.change(lambda: press("Enter")) == 1
    assert picked(page) == ["civil"]
    assert visit.change(lambda: press("w")) == 1
    expect(page.locator(".an-why")).to_contain_text(page.locator("h1, .crumbs b").last.inner_text())
    expect(page.locator(".an-more")).not_to_have_attribute("open", "")
    press("e")
    expect(page.locator(".an .files")).to_have_attribute("open", "")
    expect(page.locator(".files-list a").first).to_be_focused()


def test_data_that_comes_takes_nothing_out_of_a_readers_hand(visit: Visit) -> None:
    visit.open(WEEK.replace("DL-02", "DVC-01"))
    page, press = visit.page, visit.page.keyboard.press
    press("f")
    page.keyboard.type("ho tich")
    kept = page.locator(".an-dim:first-of-type li:visible")
    expect(kept).to_have_count(1)
    press("Tab")
    press("Space")
    page.locator(".find-all-field").fill("dvc-03")
    found = page.locator(".find-all-list a")
    expect(found).to_have_count(1)
    visit.again()
    assert (found.count(), kept.count()) == (1, 1)
    expect(kept.locator("input")).to_be_checked()
    expect(page.locator(".find-all-field")).to_have_value("dvc-03")
    press("Escape")
    expect(found.first).to_be_hidden()
    assert visit.change(lambda: press("g")) == 1
    expect(page.locator('input[value="field:civil"]')).not_to_be_checked()  # another question begins anew


def test_a_row_opens_its_source_record_and_escape_leaves_it(visit: Visit) -> None:
    visit.turn(WEEK)
    page = visit.page
    first = page.locator(".an-rows tbody a").first
    told = first.inner_text()
    assert visit.change(first.click) == 1
    record = page.locator(".an-record")
    expect(record).to_contain_text(told)
    expect(record.locator("code")).to_contain_text("visitors")
    assert record.locator("dl").nth(1).locator("dt").count() == page.locator(".an-rows thead th").count()
    page.locator("h1, .crumbs").first.click()
    assert visit.change(lambda: page.keyboard.press("Escape")) == 1
    expect(page.locator(".an-record")).to_have_count(0)


def test_the_search_of_the_bar_takes_an_area_over_and_leads_to_another_indicator(visit: Visit) -> None:
    visit.turn(WEEK)
    page, press = visit.page, visit.page.keyboard.press
    press("/")
    page.keyboard.type("phuong hoi an d")
    expect(page.locator(".find-all-list a").first).to_contain_text("Hội An Đông")
    assert visit.change(lambda: press("Enter")) == 1
    assert (asked(page)["area"], asked(page)["from"]) == (["hoi_an_dong"], ["2026-11-10"])
    press("/")
    page.keyboard.type("dvc-03")
    expect(page.locator(".find-all-list a")).to_have_count(1)
    press("ArrowDown")
    assert visit.change(lambda: press("Enter")) == 1
    assert urlsplit(page.url).path == "/kpi/DVC-03"


def test_arrows_walk_the_points_of_the_chart_and_the_marks_below_and_enter_picks(visit: Visit) -> None:
    visit.turn(WEEK)
    page, press = visit.page, visit.page.keyboard.press
    page.locator(".an-main .an-figure").focus()
    for _ in range(3):
        press("ArrowLeft")
    expect(page.locator(".an-plot .hoverlayer .legend")).to_contain_text("14/11/2026")
    expect(page.locator(".an-main [data-said]")).to_contain_text("14/11/2026")
    assert visit.change(lambda: press("Enter")) == 1
    assert (asked(page)["from"], asked(page)["grain"]) == (["2026-11-14"], ["hour"])
    rows = page.locator(".an-split").first.locator("a[data-pick]")
    rows.first.focus()
    press("ArrowDown")
    expect(rows.nth(1)).to_be_focused()
    press("ArrowUp")
    first, second = (rows.nth(place).get_attribute("data-pick").removeprefix("area:") for place in (0, 1))
    assert visit.change(lambda: press("Enter")) == 1
    assert asked(page)["area"] == [first]
    rows.nth(1).focus()
    assert visit.change(lambda: press("Shift+Enter")) == 1
    assert asked(page)["area"] == [f"{first},{second}"]
    assert page.locator(".an-chip").count() == 2
    assert visit.change(lambda: page.locator(".an-chip").first.click()) == 1
    assert len(asked(page)["area"][0].split(",")) == 1
    assert visit.change(lambda: press("z")) == 1
    assert asked(page)["area"] == [f"{first},{second}"]


def figure(page: Page) -> str | None:
    return page.locator(".an-region").get_attribute("data-show")


def test_s_goes_through_the_figures_which_turn_into_tables_and_are_picked(visit: Visit) -> None:
    visit.turn(WEEK)
    page, press = visit.page, visit.page.keyboard.press
    assert visit.change(lambda: press("s")) == 1
    assert (asked(page)["show"], figure(page)) == (["hours"], "hours")
    assert page.locator('[data-figure="hours"] .heat').count() == 7 * 24
    page.locator('[data-figure="hours"] .heat[x="50%"][y="0%"]').hover()
    expect(page.locator('[data-figure="hours"] .heat title')).to_contain_text("Thứ Hai 12 giờ: ")
    page.locator('[data-figure="hours"] [data-act="table"]').click()
    expect(page.locator('[data-figure="hours"] tbody tr')).to_have_count(7)
    expect(page.locator('[data-figure="hours"] .an-figure')).to_be_hidden()

    assert visit.change(lambda: press("s")) == 1
    expect(page.locator('[data-figure="map"] .an-figure')).to_be_visible()
    area = page.locator('.an-atlas [data-pick="area:hoi_an"]')
    assert visit.change(lambda: area.dispatch_event("click")) == 1
    assert asked(page)["area"] == ["hoi_an"]
    assert page.locator(".an-atlas .is-muted").count() == 3
    island = page.locator('.an-atlas [data-pick="area:tan_hiep"]')
    assert visit.change(lambda: island.dispatch_event("click", {"shiftKey": True})) == 1
    assert asked(page)["area"] == ["hoi_an,tan_hiep"]
    assert page.locator(".an-atlas .is-muted").count() == 2
    assert visit.change(lambda: island.dispatch_event("click")) == 1
    assert visit.change(lambda: area.dispatch_event("click")) == 1
    assert "area" not in asked(page)

    assert visit.change(lambda: press("s")) == 1
    assert visit.change(page.locator('.an-area[data-pick="area:hoi_an"]').click) == 1
    assert (figure(page), asked(page)["area"]) == ("areas", ["hoi_an"])
    assert page.locator(".an-area").count() == 4, "a figure keeps all its parts"
    assert visit.change(lambda: press("s")) == 1
    assert page.locator('[data-figure="ranking-area"] .an-moved').count() > 0
    assert visit.change(page.locator(".an-ranks [data-pick]").last.click) == 1
    assert visit.change(lambda: press("z")) == 1
    assert visit.change(page.locator(".an-tabs [aria-current]").click) == 1
    assert "show" not in asked(page)


def test_indicators_are_put_beside_by_a_few_letters_and_share_the_time_of_the_chart(visit: Visit) -> None:
    visit.turn(WEEK)
    page, press = visit.page, visit.page.keyboard.press
    assert visit.change(lambda: press("b")) == 1
    for letters, code in (("muc nuoc song tai hoi an", "HT-07"), ("dvc-01", "DVC-01")):
        expect(page.locator(".an-add input")).to_be_focused()
        page.keyboard.type(letters)
        expect(page.locator(".an-add li:visible")).to_have_count(1)
        assert visit.change(page.locator(".an-add li:visible a").click) == 1
        assert asked(page)["with"][0].split(",")[-1] == code
        press("b")
    page.wait_for_function("() => document.querySelectorAll('.an-panel .main-svg').length >= 2")
    lefts = page.evaluate("""() => [...document.querySelectorAll('.an-plot .nsewdrag')].map(
        node => { const box = node.getBoundingClientRect(); return [Math.round(box.left), Math.round(box.right)]; })""")
    assert len(lefts) == 3
    assert len({tuple(pair) for pair in lefts}) == 1
    expect(page.locator(".an-add")).to_have_count(0)
    assert visit.change(page.locator(".an-panel-h .an-icon").first.click) == 1
    assert asked(page)["with"] == ["DVC-01"]
    page.wait_for_function("() => document.querySelectorAll('.an-panel .main-svg').length")
    assert page.evaluate("() => document.documentElement.scrollHeight - window.innerHeight") <= 0
