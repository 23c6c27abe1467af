"""What a browser sees: bytes, requests, the first number, and a delivery on an open board."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter
from urllib.request import urlopen

from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from data.catalogue import Playlist
from data.state import State
from layouts.format import number
from tests.bench.table import Row
from tests.browser import chromium
from tests.browser.town import EVENING, Site, Ticking, Town
from tests.browser.visit import CHANGE, Visit

RUNS = 9
COPY = "/static-copy"
SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
BOARD, NEXT, WALL, HALL = "/", "/board/tourism", "/wall/one", "/wall/hall"
ROOM, REMOTE, SCREENS = "/wall/operations", "/rooms/operations", ("a", "c")
SCENE = "document.documentElement.dataset.scene"
ONE = {"id": "one", "name": {"vi": "x", "en": "x"}, "scenes": [{"board": "overview"}]}
VIEW = "/kpi/DL-02?from=2026-11-10&to=2026-11-16&grain=day&compare=previous"
PAINTED = """
const look = () => document.querySelector('.tile .number')
  ? requestAnimationFrame(() => setTimeout(() => { window.painted = performance.now(); }))
  : requestAnimationFrame(look);
requestAnimationFrame(look);
"""
LONG = """
window.tasks = [];
new PerformanceObserver((seen) => window.tasks.push(...seen.getEntries().map((task) => task.duration)))
  .observe({ type: 'longtask' });
