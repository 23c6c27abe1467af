"""Language and theme: chosen once, kept, and the same numbers in all."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.visit import Visit

GROUND = "() => getComputedStyle(document.body).backgroundColor"


def test_the_language_is_switched_and_kept(visit: Visit) -> None:
    visit.open("/")
    vietnamese = visit.page.locator("h1").inner_text()
    people = visit.number("DL-01").inner_text()
    visit.page.locator('[data-switch="en"]').click()
    expect(visit.page.locator("#page .app")).to_have_attribute("lang", "en")
    visit.settle()
    assert visit.page.locator("h1").inner_text() != vietnamese
    assert visit.number("DL-01").inner_text().replace(",", "") == people.replace(".", "")
    visit.open("/board/egov")
    assert visit.page.locator("#page .app").get_attribute("lang") == "en"
    assert visit.page.evaluate("() => document.documentElement.lang") == "en"


def test_the_theme_is_switched_at_once_and_kept(visit: Visit) -> None:
    visit.open("/kpi/DL-02")
    known, light = len(visit.changes), visit.page.evaluate(GROUND)
    visit.page.locator('[data-switch="theme"]').click()
    dark = visit.page.evaluate(GROUND)
    assert dark != light
    assert len(visit.changes) == known, "a theme needs no question"
    visit.open("/")
    assert visit.page.evaluate(GROUND) == dark
