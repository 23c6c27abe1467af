"""A room in a real browser: two of its screens and the phone that leads them; and a single wall through the night."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from data.alerts.event import Event, event_id
from data.alerts.events import Events
from data.walls.hand import Hand, standing
from data.walls.hands import Hands
from data.walls.programme import Programme, Turn
from tests.browser.conftest import PATIENCE, PHONE, Sites
from tests.browser.test_wall import CONTRAST, CUT, HD, UHD, scene, state
from tests.browser.town import EVENING, Site, Town

SMALL = """() => Array.from(document.querySelectorAll('a, button')).map((one) => one.getBoundingClientRect())
    .filter((box) => box.width < 44 || box.height < 44).length"""
SHIFTS = """() => ['0', '1', '2', '3'].map((step) => {
    const wall = document.querySelector('.wall');
    wall.style.transition = 'none';
    document.documentElement.dataset.shift = step;
    const at = new DOMMatrix(getComputedStyle(wall).transform);
    return [at.e, at.f]; })"""
MINUTE = timedelta(minutes=1)


@pytest.fixture
def opens(browser: Browser, sites: Sites) -> Iterator:
    """Opens pages; each is checked for messages when the test ends."""
    pages: list[Page] = []
    wrong: list[str] = []

    def opened(address: str, size=HD, reduced=True, clock: datetime | None = None, deaf=False, **cookies: str) -> Page:
        motion = "reduce" if reduced else "no-preference"
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion=motion)
        context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
        page = context.new_page()
        if clock is not None:
            page.clock.install(time=clock)
        if deaf:
            page.route("**/stream*", lambda route: None)
        page.on("console", lambda said: wrong.append(said.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(address)
        pages.append(page)
        return page

    yield opened
    for page in pages:
        page.context.close()
    assert not wrong, "\n".join(wrong)


def turned(page: Page, name: str) -> None:
    page.wait_for_function("(name) => document.documentElement.dataset.scene === name", arg=name, timeout=PATIENCE)


def test_next_on_the_phone_turns_both_screens(town: Town, sites: Sites, opens, tmp_path) -> None:
    held = state(tmp_path)
    site = sites(town, state=held)
    a, c = (opens(f"{site.url}/wall/operations/{letter}", size) for letter, size in (("a", HD), ("c", UHD)))
    for page in (a, c):
        page.wait_for_function("() => document.querySelectorAll('.scene').length >= 4")
    phone = opens(f"{site.url}/rooms/operations", PHONE, lang="vi")
    phone.locator("form[action$='scene=overview'] button").click()
    turned(a, "overview")
    turned(c, "overview")
    phone.locator("button.rc-next").click()
    turned(a, "infrastructure")
    turned(c, "infrastructure")
    assert [a.locator(f".scene.is-here {kind}").count() for kind in (".tile-map", ".tile-list")] == [1, 0]
    assert [c.locator(f".scene.is-here {kind}").count() for kind in (".tile-map", ".tile-list")] == [0, 1]
    assert not a.evaluate(CUT) and not c.evaluate(CUT)
    expect(phone.locator(".rc-stands h2")).to_have_text("Hạ tầng")
    a.keyboard.press("ArrowRight")  # one screen alone does not fall out of step
    a.mouse.move(300, 300)
    assert scene(a) == "infrastructure"
    phone.locator("button.rc-pin").click()
    for page in (a, c):
        expect(page.locator("#next")).to_contain_text("Cả phòng đã ghim, còn")
    expect(phone.locator(".rc-left")).to_contain_text("29:")
    river = event_id("river", "", EVENING)
    Events(held).write([Event(river, "river", "", EVENING - MINUTE, 2, 2, 1.7, EVENING)])
    for page in (a, c):
        turned(page, "alarm")
    expect(phone.locator("button.rc-next")).to_be_disabled()
    assert not a.evaluate(CUT) and not c.evaluate(CUT)
    Events(held).write([Event(river, "river", "", EVENING - MINUTE, 0, 2, 0.4, EVENING, EVENING - 2 * MINUTE)])
    for page in (a, c):
        turned(page, "infrastructure")


def test_the_remote_fits_a_thumb_and_works_without_a_script(town: Town, sites: Sites, browser, opens, tmp_path) -> None:
    site = sites(town, state=state(tmp_path))
    for language, theme in (("vi", "light"), ("en", "dark")):
        phone = opens(f"{site.url}/rooms/operations", PHONE, lang=language, theme=theme)
        assert not phone.evaluate(SMALL)
        assert phone.evaluate("document.documentElement.scrollWidth") == PHONE[0]
        assert not phone.evaluate(CONTRAST)
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(f"{site.url}/rooms/operations")
    page.locator("button.rc-pause").click()
    assert page.locator("button.rc-pause").get_attribute("aria-pressed") == "true"
    plain.close()


def test_a_screen_that_hears_nothing_follows_the_hand_as_the_programme_says(
    town: Town, sites: Sites, opens, tmp_path
) -> None:
    held = state(tmp_path)
    site = sites(town, state=held)
    hand = Hand("lan", "pause", "tourism", 9, 7.5, EVENING, EVENING + 2 * MINUTE, EVENING + 5 * MINUTE)
    Hands(held).lay("operations", EVENING, lambda before: hand)
    page = opens(f"{site.url}/wall/operations/a", clock=EVENING, deaf=True)
    page.wait_for_function("() => document.querySelectorAll('.scene').length >= 4")
    turns = [
        Turn(name, dwell, 0) for name, dwell, _ in json.loads(page.evaluate("document.body.dataset.told"))["turns"]
    ]
    plan, gone, seen = Programme("normal", tuple(turns)), 0, set()
    for step in (1, 100, 30, 40, 60, 50, 30, 45):
        page.clock.run_for(step * 1000)
        gone += step
        now = EVENING + timedelta(milliseconds=page.evaluate("Date.now()") - EVENING.timestamp() * 1000)
        here = standing(plan, hand, now)
        assert scene(page) == plan.turns[here.turn].scene, gone
        seen.add((here.led, here.still))
    assert seen == {(True, True), (True, False), (False, False)}


def test_a_wall_is_dim_at_night_moves_a_little_and_begins_anew_at_three(
    town: Town, sites: Sites, opens, tmp_path
) -> None:
    night = datetime(2026, 11, 25, 2, 59, 58)
    site = sites(town, at=night, state=state(tmp_path))
    page = opens(f"{site.url}/wall/hall", reduced=False)
    page.wait_for_selector(".scene.is-here .tile")
    assert page.evaluate("getComputedStyle(document.querySelector('.scene')).transitionDuration").startswith("0.9s")
    expect(page.locator(".wall")).to_have_css("opacity", "0.6")
    moves = page.evaluate(SHIFTS)
    assert len({tuple(one) for one in moves}) == 4 and max(max(one) for one in moves) <= 2
    page.evaluate("window.old = true")
    page.wait_for_function("() => !window.old", timeout=15_000)  # its own clock goes on past three


def test_who_asks_for_less_motion_sees_none(site: Site, opens) -> None:
    page = opens(f"{site.url}/wall/hall")
    page.wait_for_selector("#turns li")
    spans = page.evaluate("""() => [['.wall'], ['.scene'], ['#turns li', '::before']].map(([one, part]) =>
        getComputedStyle(document.querySelector(one), part).transitionDuration)""")
    assert {float(span.rstrip("s")) for text in spans for span in text.split(", ")} == {0.0}
