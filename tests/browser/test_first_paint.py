"""The first answer holds the numbers, and nobody sees Dash take over."""

from __future__ import annotations

import re
from urllib.request import urlopen

from playwright.sync_api import Route

from tests.browser.town import Site
from tests.browser.visit import Visit

BOXES = (
    "() => [...document.querySelectorAll('.tile')].map(tile => Object.values(tile.getBoundingClientRect().toJSON()))"
)
SHIFTS = """() => new Promise(done => {
  let sum = 0;
  const watch = new PerformanceObserver(list => list.getEntries().forEach(entry => sum += entry.value));
  watch.observe({type: 'layout-shift', buffered: true});
  requestAnimationFrame(() => setTimeout(() => done(sum), 50));
})"""


def test_numbers_are_in_the_first_answer(site: Site, visit: Visit) -> None:
    with urlopen(site.url + "/") as response:
        text = response.read().decode()
    sent = re.findall(r'class="number">([^<]+)<', text)
    visit.open("/")
    assert len(sent) >= 8
    assert sent == visit.page.locator(".tile .number").all_inner_texts()


def test_numbers_are_seen_before_dash_has_started_and_nothing_moves_when_it_has(visit: Visit) -> None:
    held: list[Route] = []
    released: list[bool] = []

    def hold(route: Route) -> None:
        if released:
            route.continue_()
        else:
            held.append(route)

    visit.page.route("**/_dash-component-suites/**", hold)
    visit.page.goto(visit.url, wait_until="commit")
    visit.page.wait_for_selector("#first-paint .tile .number")
    visit.page.wait_for_function("() => document.fonts.status === 'loaded'")
    before, numbers = visit.page.evaluate(BOXES), visit.page.locator(".tile .number").all_inner_texts()
    assert not visit.page.locator("#page").count(), "Dash had started already"
    assert len(before) >= 8
    assert numbers
    released.append(True)
    for route in held:
        route.continue_()
    visit.settle()
    after = visit.page.evaluate(BOXES)
    moved = [
        (old, new)
        for old, new in zip(before, after, strict=True)
        if max(abs(a - b) for a, b in zip(old, new, strict=True)) > 0.5
    ]
    assert not moved
    assert visit.page.locator(".tile .number").all_inner_texts() == numbers
    assert visit.page.evaluate(SHIFTS) < 0.01


def test_the_page_that_is_taken_over_is_not_asked_for_again_and_no_component_of_dash_is_fetched(visit: Visit) -> None:
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    visit.open("/")
    visit.page.wait_for_timeout(700)  # the stream has spoken by now, and had nothing new to say
    assert not visit.changes
    packages = [url for url in asked if "/_dash-component-suites/" in url]
    assert any("dash_renderer" in url for url in packages)
    assert not [url for url in packages if "/dcc/" in url or "/html/" in url or "dash_table" in url]


def test_a_chart_stands_still_until_plotly_is_there_to_read_it_by_pointer(visit: Visit) -> None:
    held: list[Route] = []
    visit.page.route("**/assets/plotly/**", lambda route: held.append(route))
    visit.page.goto(visit.url + "/kpi/DL-02?from=2026-11-10&to=2026-11-16&grain=day", wait_until="commit")
    visit.page.wait_for_selector("#page .an-still .line-now")
    still = visit.page.locator(".an-still .line-now").first.bounding_box()
    while not held:
        visit.page.wait_for_timeout(20)
    held[0].continue_()
    visit.page.wait_for_selector(".an-plot .main-svg")
    assert not visit.page.locator(".an-still").count()
    drawn = [line.bounding_box() for line in visit.page.locator(".an-plot .scatterlayer .js-line").all()]
    assert still and any(line and all(abs(still[side] - line[side]) < 6 for side in still) for line in drawn)
