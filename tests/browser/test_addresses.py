"""Addresses that are wrong say so, each in its way."""

from __future__ import annotations

from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from data.messages import t
from tests.browser.town import Site
from tests.browser.visit import Visit


@pytest.mark.parametrize("path", ["/board/nowhere", "/kpi/XX-99", "/a/b/c", "/kpi/%3Cscript%3E"])
def test_an_unknown_page_says_so_and_leads_home(visit: Visit, path: str) -> None:
    visit.open(path)
    expect(visit.page.locator("h1")).to_have_text(t("vi", "absent.title"))
    visit.page.locator(".absent-link").click()
    expect(visit.number("DL-01")).to_be_visible()


def test_a_file_of_an_unknown_kpi_is_not_found(site: Site) -> None:
    with pytest.raises(HTTPError, match="404"):
        urlopen(site.url + "/kpi/XX-99.csv")


@pytest.mark.parametrize(
    "bad",
    [
        "from=yesterday",
        "grain=fortnight",
        "compare=moon",
        "area=atlantis",
        "filter=gate:9",
        "page=0",
        "old=x",
        "sort=x",
    ],
)
def test_a_value_that_cannot_be_used_is_named_and_the_page_stands(visit: Visit, bad: str) -> None:
    visit.open(f"/kpi/DL-02?{bad}")
    given = bad.split("=")[1]
    expect(visit.page.locator(".an-notices p")).to_have_count(1)
    expect(visit.page.locator(".an-notices")).to_contain_text(given)
    assert visit.page.locator(".an-number").count() >= 1
