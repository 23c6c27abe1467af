"""Ten minutes of a day in fast time: the page holds as much at its end as at its beginning, and misses nothing."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.day import played
from tests.browser.town import Town

UPDATES = 60
FLAT = 0.5  # MB; a scene kept at every update would be more than ten times that


def test_a_wall_holds_no_more_after_many_updates(town: Town, browser: Browser, tmp_path: Path) -> None:
    day = played(browser, town, tmp_path, UPDATES)
    assert not day.wrong
    assert day.states == day.wanted and day.wanted == ["normal", "alert", "normal", "alert", "normal"]
    assert len(set(day.listeners)) == 1
    assert max(day.nodes) - min(day.nodes) < 50, day.nodes
    assert day.heap[-1] - day.heap[0] < FLAT, day.heap
