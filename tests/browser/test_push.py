"""What is delivered is on open boards at once, also after the server was away."""

from __future__ import annotations

import time
from pathlib import Path

from playwright.sync_api import expect

from layouts.format import number
from tests.browser.conftest import Opens
from tests.browser.town import EVENING, Site, Ticking, Town
from tests.pace import allowed

DEADLINE = 2  # seconds
AWAY_DEADLINE = 10


def test_a_delivered_row_is_on_an_open_board_within_two_seconds(town: Town, visits: Opens, tmp_path: Path) -> None:
    mine = town.copied(tmp_path)
    site = Site(mine).start()
    try:
        with Ticking(mine):
            visit = visits(site.url)
            visit.open("/")
            shown = visit.number("DL-01")
            for people in (700, 810):
                known, began = len(visit.changes), time.monotonic()
                total = number("vi", mine.count_people(EVENING, people))
                assert shown.inner_text() != total
                expect(shown).to_have_text(total, timeout=1000 * allowed(DEADLINE))
                print(f"delivered to board: {time.monotonic() - began:.2f} s")
                assert len(visit.changes) == known + 1
            visit.page.context.close()
    finally:
        site.stop()


def test_a_page_follows_again_when_the_server_has_been_away(town: Town, visits: Opens, tmp_path: Path) -> None:
    mine = town.copied(tmp_path)
    site = Site(mine).start()
    visit = visits(site.url)
    visit.open("/")
    visit.restarting = True
    site.stop()
    try:
        with Ticking(mine):
            total = number("vi", mine.count_people(EVENING, 640))
            visit.page.wait_for_timeout(1_000)
            assert visit.number("DL-01").inner_text() != total
            site.start()
            expect(visit.number("DL-01")).to_have_text(total, timeout=1000 * allowed(AWAY_DEADLINE))
            total = number("vi", mine.count_people(EVENING, 655))
            expect(visit.number("DL-01")).to_have_text(total, timeout=1000 * allowed(DEADLINE))
        visit.page.context.close()
    finally:
        site.stop()
