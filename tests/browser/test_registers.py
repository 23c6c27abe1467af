"""Sources and indicators as a reader uses them: by hand, by keyboard, and without a script."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import DESKTOP, PHONE, Opens, Sites
from tests.browser.town import Site, Ticking, Town
from tests.browser.visit import Visit


@pytest.fixture
def visit(desk: Visit) -> Visit:
    """Each test turns the one tab to where it begins."""
    return desk


def codes(visit: Visit) -> list[str]:
    """Codes of the rows that can be seen."""
    return visit.page.locator("#page .ix-code:visible").all_inner_texts()[1:]


def test_the_catalogue_is_found_by_keyboard(visit: Visit) -> None:
    visit.turn("/indicators")
    total = len(codes(visit))
    assert total == len(visit.page.locator("#page tr[data-words]").all())
    known = len(visit.changes)
    visit.page.keyboard.press("/")
    visit.page.keyboard.type("dung han")
    expect(visit.page.locator("#page [data-found]")).not_to_have_text(str(total))
    found = codes(visit)
    assert "DVC-03" in found and len(found) < total
    assert visit.page.url.endswith("/indicators?q=dung+han")
    visit.page.keyboard.press("ArrowDown")
    assert (
        visit.page.evaluate("() => document.activeElement.closest('tr').querySelector('.ix-code').textContent")
        == (found[0])
    )
    assert len(visit.changes) == known, "searching asks the server nothing"
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url(f"**/kpi/{found[0]}")


def test_enter_opens_the_first_and_escape_shows_all(visit: Visit) -> None:
    visit.turn("/indicators?q=dvc-03")
    assert codes(visit) == ["DVC-03"]
    visit.page.locator("#page [data-find]").focus()
    visit.page.keyboard.press("Escape")
    assert len(codes(visit)) > 1
    visit.page.keyboard.type("khong co gi nhu the")
    expect(visit.page.locator("#page [data-asked]")).to_have_text("khong co gi nhu the")
    visit.page.keyboard.press("Escape")
    visit.page.keyboard.type("DVC-04")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**/kpi/DVC-04")


def test_the_same_place_again_shows_all(visit: Visit) -> None:
    visit.turn("/indicators")
    total = len(codes(visit))
    visit.page.keyboard.press("/")
    visit.page.keyboard.type("dvc-03")
    assert codes(visit) == ["DVC-03"]
    visit.page.locator(".nav-registers a", has_text="Chỉ tiêu").click()
    expect(visit.page.locator("#page [data-found]")).to_have_text(str(total))
    assert len(codes(visit)) == total


def test_domains_of_the_navigation_choose(visit: Visit) -> None:
    visit.turn("/")
    visit.page.locator(".nav-domains a", has_text="Du lịch").click()
    visit.page.wait_for_url("**/indicators?domain=tourism")
    expect(visit.page.locator("#page [data-domain=tourism]")).to_be_visible()
    expect(visit.page.locator("#page [data-domain=egov]")).to_be_hidden()
    assert {code.split("-")[0] for code in codes(visit)} == {"DL", "MTC"}  # tourism, and its goals
    expect(visit.page.locator(".nav [aria-current=page]")).to_have_text("Du lịch")


def test_the_catalogue_needs_no_script(site: Site, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": DESKTOP[0], "height": DESKTOP[1]})
    try:
        page = context.new_page()
        page.goto(site.url + "/indicators")
        page.locator("[data-find]").fill("dung han")
        page.locator(".ix-send").click()
        assert page.url.endswith("q=dung+han&domain=&owner=&state=")
        seen = page.locator("tr[data-words]:visible .ix-code").all_inner_texts()
        assert "DVC-03" in seen and "DL-01" not in seen
    finally:
        context.close()


def test_a_load_is_taken_back_by_hand_and_given_back(town: Town, sites: Sites, visits: Opens, tmp_path: Path) -> None:
    mine = town.copied(tmp_path)
    site = sites(mine, undo="local")
    with Ticking(mine):
        visit = visits(site.url)
        visit.open("/sources/citizen_reports")
        row = visit.page.locator("#page .src-undo-table tbody tr").first
        for asked, yes, said in (
            ("Thu hồi", "Thu hồi lần nạp", "Đã thu hồi"),
            ("Khôi phục", "Khôi phục lần nạp", "Đang được tính"),
        ):
            row.locator("summary", has_text=asked).click()
            row.get_by_role("button", name=yes).click()
            visit.settle()
            expect(row.locator(".src-standing")).to_have_text(said)
            expect(row.locator(".src-act")).to_contain_text("127.0.0.1")


@pytest.mark.parametrize("size", [PHONE])
def test_on_a_phone_every_place_is_behind_the_last_button(site: Site, visits: Opens, size: tuple[int, int]) -> None:
    visit = visits(site.url, size=size)
    visit.open("/")
    groups = visit.page.locator("#page .nav-groups")
    expect(groups).to_be_hidden()
    visit.page.locator("#page [data-menu]").click()
    expect(groups).to_be_visible()
    visit.page.keyboard.press("Escape")
    expect(groups).to_be_hidden()
    visit.page.locator("#page [data-menu]").click()
    groups.get_by_role("link", name="Nguồn").click()
    visit.page.wait_for_url("**/sources")
    expect(groups).to_be_hidden()
