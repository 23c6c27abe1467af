"""Every page in both languages, both themes, at a desk and in a hand: nothing is said, cut or wider."""

from __future__ import annotations

from itertools import product

import pytest

from tests.browser.conftest import DESKTOP, PHONE, Opens
from tests.browser.town import Site
from tests.browser.visit import Visit

SIZES = {"desk": DESKTOP, "hand": PHONE}
SHOWN = ("DL-02", "DVC-03", "HT-07")


def faults(visit: Visit, path: str) -> list[str]:
    visit.open(path)
    found = [f"{path} hides {text}" for text in visit.hidden()] + [f"{path} spills {text}" for text in visit.spilt()]
    wider = visit.sideways()
    return found + ([f"{path} is {wider} px too wide"] if wider > 0 else [])


@pytest.mark.parametrize(("size", "language", "theme"), list(product(SIZES, ("vi", "en"), ("light", "dark"))))
def test_boards_and_analysis(site: Site, visits: Opens, size: str, language: str, theme: str) -> None:
    visit = visits(site.url, language, theme, SIZES[size])
    boards = ["/", *(f"/board/{name}" for name in site.town.catalogue.boards)]
    registers = [
        "/sources",
        "/sources/dossiers",
        "/sources/lamps",
        "/indicators",
        "/indicators?q=zzz",
        "/reports",
        "/reports/weekly",
        "/reports/x",
    ]
    found = [
        text
        for path in [*boards, *registers, *(f"/kpi/{code}" for code in SHOWN), "/nowhere"]
        for text in faults(visit, path)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("size", SIZES)
def test_the_analysis_of_every_kpi(site: Site, visits: Opens, size: str) -> None:
    visit = visits(site.url, "vi", "light", SIZES[size])
    codes = list(site.town.catalogue.codes)[(size == "desk") :: 2]  # every one of them in one of the sizes
    found = [text for code in codes for text in faults(visit, f"/kpi/{code}")]
    assert not found, "\n".join(found)
