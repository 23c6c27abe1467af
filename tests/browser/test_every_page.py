"""Every page in both languages, both themes, at a desk and in a hand: nothing is cut or wider, nobody kept out."""

from __future__ import annotations

import os

import pytest

from data.catalogue import LANGUAGES, Kpi
from tests.browser.barriers import barriers
from tests.browser.conftest import DESKTOP, PHONE, Opens
from tests.browser.town import Site
from tests.browser.visit import Visit

SIZES = (DESKTOP, PHONE)
SHOWN = (
    "DL-02", "DVC-03", "HT-07", "DVC-01?show=areas&old=1", "DL-02?show=beside&with=HT-07,DVC-12",
)  # fmt: skip
REGISTERS = (
    "/sources", "/sources/dossiers", "/sources/lamps", "/indicators", "/indicators?q=zzz", "/reports",
    "/reports/weekly", "/reports/x", "/nowhere",
)  # fmt: skip
MOST = int(os.environ.get("PAGES", "4"))  # the wordiest are those that spill; `make torture` opens every one
EVERY = MOST > 4
THEMES = ("light", "dark")


def faults(visit: Visit, path: str, barred: bool = True, targets: bool = EVERY) -> list[str]:
    """What is wrong with a page at a desk and, made narrower, in a hand."""
    visit.page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    visit.turn(path)
    found = [f"{path} bars: {text}" for text in barriers(visit.page, EVERY, targets)] if barred else []
    for width, height in SIZES:
        visit.page.set_viewport_size({"width": width, "height": height})
        found += [f"{path} at {width} hides {text}" for text in visit.hidden()]
        found += [f"{path} at {width} spills {text}" for text in visit.spilt()]
        wider = visit.sideways()
        found += [f"{path} at {width} is {wider} px too wide"] if wider > 0 else []
    return found


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_boards_registers_and_analysis(site: Site, visits: Opens, language: str, theme: str) -> None:
    """Each page in both languages and both themes, by turns; `make torture` shows it in all four looks."""
    boards = ["/", *(f"/board/{name}" for name in site.town.catalogue.boards)]
    pages = [*boards, *REGISTERS, *(f"/kpi/{code}" for code in SHOWN)]
    turn = LANGUAGES.index(language) + THEMES.index(theme)
    mine = [path for number, path in enumerate(pages, turn) if EVERY or number % 2 == 0]
    visit, barred = visits(site.url, language, theme), EVERY or language == LANGUAGES[0]
    visit.open("/reports")
    found = [text for path in mine for text in faults(visit, path, barred, targets=EVERY or path == mine[0])]
    assert not found, "\n".join(found)


def test_a_barrier_is_found(site: Site, visits: Opens) -> None:
    """A picture without words, a button without a name, a field without a label: it would be noticed."""
    visit = visits(site.url)
    visit.open("/nowhere", status=404)
    assert barriers(visit.page) == []
    bad = "<img src='/lantern.svg'><button type=button></button><input name=x>"
    visit.page.evaluate("(html) => document.getElementById('main').insertAdjacentHTML('beforeend', html)", bad)
    assert {text.split()[0] for text in barriers(visit.page)} >= {"image-alt", "button-name", "label"}


def test_the_analysis_of_the_wordiest_kpis(site: Site, visits: Opens) -> None:
    visit = visits(site.url)
    visit.open("/reports")
    wordiest = sorted(site.town.catalogue.codes.values(), key=words, reverse=True)[:MOST]
    found = [text for kpi in wordiest for text in faults(visit, f"/kpi/{kpi.code}", barred=EVERY)]
    assert not found, "\n".join(found)


def words(kpi: Kpi) -> int:
    return len(kpi.name.vi) + 4 * len("" if kpi.unit == "percent" else kpi.unit.vi)
