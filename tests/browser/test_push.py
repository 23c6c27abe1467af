"""What is delivered is on open boards at once, also after the server was away."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from layouts.format import number
from tests.browser.conftest import Opens, Sites
from tests.browser.town import EVENING, Ticking, Town


def test_a_delivered_row_comes_to_an_open_board_by_itself(
    town: Town, sites: Sites, visits: Opens, tmp_path: Path
) -> None:
    mine = town.copied(tmp_path)
    site = sites(mine)
    with Ticking(mine):
        visit = visits(site.url)
        visit.open("/")
        shown = visit.number("DL-01")
        for people in (700, 810):
            known = len(visit.changes)
            total = number("vi", mine.count_people(EVENING, people))
            assert shown.inner_text() != total
            expect(shown).to_have_text(total)
            assert len(visit.changes) == known + 1


def test_a_page_follows_again_when_the_server_has_been_away(
    town: Town, sites: Sites, visits: Opens, tmp_path: Path
) -> None:
    mine = town.copied(tmp_path)
    site = sites(mine)
    visit = visits(site.url)
    visit.open("/")
    visit.restarting = True
    site.stop()
    with Ticking(mine):
        total = number("vi", mine.count_people(EVENING, 640))
        visit.page.wait_for_timeout(1_000)
        assert visit.number("DL-01").inner_text() != total
        site.start()
        expect(visit.number("DL-01")).to_have_text(total)
        total = number("vi", mine.count_people(EVENING, 655))
        expect(visit.number("DL-01")).to_have_text(total)
