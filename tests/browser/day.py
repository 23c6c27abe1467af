"""A day of a wall in fast time: 8,640 updates, one every ten seconds, laid by the wall's own scripts over its own page.

``python -m tests.browser.day`` plays all of it; `test_day.py` ten minutes. Only the way a message travels is
played: the answers are those of a real server, with other numbers in them, as a fake clock goes on.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import mean
from typing import Any
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

from data.alerts.event import Event, event_id
from data.alerts.events import Events
from data.catalogue import load
from tests.browser import chromium
from tests.browser.town import EVENING, Site, Town
from tests.state.fresh import fresh

UPDATES = 8_640
STEP = 9_990  # ms: a whole day ends just before the page begins anew at three
DAWN = datetime(2026, 11, 24, 3, 0, 30)
ALARMED, ROUND = range(10, 20), 30  # of every thirty updates ten tell of an alert
NUMBER = re.compile(r'(class="number">)([\d.,]+)(<)')
# A message that comes by hand, and every state the wall goes through.
HEARING = """
window.heard = null;
window.EventSource = class { constructor() { window.heard = this; } close() {} };
window.went = [];
new MutationObserver(() => {
    const state = document.documentElement.dataset.state;
    if (state !== window.went[window.went.length - 1]) window.went.push(state);
}).observe(document, {subtree: true, attributes: true, attributeFilter: ['data-state']});
"""
TELL = "([mark, at]) => window.heard.onmessage({data: mark + ' ' + at})"
SHOWN = "mark => document.documentElement.dataset.mark === mark"


@dataclass
class Day:
    """What was seen of a page: after every stretch its heap in MB, its nodes, its listeners."""

    heap: list[float] = field(default_factory=list)
    nodes: list[int] = field(default_factory=list)
    listeners: list[int] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    wanted: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def slope(self) -> float:
        """MB an update by which the heap grew over the last half (least squares)."""
        half = self.heap[len(self.heap) // 2 :]
        middle = (len(half) - 1) / 2
        spread = sum((place - middle) ** 2 for place in range(len(half)))
        return sum((place - middle) * (held - mean(half)) for place, held in enumerate(half)) / spread


def played(browser: Browser, town: Town, folder: Path, updates: int = UPDATES) -> Day:
    """A wall through so many updates."""
    calm, loud = answers(town, folder)
    day, context = Day(), browser.new_context(viewport={"width": 1920, "height": 1080}, reduced_motion="reduce")
    page = context.new_page()
    page.on("console", lambda said: day.wrong.append(said.text))
    page.on("pageerror", lambda error: day.wrong.append(str(error)))
    page.add_init_script(HEARING)
    page.clock.install(time=DAWN)
    site = Site(town, DAWN.replace(day=EVENING.day)).start()
    try:
        page.goto(f"{site.url}/wall/hall?theme=dark")
        page.wait_for_function("() => document.querySelectorAll('.scene').length >= 4")
        _play(page, day, calm, loud, updates)
    finally:
        context.close()
        site.stop()
    return day


def _play(page: Page, day: Day, calm: dict, loud: dict, updates: int) -> None:
    now = {"answer": _varied(calm, 0)}  # the page may ask of its own before it is told anything
    page.route("**/scenes?*", lambda route: route.fulfill(json=now["answer"]))
    channel = page.context.new_cdp_session(page)
    channel.send("Performance.enable")
    at = DAWN
    for turn in range(1, updates + 1):
        now["answer"] = _varied(loud if turn % ROUND in ALARMED else calm, turn)
        if not day.wanted or day.wanted[-1] != now["answer"]["state"]:
            day.wanted.append(now["answer"]["state"])
        at += timedelta(milliseconds=STEP)
        page.evaluate(TELL, [now["answer"]["mark"], _milliseconds(at)])
        page.clock.run_for(STEP)
        page.wait_for_function(SHOWN, arg=now["answer"]["mark"], polling=20)
        if turn % ROUND == 0:
            _sampled(channel, day)
    day.states = [state for state in page.evaluate("window.went") if state]


def answers(town: Town, folder: Path) -> tuple[dict, dict]:
    """What a server says of a calm city, and of one with an alert, all scenes of it."""
    held = fresh(folder / "day.db")
    site = Site(town, state=held).start()
    try:
        calm = _asked(site, "normal")
        began = EVENING - timedelta(minutes=25)
        Events(held).write([Event(event_id("crowd", "", began), "crowd", "", began, 2, 2, 0.96, EVENING, None)])
        loud = _asked(site, "alert")
    finally:
        site.stop()
        held.close()
    return calm, loud


def _asked(site: Site, state: str) -> dict:
    """What the server says once it is in a state: walls that ask at the same time are given one answer for seconds."""
    for _ in range(100):
        with urlopen(f"{site.url}/wall/hall/scenes?have=") as answer:
            told = json.load(answer)
        if told["state"] == state:
            return told
        threading.Event().wait(0.2)
    raise TimeoutError(f"the wall never came to be in state {state}")


def _varied(answer: dict, turn: int) -> dict:
    """The same answer with other numbers under another mark; the reload of the night stays where it was."""
    scenes = {
        name: [f"{tag}{turn}", NUMBER.sub(lambda found: f"{found[1]}{_other(found[2], turn)}{found[3]}", markup)]
        for name, (tag, markup) in answer["scenes"].items()
    }
    return answer | {"mark": str(turn), "scenes": scenes}


def _other(number: str, turn: int) -> str:
    """A number of the same length."""
    return "".join(str((int(digit) + turn) % 10) if digit.isdigit() else digit for digit in number)


def _sampled(channel: Any, day: Day) -> None:
    channel.send("HeapProfiler.collectGarbage")
    held = {one["name"]: one["value"] for one in channel.send("Performance.getMetrics")["metrics"]}
    day.heap.append(held["JSHeapUsedSize"] / 1e6)
    day.nodes.append(int(held["Nodes"]))
    day.listeners.append(int(held["JSEventListeners"]))


def _milliseconds(at: datetime) -> int:
    return int((at - datetime(1970, 1, 1)).total_seconds() * 1000)


def main() -> int:
    """The whole day, told as figures."""
    catalogue = load(Path(__file__).parents[2] / "data/cities/hoian")
    with tempfile.TemporaryDirectory() as held, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium.find()), args=list(chromium.ARGUMENTS))
        day = played(browser, Town.built(Path(held) / "town", catalogue), Path(held))
        browser.close()
    grown = day.slope * len(day.heap) / 2
    print(f"heap {day.heap[0]:.2f} MB at first, {day.heap[-1]:.2f} MB at last, {grown:+.3f} MB over the last half")
    print(f"nodes {min(day.nodes)} to {max(day.nodes)}, listeners {min(day.listeners)} to {max(day.listeners)}")
    print(f"{len(day.states)} states, {sum(a != b for a, b in pairwise(day.wanted))} changes wanted, {day.wrong}")
    return int(bool(day.wrong) or day.states != day.wanted or grown > 0.2)


if __name__ == "__main__":
    sys.exit(main())
