"""Every page in both languages, both themes, at a desk and in a hand: nothing is cut or wider, nobody kept out."""

from __future__ import annotations

import os

import pytest

from data.catalogue import Kpi
from tests.browser.barriers import barriers
from tests.browser.conftest import DESKTOP, PHONE, Opens
from tests.browser.town import Site
from tests.browser.visit import Visit

SIZES = {"desk": DESKTOP, "hand": PHONE}
SHOWN = (
    "DL-02", "DVC-03", "HT-07", "DVC-01?show=areas&old=1", "DL-02?show=beside&with=HT-07,DVC-12",
)  # fmt: skip
# Any two of size, language and theme stand together at least once.
PAIRS = [("desk", "vi", "light"), ("desk", "en", "dark"), ("hand", "vi", "dark"), ("hand", "en", "light")]
MOST = int(os.environ.get("PAGES", "40"))  # the wordiest are those that spill; `make torture` opens every one
EVERY = MOST > 40
ASKED = PAIRS if EVERY else PAIRS[:1]  # where barriers are looked for


def faults(visit: Visit, path: str, barred: bool = EVERY) -> list[str]:
    visit.open(path)
    found = [f"{path} hides {text}" for text in visit.hidden()] + [f"{path} spills {text}" for text in visit.spilt()]
    wider = visit.sideways()
    found += [f"{path} is {wider} px too wide"] if wider > 0 else []
    return found + ([f"{path} bars: {text}" for text in barriers(visit.page, EVERY)] if barred else [])


@pytest.mark.parametrize(("size", "language", "theme"), PAIRS)
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
        for text in faults(visit, path, (size, language, theme) in ASKED)
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


@pytest.mark.parametrize("size", SIZES)
def test_the_analysis_of_the_wordiest_kpis(site: Site, visits: Opens, size: str) -> None:
    visit = visits(site.url, "vi", "light", SIZES[size])
    wordiest = sorted(site.town.catalogue.codes.values(), key=words, reverse=True)[:MOST]
    found = [text for kpi in wordiest[(size == "desk") :: 2] for text in faults(visit, f"/kpi/{kpi.code}")]
    assert not found, "\n".join(found)


def words(kpi: Kpi) -> int:
    return len(kpi.name.vi) + 4 * len("" if kpi.unit == "percent" else kpi.unit.vi)
