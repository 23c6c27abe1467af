"""A wall in a real browser: what is on it at once, how it follows the city, and what it says when it cannot."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from data.alerts.event import Event, event_id
from data.alerts.events import Events
from data.catalogue import Playlist
from data.exercises.prompter import Prompter
from data.exercises.runs import Runs
from data.state import State
from layouts.format import number
from tests.browser.conftest import PATIENCE, Sites
from tests.browser.town import EVENING, Site, Ticking, Town
from tests.exercises import morning
from tests.state.fresh import fresh

HD, UHD = (1920, 1080), (3840, 2160)
MOST_BYTES = 300_000
CUT = (Path(__file__).parent / "cut.js").read_text(encoding="utf-8")
CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")

COUNTING = """() => {
    window.touched = 0;
    const kept = { subtree: true, childList: true, characterData: true, attributes: true };
    new MutationObserver((all) => { window.touched += all.length; }).observe(document.getElementById('scenes'), kept);
}"""


@pytest.fixture
def wall(browser: Browser, sites: Sites) -> Iterator:
    """Opens walls; each is checked for messages and foreign requests when the test ends."""
    pages: list[Page] = []
    wrong: list[str] = []

    def hang(
        site: Site, size=HD, language="vi", theme="dark", playlist="hall", clock=False, quiet=False, deaf=False
    ) -> Page:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
        context.add_cookies([{"name": "lang", "value": language, "url": site.url}])
        page = context.new_page()
        if clock:
            page.clock.install(time=EVENING)
        if deaf:  # nothing wakes it: only its own clock goes on
            page.route("**/stream*", lambda route: None)
        if not quiet:
            page.on("console", lambda said: wrong.append(said.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda sent: None if sent.url.startswith((site.url, "data:")) else wrong.append(sent.url))
        page.goto(f"{site.url}/wall/{playlist}?theme={theme}")
        pages.append(page)
        return page

    yield hang
    for page in pages:
        page.context.close()
    assert not wrong, "\n".join(wrong)


def scene(page: Page) -> str:
    return page.evaluate("document.documentElement.dataset.scene")


def ready(page: Page, count: int = 4) -> None:
    """Every scene has been brought."""
    page.wait_for_function(f"() => document.querySelectorAll('.scene').length >= {count}")


def turn_to(page: Page, name: str) -> None:
    for _ in range(12):
        if scene(page) == name:
            return
        page.keyboard.press("ArrowRight")
    raise AssertionError(f"{name} is not among the scenes")


def state(folder: Path, *events: Event) -> State:
    held = fresh(folder / "state.db")
    Events(held).write(events)
    return held


def every_board(town: Town) -> Town:
    """The town with a playlist of all seven boards, whatever the hour."""
    names = ("overview", "infrastructure", "egov", "tourism", "goals", "flood", "lantern")
    raw = {"id": "all", "name": {"vi": "x", "en": "x"}, "scenes": [{"board": name} for name in names]}
    held = Playlist.model_validate_json(json.dumps(raw))
    return replace(town, catalogue=replace(town.catalogue, playlists={"all": held}))


def event(rule: str, level: int, number: float, part: str = "", ended: timedelta | None = None, minutes=25) -> Event:
    began = EVENING - timedelta(minutes=minutes)
    over = None if ended is None else EVENING - ended
    return Event(event_id(rule, part, began), rule, part, began, level, level, number, began, over)


def test_the_first_answer_holds_the_numbers_and_no_drawing_library(site: Site, wall) -> None:
    sent: list[int] = []
    page = wall(site)
    page.on("response", lambda answer: sent.append(int(answer.headers.get("content-length", 0))))
    page.reload()
    ready(page)
    text = page.evaluate("fetch(location.href).then(answer => answer.text())")
    assert text.count('number">') >= 2
    assert "plotly" not in text and "_dash" not in text
    assert 0 < sum(sent) <= MOST_BYTES


def test_few_things_stand_on_a_scene_and_every_number_has_the_six_facts(site: Site, wall) -> None:
    page = wall(site)
    ready(page)
    for name in page.evaluate("Array.from(document.querySelectorAll('.scene')).map(one => one.id)"):
        count = {kind: page.locator(f"#{name} {kind}").count() for kind in (".tile", ".tile-hero", ".tile-map")}
        assert count[".tile"] <= 10 and count[".tile-hero"] <= 2 and count[".tile-map"] <= 1, (name, count)
    bare = page.evaluate("""() => Array.from(document.querySelectorAll('.tile-hero, .tile-compact')).filter((tile) =>
        ['.tile-title', '.status', '.number', '.tile-words', '.age', '.code'].some((fact) => !tile.querySelector(fact)))
        .map((tile) => tile.id)""")
    assert not bare


@pytest.mark.parametrize(("language", "theme"), [("vi", "dark"), ("en", "light")])
def test_nothing_is_cut_too_small_or_hard_to_read(
    town: Town, sites: Sites, wall, tmp_path, language: str, theme: str
) -> None:
    site = sites(every_board(town), state=state(tmp_path))
    page = wall(site, HD, language, theme, playlist="all")
    ready(page, 7)
    assert page.evaluate("document.documentElement.dataset.theme") == theme
    for width, height in (HD, UHD):
        page.set_viewport_size({"width": width, "height": height})
        for name in page.evaluate("Array.from(document.querySelectorAll('.scene')).map(one => one.id.slice(6))"):
            turn_to(page, name)
            assert not page.evaluate(CUT), (name, width)
            pale = page.evaluate(CONTRAST) if width == HD[0] else []
            assert not pale, (name, json.dumps(pale, ensure_ascii=False))


def test_both_sizes_are_the_same_picture(site: Site, wall) -> None:
    boxes = """() => Array.from(document.querySelectorAll('.scene.is-here .tile')).map((tile) => {
        const box = tile.getBoundingClientRect(), k = window.innerWidth / 1920;
        return [box.x, box.y, box.width, box.height].map((n) => Math.round(n / k)); })"""
    page, found = wall(site), []
    ready(page)
    turn_to(page, "overview")
    for width, height in (HD, UHD):
        page.set_viewport_size({"width": width, "height": height})
        found.append(page.evaluate(boxes))
    assert len(found[0]) == len(found[1]) > 5
    assert all(abs(a - b) <= 1 for one, other in zip(*found, strict=True) for a, b in zip(one, other, strict=True))


def test_a_scene_changes_without_a_request_and_the_keyboard_leads(site: Site, wall) -> None:
    page = wall(site)
    ready(page)
    page.wait_for_timeout(300)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    first = scene(page)
    page.keyboard.press("ArrowRight")
    second = scene(page)
    page.keyboard.press("ArrowLeft")
    assert second != first and scene(page) == first
    page.keyboard.press("p")
    expect(page.locator("#next")).to_have_text("Đã ghim bảng này")
    page.keyboard.press("ArrowRight")
    assert scene(page) == second
    page.keyboard.press("Escape")
    page.keyboard.press(" ")
    expect(page.locator("#next")).to_contain_text("Tạm dừng")
    assert not sent


def test_the_playlist_goes_on_by_the_clock_and_pauses_under_a_hand(site: Site, wall) -> None:
    page = wall(site, clock=True, deaf=True)
    ready(page)
    first = scene(page)
    page.clock.run_for(61_000)
    assert scene(page) != first
    held = scene(page)
    page.mouse.move(300, 300)
    page.mouse.move(310, 300)
    page.clock.run_for(50_000)
    assert scene(page) == held


def test_a_delivered_row_comes_to_the_wall_by_itself_and_touches_little(
    town: Town, sites: Sites, wall, tmp_path
) -> None:
    mine = town.copied(tmp_path)
    site = sites(mine)
    with Ticking(mine):
        page = wall(site)
        ready(page)
        turn_to(page, "overview")
        page.keyboard.press("p")
        page.evaluate(COUNTING)
        shown = page.locator(".scene.is-here #tile-DL-01 .number")
        expect(shown).to_have_text(number("vi", mine.count_people(EVENING, 930)), timeout=PATIENCE)
        nodes = page.evaluate("document.querySelectorAll('#scenes *').length")
        assert 0 < page.evaluate("window.touched") < nodes / 4


def test_a_wall_that_lost_the_server_says_so_and_since_when_and_heals_by_itself(
    town: Town, sites: Sites, wall, tmp_path
) -> None:
    mine = town.copied(tmp_path)
    site = sites(mine)
    page = wall(site, clock=True, quiet=True)
    ready(page)
    turn_to(page, "overview")
    before = page.locator(".scene.is-here #tile-HT-07 .number").inner_text()
    site.stop()
    page.clock.run_for(33_000)
    expect(page.locator("#lost")).to_be_visible()
    expect(page.locator("#lost")).to_contain_text("mất kết nối máy chủ từ 19:42")
    expect(page.locator(".scene.is-here #tile-HT-07 .number")).to_have_text(before)  # its own clock has not run out
    page.clock.fast_forward(100 * 60_000)
    page.clock.run_for(6_000)
    turn_to(page, "overview")
    lost = page.locator(".scene.is-here #tile-HT-07")
    expect(lost).to_have_attribute("data-state", "stale")
    expect(lost.locator(".number")).to_have_text("—")
    expect(lost.locator(".tile-words")).to_contain_text(f"lần cuối {before}")
    expect(page.locator(".scene.is-here #tile-DVC-03")).not_to_have_attribute("data-state", "stale")
    page.clock.fast_forward(8 * 3_600_000)
    page.route("**/scenes?*", lambda route: route.fulfill(status=503))
    site.start()
    page.clock.run_for(20_000)
    page.wait_for_timeout(500)
    page.unroute("**/scenes?*")
    for _ in range(40):
        page.clock.run_for(2_000)
        page.wait_for_timeout(50)
        if page.evaluate("document.documentElement.dataset.live") == "1" and not page.locator("#lost").is_visible():
            break
    turn_to(page, "overview")
    expect(page.locator(".scene.is-here #tile-HT-07 .number")).to_have_text(before)
    expect(page.locator("#lost")).to_be_hidden()


def test_an_alert_takes_the_wall_and_gives_it_back(town: Town, sites: Sites, wall, tmp_path) -> None:
    held = state(tmp_path)
    site = sites(town, state=held)
    page = wall(site)
    ready(page)
    crowd = event("crowd", 2, 0.962)
    Events(held).write([crowd])
    page.wait_for_selector(".band[data-level=alert]", timeout=PATIENCE)
    assert page.evaluate("document.documentElement.dataset.state") == "alert"
    assert not page.evaluate(CUT)
    said = page.locator(".band-said h2").inner_text()
    assert page.locator(".alarm-number .number").inner_text() in said  # the sentence never contradicts the tile
    expect(page.locator(".exit-rule")).to_contain_text("dưới 92,0%")
    expect(page.locator("#next")).to_contain_text("Vòng chiếu tạm dừng")
    over = Event(crowd.id, "crowd", "", crowd.began_at, 0, 2, 0.9, EVENING, EVENING)
    Events(held).write([over])
    page.wait_for_selector(".band[data-level=ended]", timeout=PATIENCE)
    expect(page.locator(".band")).to_contain_text("Vừa kết thúc")


def test_two_alerts_stand_above_each_other_the_third_is_a_quiet_fact(town: Town, sites: Sites, wall, tmp_path) -> None:
    found = [event("river", 3, 2.1), event("crowd", 2, 0.97, minutes=5), event("river_rise", 2, 0.9)]
    site = sites(town, state=state(tmp_path, *found))
    page = wall(site)
    expect(page.locator(".band")).to_have_count(2)
    assert page.locator(".band").first.get_attribute("data-rule") == "river"
    assert page.locator(".band").last.get_attribute("data-rule") == "river_rise"  # life before the newer one
    expect(page.locator(".wall-facts")).to_contain_text("Phố cổ gần quá sức chứa")
    assert page.evaluate("document.documentElement.dataset.state") == "emergency"
    assert not page.evaluate(CUT)


def test_a_screen_is_paired_shows_its_playlist_and_goes_dark_when_revoked(
    town: Town, sites: Sites, browser, visits, tmp_path
) -> None:
    site = sites(town, state=state(tmp_path))
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    try:
        screen = context.new_page()
        screen.goto(f"{site.url}/wall")
        code = screen.locator("#code").inner_text()
        desk = visits(site.url)
        desk.open("/screens")
        desk.page.locator("input[name=code]").fill(code)
        desk.page.locator("input[name=name]").first.fill("Sảnh tầng 1")
        desk.page.get_by_role("button", name="Ghép").click()
        expect(desk.page.locator(".reg-said")).to_contain_text("Đã ghép")
        screen.wait_for_selector(".wall .scene.is-here", timeout=20_000)
        assert screen.evaluate("document.cookie") == ""  # no script reads the token
        desk.page.locator("summary").first.click()
        desk.page.get_by_role("button", name="Thu hồi").click()
        screen.wait_for_selector("#code", timeout=20_000)
    finally:
        context.close()


def test_an_exercise_is_marked_to_the_edges_and_gives_the_wall_back_to_a_real_alert(
    town: Town, sites: Sites, wall, tmp_path
) -> None:
    copied = town.copied(tmp_path)
    known, scripted = morning.scripted(tmp_path, copied.catalogue)
    held = state(tmp_path)
    site = sites(replace(copied, catalogue=known), state=held)
    prompter = Prompter(scripted, copied.store, held, site.clock)
    try:
        page = wall(site)
        ready(page)
        assert page.locator(".exercised").count() == 0
        Runs(held).start(known.exercises[morning.NAME], "hall", 1, "lan", EVENING - timedelta(hours=2, minutes=30))
        while prompter.look():  # six, seven and eight o'clock of the script
            pass
        page.wait_for_function("() => document.querySelector('.exercised')")
        page.wait_for_function("() => document.getElementById('minutes').textContent === '08:00'")
        width, height = HD
        box = page.locator(".is-here .exercise-mark").bounding_box()
        assert box is not None and box["x"] <= 0 and box["y"] <= 0
        assert box["x"] + box["width"] >= width and box["y"] + box["height"] >= height
        assert "27/10/2025 08:00" in page.locator(".is-here .exercise-band").first.inner_text().replace("\u00a0", " ")
        assert page.locator(".scene").count() == page.locator(".exercised").count()
        assert not [said for said in page.evaluate(CUT) if "exercise" in said]
        Events(held).write([event("crowd", 2, 0.96, minutes=0)])
        page.wait_for_function("() => document.documentElement.dataset.state === 'alert'")
        page.wait_for_function("() => !document.querySelector('.exercised')")
        assert page.locator("#ceased").inner_text().startswith("CẢNH BÁO THẬT")
        assert page.locator(".band h2").count() == 1
    finally:
        prompter.stop()
