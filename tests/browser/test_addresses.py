"""Addresses that are wrong say so, each in its way."""

from __future__ import annotations

from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from data.messages import t
from tests.browser.town import Site
from tests.browser.visit import Visit

BAD = {
    "from": "yesterday", "grain": "fortnight", "compare": "moon", "area": "atlantis", "filter": "gate:9", "page": "0",
    "old": "x", "sort": "y",
}  # fmt: skip


@pytest.mark.parametrize("path", ["/board/nowhere", "/kpi/%3Cscript%3E"])
def test_an_unknown_page_says_so_and_leads_home(visit: Visit, path: str) -> None:
    visit.open(path, status=404)
    expect(visit.page.locator("h1")).to_have_text(t("vi", "absent.title"))
    visit.page.locator(".absent-link").click()
    expect(visit.number("DL-01")).to_be_visible()


def test_a_file_of_an_unknown_kpi_is_not_found(site: Site) -> None:
    with pytest.raises(HTTPError, match="404"):
        urlopen(site.url + "/kpi/XX-99.csv")


def test_values_that_cannot_be_used_are_named_and_the_page_stands(visit: Visit) -> None:
    visit.open("/kpi/DL-02?" + "&".join(f"{word}={value}" for word, value in BAD.items()))
    said = visit.page.locator(".an-notices p")
    expect(said).to_have_count(len(BAD))
    assert [value for value in BAD.values() if value not in " ".join(said.all_inner_texts())] == []
    assert visit.page.locator(".an-number").count() >= 1
