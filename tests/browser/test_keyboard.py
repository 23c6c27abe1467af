"""A morning of an analyst who has no mouse: from a search to a file, and every step on the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from callbacks.guard import COOKIE
from data.accounts import Accounts
from tests.browser.conftest import Opens
from tests.browser.town import EVENING, Site, Town
from tests.browser.visit import Visit
from tests.callbacks.town import GOOD, QUICK
from tests.state.fresh import fresh

TABS = 200  # presses of Tab in which everything on the page must have been reached


@pytest.fixture(scope="module")
def signed(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, str]]:
    """A site on which an analyst is signed in, and their token."""
    state = fresh(tmp_path_factory.mktemp("signed") / "state.db")
    accounts = Accounts(state, passwords=QUICK)
    accounts.add("lan", "Lan", ["analyst"], EVENING, GOOD, organisation="so_vh")
    site = Site(town, state=state, accounts=accounts).start()
    yield site, accounts.sign_in("lan", GOOD, "", "", EVENING).token
    site.stop()
    state.close()


@pytest.fixture
def analyst(signed: tuple[Site, str], visits: Opens) -> Visit:
    site, token = signed
    visit = visits(site.url)
    visit.page.context.add_cookies([{"name": COOKIE, "value": token, "url": site.url}])
    return visit


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def reach(page: Page, wanted: str) -> None:
    """Press Tab until what is wanted has the focus, and its ring can be seen."""
    for _ in range(TABS):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", wanted):
            ring = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
            assert ring != "none", f"{wanted} has the focus and nobody sees it"
            return
    raise AssertionError(f"Tab never reaches {wanted}")


def test_a_whole_analysis_by_keys_alone(analyst: Visit, tmp_path: Path) -> None:
    page, press, change = analyst.page, analyst.page.keyboard.press, analyst.change
    analyst.open("/kpi/DVC-03?from=2026-11-10&to=2026-11-16&grain=day&compare=previous")

    press("/")  # find an indicator
    page.keyboard.type("dvc-01")
    expect(page.locator(".find-all-list a").first).to_have_attribute("href", "/kpi/DVC-01")
    assert change(lambda: press("Enter")) == 1
    assert urlsplit(page.url).path == "/kpi/DVC-01"

    assert change(lambda: press("[")) == 1  # the period before, and the one after that
    assert change(lambda: press("]")) == 1
    there = page.url
    press("c")  # against something else
    expect(page.locator('select[name="compare"]')).to_be_focused()
    was = page.locator('select[name="compare"]').input_value()
    press("Escape")  # the list that opened
    assert change(lambda: press("ArrowDown")) == 1
    assert asked(page)["compare"] != [was]
    press("Escape")  # the field

    press("f")  # filter to one value
    page.keyboard.type("ho tich")
    press("Tab")
    press("Space")
    assert change(lambda: press("Enter")) == 1
    assert asked(page)["filter"] == ["field:civil"]

    press("t")  # the figure as a table
    expect(page.locator('[data-figure="main"]')).to_have_attribute("data-shows", "table")
    press("t")

    reach(page, ".an-rows tbody a")  # a row and its source record
    assert change(lambda: press("Enter")) == 1
    expect(page.locator(".an-record code")).to_contain_text("dossiers")

    assert change(lambda: press("z")) == 1  # back: the record, the filter, the comparison
    assert change(lambda: press("z")) == 1
    assert "filter" not in asked(page)
    assert change(lambda: press("z")) == 1
    assert page.url == there
    assert change(lambda: press("Shift+Z")) == 1

    press("n")  # a remark
    page.keyboard.type("Tuần lễ tập huấn, nhận ít hồ sơ")
    reach(page, ".rk-new .rk-form button")
    with page.expect_navigation():
        press("Enter")
    analyst.settle()
    expect(page.locator(".rk-list .rk-flag")).to_have_text("1")
    expect(page.locator(".rk-list small")).to_contain_text("Lan")
    expect(page.locator("#remarks")).to_be_in_viewport()

    press("e")  # take it along
    expect(page.locator(".files-list a").first).to_be_focused()
    with page.expect_download() as saved:
        press("Enter")
    assert saved.value.suggested_filename.startswith("DVC-01_")

    kept = page.url.removeprefix(analyst.url)
    press("Escape")
    press("k")  # keep the view, on one's own board
    expect(page.locator('input[name="title"]')).to_be_visible()
    reach(page, 'input[name="pinned"]')
    press("Space")
    reach(page, ".reg-card .ws-form button")
    with page.expect_navigation():
        press("Enter")
    analyst.settle()
    analyst.open("/board/mine")
    assert page.locator(".mine .tile-title a").get_attribute("href") == kept