"""
Wsgi = Callable[[dict, Callable], Iterable[bytes]]


class Copied:
    """The application, and at one address a still copy of a page without its scripts."""

    def __init__(self, wrapped: Wsgi, page: bytes) -> None:
        self.wrapped, self.page = wrapped, page

    def __call__(self, environment: dict, start: Callable) -> Iterable[bytes]:
        """Answer one request."""
        if environment["PATH_INFO"] != COPY:
            return self.wrapped(environment, start)
        start("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(self.page)))])
        return [self.page]


def measured(town: Town, folder: Path) -> Iterator[Row]:
    """All that needs a browser, on a town of its own."""
    playlists = town.catalogue.playlists | {"one": Playlist.model_validate_json(json.dumps(ONE))}
    mine = replace(town.copied(folder), catalogue=replace(town.catalogue, playlists=playlists))
    site = Site(mine).start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=str(chromium.find()), args=list(chromium.ARGUMENTS))
            yield from _painted(browser, site, BOARD, "the front page")
            yield from _painted(browser, site, WALL, "the overview on a wall")
            yield from _sent(browser, site)
            yield from _delivered(browser, site, mine)
            yield from _laid(browser, site, mine)
            yield from _turned(browser, mine, folder)
            browser.close()
    finally:
        site.stop()


def _painted(browser: Browser, site: Site, path: str, name: str) -> Iterator[Row]:
    with urlopen(site.url + path) as response:
        page = SCRIPT.sub("", response.read().decode()).encode()
    served = site.server.wsgi_app
    site.server.wsgi_app = Copied(served, page)
    times: dict[str, list[float]] = {path: [], COPY: []}
    for _ in range(RUNS):
        for place, found in times.items():
            context = browser.new_context()
            context.add_init_script(PAINTED)
            tab = context.new_page()
            tab.goto(site.url + place, wait_until="commit")
            found.append(tab.wait_for_function("() => window.painted").json_value())
            context.close()
    site.server.wsgi_app = served
    floor = median(times[COPY])
    yield Row(f"{name} as a still copy: its first number is painted after", floor, "ms")
    yield Row(f"{name}: its first number, over the still copy's", median(times[path]) / floor, bar=1.5)


class Meter:
    """Bytes as they came over the wire in one tab."""

    def __init__(self, context: BrowserContext, visit: Visit) -> None:
        self.bytes = 0
        channel = context.new_cdp_session(visit.page)
        channel.send("Network.enable")
        channel.on("Network.loadingFinished", self._finished)

    def _finished(self, event: dict[str, float]) -> None:
        self.bytes += int(event["encodedDataLength"])

    def read(self) -> float:
        """kB since it was last read."""
        found, self.bytes = self.bytes / 1000, 0
        return found


def _sent(browser: Browser, site: Site) -> Iterator[Row]:
    context = browser.new_context()
    visit = Visit(context, site.url)
    meter = Meter(context, visit)
    visit.open(BOARD)
    yield Row("a board, first visit", meter.read(), "kB", bar=1000)
    known = len(visit.changes)
    with visit.page.expect_response(lambda response: CHANGE in response.url):
        visit.page.locator(f'a[href="{NEXT}"]').first.click()
    visit.page.wait_for_timeout(500)
    yield Row("requests of a change of board", len(visit.changes) - known, "", bar=1)
    yield Row("a change of board", meter.read(), "kB", bar=15)
    visit.open(VIEW)
    meter.read()
    requests = visit.change(lambda: visit.page.locator('select[name="compare"]').select_option("year"))
    yield Row("requests of a change of view", requests, "", bar=1)
    yield Row("a change of view", meter.read(), "kB", bar=15)
    yield Row("messages in the console, requests of another host or failed", len(visit.wrong), "", bar=0)
    context.close()


def _delivered(browser: Browser, site: Site, town: Town) -> Iterator[Row]:
    context = browser.new_context()
    visit = Visit(context, site.url)
    times = []
    with Ticking(town):
        visit.open(BOARD)
        for people in (701, 702, 703, 704, 705):
            total = number("vi", town.count_people(EVENING, people))
            began = perf_counter()
            expect(visit.number("DL-01")).to_have_text(total)
            times.append(perf_counter() - began)
    context.close()
    yield Row("a delivered row on an open board, median", median(times), "s", bar=2)
    yield Row("a delivered row on an open board, slowest", max(times), "s", bar=2)


def _laid(browser: Browser, site: Site, town: Town) -> Iterator[Row]:
    """Deliveries laid over what stands on a wall: how soon they are there, and how long the page is busy with one."""
    context = browser.new_context(viewport={"width": 3840, "height": 2160})
    context.add_init_script(LONG)
    tab = context.new_page()
    times = []
    with Ticking(town):
        tab.goto(f"{site.url}{HALL}")
        tab.wait_for_function("() => document.querySelectorAll('.scene').length > 3")
        tab.wait_for_timeout(2000)
        tab.evaluate("() => { window.tasks.length = 0; }")
        for people in (801, 802, 803, 804, 805):
            total = number("vi", town.count_people(EVENING, people))
            began = perf_counter()
            expect(tab.locator(".scene #tile-DL-01 .number").first).to_have_text(total)
            times.append(perf_counter() - began)
        tasks = tab.evaluate("() => window.tasks")
    context.close()
    yield Row("a delivered row on a wall, slowest", max(times), "s", bar=2)
    yield Row(
        "the longest task of a wall's page while five deliveries are laid over it", max(tasks, default=0), "ms", bar=50
    )


def _turned(browser: Browser, town: Town, folder: Path) -> Iterator[Row]:
    """A press on the phone that is a room's remote, until both of its screens show the next scene."""
    site = Site(town, state=State.open(f"sqlite:///{folder / 'rooms.db'}")).start()
    context = browser.new_context()
    screens = [context.new_page() for _ in SCREENS]
    for page, letter in zip(screens, SCREENS, strict=True):
        page.goto(f"{site.url}{ROOM}/{letter}")
        page.wait_for_function("() => document.querySelectorAll('.scene').length > 3")
    phone = context.new_page()
    phone.goto(f"{site.url}{REMOTE}")
    times = []
    for _ in range(5):
        known = [page.evaluate(SCENE) for page in screens]
        phone.locator("button.rc-next").click()
        began = perf_counter()
        for page, before in zip(screens, known, strict=True):
            page.wait_for_function(f"(before) => {SCENE} !== before", arg=before)
        times.append(perf_counter() - began)
    context.close()
    site.stop()
    yield Row("a press on the remote on both screens of a room, slowest", max(times), "s", bar=2)
