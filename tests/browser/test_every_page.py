"""Every page in both languages, both themes, at a desk and in a hand: nothing is cut or wider, nobody kept out."""

from __future__ import annotations

import os

import pytest

from data.catalogue import Kpi
from tests.browser.barriers import barriers
from tests.browser.conftest import DESKTOP, PHONE, Opens
from tests.browser.town import Site
from tests.browser.visit import Visit

SIZES = (DESKTOP, PHONE)
SHOWN = (
    "DL-02", "DVC-03", "HT-07", "DVC-01?show=areas&old=1", "DL-02?show=beside&with=HT-07,DVC-12",
)  # fmt: skip
MOST = int(os.environ.get("PAGES", "4"))  # the wordiest are those that spill; `make torture` opens every one
EVERY = MOST > 4
LOOKS = [("vi", "light"), ("en", "dark"), *([("vi", "dark"), ("en", "light")] if EVERY else [])]


def faults(visit: Visit, path: str, barred: bool = EVERY) -> list[str]:
    """What is wrong with a page at a desk and, made narrower, in a hand."""
    visit.page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    visit.open(path)
    found = [f"{path} bars: {text}" for text in barriers(visit.page, EVERY)] if barred else []
    for width, height in SIZES:
        visit.page.set_viewport_size({"width": width, "height": height})
        found += [f"{path} at {width} hides {text}" for text in visit.hidden()]
        found += [f"{path} at {width} spills {text}" for text in visit.spilt()]
        wider = visit.sideways()
        found += [f"{path} at {width} is {wider} px too wide"] if wider > 0 else []
    return found


@pytest.mark.parametrize(("language", "theme"), LOOKS)
def test_boards_and_analysis(site: Site, visits: Opens, language: str, theme: str) -> None:
    visit, first = visits(site.url, language, theme), (language, theme) == LOOKS[0]
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
        "/nowhere",
    ]
    found = [
        text
        for path in [*boards, *(registers if first or EVERY else []), *(f"/kpi/{code}" for code in SHOWN)]
        for text in faults(visit, path, EVERY or first)
    ]
    assert not found, "\n".join(found)


def test_a_barrier_is_found(site: Site, visits: Opens) -> None:
    """A picture without words, a button without a name, a field without a label: it would be noticed."""
    visit = visits(site.url)
    visit.open("/nowhere")
    assert barriers(visit.page) == []
    bad = "<img src='/lantern.svg'><button type=button></button><input name=x>"
    visit.page.evaluate("(html) => document.getElementById('main').insertAdjacentHTML('beforeend', html)", bad)
    assert {text.split()[0] for text in barriers(visit.page)} >= {"image-alt", "button-name", "label"}


def test_the_analysis_of_the_wordiest_kpis(site: Site, visits: Opens) -> None:
    visit = visits(site.url)
    wordiest = sorted(site.town.catalogue.codes.values(), key=words, reverse=True)[:MOST]
    found = [text for kpi in wordiest for text in faults(visit, f"/kpi/{kpi.code}")]
    assert not found, "\n".join(found)


def words(kpi: Kpi) -> int:
    return len(kpi.name.vi) + 4 * len("" if kpi.unit == "percent" else kpi.unit.vi)
