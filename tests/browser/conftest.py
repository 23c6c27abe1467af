"""What every journey starts from: a town, a site, a browser, a page that complains."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser import chromium
from tests.browser.town import Site, Town
from tests.browser.visit import Visit
from tests.kpis.delivered import hoian

DESKTOP, PHONE = (1440, 900), (390, 844)
PATIENCE = 20_000  # ms; how long a busy machine may take where no deadline is the point
Opens = Callable[..., Visit]
Sites = Callable[..., Site]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without a browser these tests are left out, and it is said; where CI is set they fail instead."""
    here = Path(__file__).parent
    mine = [item for item in items if item.path.is_relative_to(here)]
    if not mine or chromium.find() or os.environ.get("CI") == "true":
        return
    config.hook.pytest_deselected(items=mine)
    items[:] = [item for item in items if item not in mine]
    with config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        print(f"\n{len(mine)} browser tests are left out: {chromium.MISSING}", file=sys.stderr)


@pytest.fixture(scope="session")
def town(pack_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Town:
    """Read it, never write to it."""
    return Town.built(tmp_path_factory.mktemp("town"), hoian())


@pytest.fixture(scope="session")
def site(town: Town) -> Iterator[Site]:
    """The town's site, for tests that only read."""
    running = Site(town).start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for all tests."""
    if chromium.find() is None:
        pytest.fail(chromium.MISSING, pytrace=False)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(chromium.find()), args=list(chromium.ARGUMENTS))
        yield running
        running.close()


@pytest.fixture
def sites() -> Iterator[Sites]:
    """Stands sites up, to be asked for ahead of what opens pages: a site is stopped when its pages are closed."""
    made: list[Site] = []

    def make(*facts: object, **more: object) -> Site:
        made.append(Site(*facts, **more).start())
        return made[-1]

    yield make
    for one in made:
        one.stop()


@pytest.fixture
def visits(browser: Browser, sites: Sites) -> Iterator[Opens]:
    """Makes visits: ``visits(url, language, theme, size)``; each is checked when the test ends."""
    made: list[Visit] = []

    def make(url: str, language: str = "vi", theme: str = "light", size: tuple[int, int] = DESKTOP) -> Visit:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, accept_downloads=True)
        context.add_cookies(
            [{"name": name, "value": value, "url": url} for name, value in (("lang", language), ("theme", theme))]
        )
        made.append(Visit(context, url))
        return made[-1]

    yield make
    for one in made:
        one.page.context.close()
    wrong = [text for one in made for text in one.wrong]
    assert not wrong, "\n".join(wrong)


@pytest.fixture
def visit(visits: Opens, site: Site) -> Visit:
    """A reader at a desk, in Vietnamese, by day."""
    return visits(site.url)


@pytest.fixture(scope="session")
def tab(browser: Browser, site: Site) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]}, accept_downloads=True)
    made = Visit(context, site.url)
    made.open("/reports")
    yield made
    context.close()


@pytest.fixture
def desk(tab: Visit) -> Iterator[Visit]:
    """One tab for many tests, which turn it to where they begin: loading everything takes longer than what they do."""
    tab.wrong.clear()
    yield tab
    assert not tab.wrong, "\n".join(tab.wrong)
