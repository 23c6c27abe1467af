"""A question that takes long: a line, a way out, the page before; and the server stops looking."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from data.store.snapshot import Snapshot
from tests.browser.conftest import PATIENCE, Opens
from tests.browser.town import Site, Town
from tests.kpis.test_budget import Slow

WEEK = "/kpi/DL-02?from=2026-11-10&to=2026-11-16&grain=day&compare=none"
SLOW = ("'hour'", "rollup_visitor_count_by_area")


class Counting(Slow):
    """A slow cursor that tells how many are under way."""

    under_way = threading.Semaphore(0)
    ended = threading.Semaphore(0)

    def execute(self, sql: str, values=None):
        ahead = threading.current_thread().name.startswith("ahead")  # what nobody waits for nobody cancels
        if ahead or not all(word in sql for word in SLOW):
            return self.cursor.execute(sql, values)
        self.under_way.release()
        try:
            return super().execute(sql, values)
        finally:
            self.ended.release()


@pytest.fixture
def site(town: Town) -> Iterator[Site]:
    """A site of its own, on which questions by the hour take ages."""
    cursor = Snapshot.cursor
    with pytest.MonkeyPatch.context() as patched:
        running = Site(town).start()
        patched.setattr(Snapshot, "cursor", lambda self: Counting(cursor(self), SLOW[0]))
        yield running
        running.stop()


def test_a_long_question_is_cancelled_and_nobody_else_waits(site: Site, visits: Opens) -> None:
    visit = visits(site.url)
    visit.open(WEEK)
    page, before = visit.page, visit.page.url
    numbers = visit.numbers()
    page.locator('.an-seg a[href*="grain=hour"]').click()
    assert Counting.under_way.acquire(timeout=PATIENCE / 1000), "the server has begun to look"
    expect(page.locator("html")).to_have_attribute("data-wait", "line")

    other = visits(site.url)  # somebody else is answered meanwhile
    other.open("/kpi/DVC-01?from=2026-11-10&to=2026-11-16&grain=day&compare=none")
    assert other.numbers()

    cancel = page.locator("[data-cancel]")
    expect(cancel).to_be_visible()
    cancel.click()
    assert Counting.ended.acquire(timeout=PATIENCE / 1000), "who hangs up is looked for no longer"
    expect(page.locator("html")).not_to_have_attribute("data-wait", "long")
    page.wait_for_url(before)
    visit.settle()
    assert visit.numbers() == numbers, "the page before stands"
    assert visit.change(lambda: page.locator('select[name="compare"]').select_option("year")) == 1, "and goes on"
