"""What the search of the bar knows: every place a reader may go to, and no other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layouts.address import parse
from layouts.gazetteer import entries
from tests.layouts.visits import TODAY, catalogue

CITY = catalogue()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_indicator_area_occasion_and_page_is_found_by_its_name(language: str) -> None:
    found = {entry["href"]: entry for entry in entries(CITY, ["sources"], language)}
    assert found["/kpi/DL-02"]["name"] == CITY.codes["DL-02"].name.get(language)
    assert "DL-02" in found["/kpi/DL-02"]["words"]
    assert found["/?area=hoi_an"]["asks"] == "area=hoi_an"
    assert found["/sources"]["name"]
    assert found["/kpi/DL-02?from=2026-11-13&to=2026-11-16"]["words"] == "2026"
    assert all(entry["name"] and entry["kind"] for entry in found.values())


def test_what_a_place_asks_an_open_page_can_be_asked() -> None:
    asks = [entry["asks"] for entry in entries(CITY, [], "vi") if "asks" in entry]
    assert len(asks) == 5
    assert [parse(text, CITY.codes["DL-02"], CITY, TODAY).notices for text in asks] == [()] * 5


def test_what_may_not_be_seen_is_not_found() -> None:
    assert not any("/kpi/" in entry["href"] for entry in entries(replace(CITY, kpis={}), [], "vi"))
