"""Harm to what a wall stands on: the network, a source, the disk, a reading. Each darkens what it must and no more."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from data.store import durable
from layouts.format import number
from tests.browser.conftest import Sites
from tests.browser.test_wall import HD, turn_to
from tests.browser.town import EVENING, Site, Ticking, Town

CROWD, LIGHTS = "DL-01", "DVC-03"
SILENT = timedelta(minutes=40)  # more than three times the promise of the cameras, less than that of all others


@pytest.fixture
def wall(browser: Browser, sites: Sites) -> Iterator:
    """Hangs a wall of which only what breaks inside the page is a fault: its network is broken on purpose."""
    pages: list[Page] = []
    wrong: list[str] = []

    def hang(site: Site, clock: bool = False) -> Page:
        context = browser.new_context(viewport={"width": HD[0], "height": HD[1]}, reduced_motion="reduce")
        page = context.new_page()
        if clock:
            page.clock.install(time=EVENING)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(f"{site.url}/wall/hall?theme=dark")
        page.wait_for_function("() => document.querySelectorAll('.scene').length >= 4")
        turn_to(page, "overview")
        pages.append(page)
        return page

    yield hang
    for page in pages:
        page.context.close()
    assert not wrong, "\n".join(wrong)


def tile(page: Page, code: str):
    return page.locator(f".scene.is-here #tile-{code}")


def test_a_network_that_is_cut_is_told_and_the_wall_heals_when_it_is_back(town: Town, sites: Sites, wall) -> None:
    site = sites(town)
    page = wall(site, clock=True)
    page.context.set_offline(True)
    page.clock.run_for(33_000)
    expect(page.locator("#lost")).to_contain_text("mất kết nối máy chủ từ 19:42")
    page.context.set_offline(False)
    for _ in range(40):
        page.clock.run_for(3_000)
        page.wait_for_timeout(50)
        if not page.locator("#lost").is_visible():
            break
    expect(page.locator("#lost")).to_be_hidden()
    turn_to(page, "overview")
    expect(tile(page, CROWD)).not_to_have_attribute("data-state", "stale")


def test_a_source_that_stops_darkens_its_own_tiles_only(town: Town, sites: Sites, wall) -> None:
    later = sites(town, EVENING + SILENT)
    page = wall(later)
    expect(tile(page, CROWD)).to_have_attribute("data-state", "stale")
    expect(tile(page, CROWD).locator(".number")).to_have_text("—")
    expect(tile(page, CROWD).locator(".tile-words")).to_contain_text("lần cuối")
    expect(tile(page, LIGHTS)).not_to_have_attribute("data-state", "stale")
    expect(tile(page, LIGHTS).locator(".number")).not_to_have_text("—")


def test_on_a_full_disk_the_wall_keeps_what_it_knew_and_shows_the_rest_once_there_is_room(
    town: Town, sites: Sites, wall, tmp_path, monkeypatch
) -> None:
    mine = town.copied(tmp_path)
    forced, full = durable._fsync, [True]

    def sync(path) -> None:
        if full[0]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        forced(path)

    monkeypatch.setattr(durable, "_fsync", sync)
    site = sites(mine)
    page = wall(site)
    before = tile(page, CROWD).locator(".number").inner_text()
    with Ticking(mine, patient=True) as ticking:
        total = number("vi", mine.count_people(EVENING, 912))
        assert ticking.refused.wait(10)
        expect(tile(page, CROWD).locator(".number")).to_have_text(before)
        full[0] = False
        expect(tile(page, CROWD).locator(".number")).to_have_text(total)


def test_a_poisoned_reading_is_not_shown_and_stops_nothing(town: Town, sites: Sites, wall, tmp_path) -> None:
    mine = town.copied(tmp_path)
    site = sites(mine)
    page = wall(site)
    with Ticking(mine):
        with (mine.drop / f"crowd/crowd_{EVENING:%Y-%m}.csv").open("a", encoding="utf-8") as stream:
            for people in ("99999999", "-7", "NaN", "<script>alert(1)</script>", "1e400"):
                stream.write(f"{EVENING:%Y-%m-%d %H:%M},PC-CC,{people}\n")
        total = number("vi", mine.count_people(EVENING, 913))
        expect(tile(page, CROWD).locator(".number")).to_have_text(total)
    expect(tile(page, LIGHTS)).not_to_have_attribute("data-state", "stale")
