"""Remakes the pictures of the wall under docs/wall: ``python -m tests.browser.pictures``.

A town is simulated and loaded, its walls are opened in a real browser, and every board and state is photographed.
"""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from data.alerts.event import Event, event_id
from data.alerts.events import Events
from data.catalogue import Playlist, load
from data.exercises.prompter import Prompter
from data.exercises.runs import Runs
from data.state import State
from tests.browser import chromium
from tests.browser.town import EVENING, Site, Town
from tests.standing import StandingClock

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs/wall"
BOARDS = ("overview", "infrastructure", "egov", "tourism", "goals", "flood", "lantern")
HD, UHD = (1920, 1080), (3840, 2160)
RISING, FLOOD = datetime(2025, 10, 28, 2, 10), datetime(2025, 10, 28, 14, 10)
QUALITY = 62
INTO = timedelta(hours=16, minutes=30)  # of the script of an exercise


def happening(rule: str, level: int, at: datetime, minutes: float, ended: timedelta | None = None) -> Event:
    """An event made for a picture; what its tiles show is the town's own."""
    began = at - timedelta(minutes=minutes)
    over = None if ended is None else at - ended
    return Event(event_id(rule, "", began), rule, "", began, level, level, 1.0, began, over)


def main() -> int:
    """Photograph everything; what could not be is said."""
    whole = load(ROOT / "data/cities/hoian")
    raw = {"id": "all", "name": {"vi": "x", "en": "x"}, "scenes": [{"board": name} for name in BOARDS]}
    catalogue = replace(whole, playlists={"all": Playlist.model_validate_json(json.dumps(raw))})
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as held, sync_playwright() as playwright:
        folder = Path(held)
        print("simulating and loading two towns")
        town = Town.built(folder / "now", catalogue)
        flood = Town.built(folder / "flood", catalogue, FLOOD)
        browser = playwright.chromium.launch(executable_path=str(chromium.find()), args=list(chromium.ARGUMENTS))
        boards(browser, Site(town, state=state(folder / "calm.db")))
        rising = happening("river", 2, RISING, 95)
        shot(browser, Site(flood, RISING, state=state(folder / "a.db", rising)), "alert")
        both = [happening("river", 3, FLOOD, 95), happening("river_rise", 2, FLOOD, 30)]
        shot(browser, Site(flood, FLOOD, state=state(folder / "b.db", *both)), "emergency_two")
        over = happening("crowd", 2, EVENING, 95, timedelta(seconds=20))
        shot(browser, Site(town, state=state(folder / "c.db", over)), "ended")
        watch = happening("crowd", 1, EVENING, 25)
        shot(browser, Site(town, state=state(folder / "d.db", watch)), "watch", "lantern")
        room(browser, Site(replace(town, catalogue=whole), state=state(folder / "f.db")))
        exercise(browser, Site(town, state=state(folder / "g.db")))
        lost(browser, Site(town, state=state(folder / "e.db")))
        browser.close()
    return 0


def state(path: Path, *events: Event) -> State:
    """A state with these events in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    held = State.open(f"sqlite:///{path}")
    Events(held).write(events)
    return held


def boards(browser: Browser, site: Site) -> None:
    """Every board in both themes, one of them at four thousand pixels and in English too."""
    site.start()
    for theme in ("dark", "light"):
        page = opened(browser, site, theme, HD)
        for name in BOARDS:
            turn(page, name)
            kept(page, f"{name}_{theme}")
        page.context.close()
    for language, size in (("vi", UHD), ("en", HD)):
        page = opened(browser, site, "dark", size, language)
        turn(page, "overview")
        kept(page, f"overview_dark_{language if size == HD else '4k'}")
        page.context.close()
    site.stop()


def shot(browser: Browser, site: Site, name: str, scene: str = "") -> None:
    """One state in both themes, on a ``scene`` if it changes none."""
    site.start()
    for theme in ("dark", "light"):
        page = opened(browser, site, theme, HD)
        if scene:
            turn(page, scene)
        kept(page, f"{name}_{theme}")
        page.context.close()
    site.stop()


def room(browser: Browser, site: Site) -> None:
    """The three screens of a room on one scene, and the phone that leads them."""
    site.start()
    context = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2)
    phone = context.new_page()
    phone.goto(f"{site.url}/rooms/operations")
    phone.locator("form[action$='scene=overview'] button").click()
    for letter in "abc":
        page = opened(browser, site, "dark", HD, address=f"operations/{letter}")
        kept(page, f"room_{letter}_dark")
        page.context.close()
    kept(phone, "remote_light")
    context.close()
    site.stop()


def exercise(browser: Browser, site: Site) -> None:
    """The flood of October 2025 as an exercise, so far that two alerts stand above each other."""
    catalogue, held = site.town.catalogue, site.state
    assert held is not None
    flood = catalogue.exercises["flood_2025_10"]
    Runs(held).start(flood, "all", flood.speed, "lan", EVENING - INTO / flood.speed)
    prompter = Prompter(catalogue, site.town.store, held, StandingClock(EVENING))
    while prompter.look():
        pass
    shot(browser, site, "exercise")
    prompter.stop()


def lost(browser: Browser, site: Site) -> None:
    """A wall whose server has been away for some seconds, then for two hours."""
    site.start()
    page = opened(browser, site, "dark", HD, clock=True)
    turn(page, "overview")
    site.stop()
    page.clock.run_for(35_000)
    turn(page, "overview")
    kept(page, "lost_dark")
    page.clock.run_for(2 * 3_600_000)
    turn(page, "overview")
    kept(page, "stale_dark")
    page.context.close()


def opened(
    browser: Browser, site: Site, theme: str, size: tuple[int, int], language: str = "vi", clock: bool = False,
    address: str = "all",
):  # fmt: skip
    """A wall whose scenes have all been brought."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    context.add_cookies([{"name": "lang", "value": language, "url": site.url}])
    page = context.new_page()
    if clock:
        page.clock.install(time=EVENING)
    page.goto(f"{site.url}/wall/{address}?theme={theme}")
    page.wait_for_selector(".scene.is-here .tile")
    page.wait_for_timeout(2_500)
    return page


def turn(page, name: str) -> None:
    """Go on to a scene."""
    for _ in range(len(BOARDS) + 1):
        if page.evaluate("document.documentElement.dataset.scene") == name:
            return
        page.keyboard.press("ArrowRight")


def kept(page, name: str) -> None:
    """Write what stands as a picture."""
    page.wait_for_timeout(150)
    page.screenshot(path=PICTURES / f"{name}.jpg", type="jpeg", quality=QUALITY)
    print(f"docs/wall/{name}.jpg")


if __name__ == "__main__":
    sys.exit(main())
