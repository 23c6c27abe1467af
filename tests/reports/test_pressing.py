"""Pressing: an order becomes files, a draft or an issue, or says in a word what it failed of."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import typst
from PIL import Image

from callbacks.press import Press
from commands import pressing
from commands.pressing import fill
from data.accounts import Accounts
from data.alerts.events import Events
from data.areas import outline
from data.kpis.scope import EVERYTHING
from data.kpis.service import KpiService
from data.kpis.sight import Sight
from data.remarks.remark import Wording
from data.remarks.remarks import Author, Remarks
from data.reports.draft import Edition
from data.reports.drafting import edition, published
from data.reports.notes import Notes
from data.reports.order import CLOCK, Order
from data.reports.orders import FOLDER, Orders
from data.reports.papers import Papers
from data.reports.period import parse
from layouts.documents import pdf
from layouts.documents.typesetter import typeset
from tests.callbacks.town import GOOD, QUICK
from tests.reports.conftest import MORNING as NOW
from tests.state.fresh import fresh

KINDS = ("csv", "geojson")


class Site:
    """A city that keeps papers, and what makes them."""

    def __init__(self, service: KpiService, folder: Path) -> None:
        self.state, self.service = fresh(folder / "state.db"), service
        self.orders, self.papers = Orders(self.state), Papers(self.state, folder / "archive")
        self.accounts = Accounts(self.state, passwords=QUICK)
        outlines = outline.load(service.catalogue.folder)
        self.press = Press(service, None, self.papers, Events(self.state), outlines, orders=self.orders)
        self.press = replace(self.press, notes=Notes(Remarks(self.state), signed=True))

    def edition(self, period: str = "2026-11", name: str = "monthly") -> Edition:
        kind = self.service.catalogue.reports[name].kind
        return edition(self.service.catalogue, name, parse(period, kind), None, "vi")

    def filled(self, order: Order, accounts: Accounts | None = None) -> Order:
        fill(self.orders.begin(order, NOW), self.press, accounts)
        return self.orders.order(order.id)

    def ordered(self, act: str = "export", kinds: tuple[str, ...] = KINDS, who: str = "lan", **given: object) -> Order:
        return self.orders.place(act, given.pop("of", self.edition()), kinds, who, NOW, **given)


@pytest.fixture
def site(sight: Sight, tmp_path: Path) -> Iterator[Site]:
    made = Site(sight.service, tmp_path)
    yield made
    made.state.close()


def test_an_order_becomes_files_named_after_the_draft(site: Site) -> None:
    done = site.filled(site.ordered())
    assert (done.standing, done.done, done.fault) == ("done", 2, "")
    made = sorted(path.name for path in (site.papers.folder / FOLDER / done.folder).iterdir())
    assert made == [f"{done.name}.{kind}" for kind in KINDS] and done.name.startswith("monthly-2026-11-vi-v1-")


def test_what_the_timetable_wants_is_a_draft_of_the_clock(site: Site) -> None:
    meant = site.edition("2026-W47", "weekly")
    given = {"act": "draft", "kinds": ["csv"], "who": CLOCK, "due_at": NOW} | meant.key
    assert site.orders.once("weekly/2026-W47", given, NOW)
    done = site.filled(site.orders.last("weekly"))
    record = site.papers.newest(meant)
    assert done.standing == "done" and (record.standing, record.made.by) == ("draft", CLOCK)


def test_data_that_is_late_is_waited_for(site: Site) -> None:
    meant = site.edition("2026-W49", "weekly")  # ends after the data
    given = {"act": "draft", "kinds": ["csv"], "who": CLOCK, "due_at": NOW} | meant.key
    site.orders.once("weekly/2026-W49", given, NOW)
    held = site.filled(site.orders.last("weekly"))
    assert (held.standing, held.fault, held.not_before) == ("waiting", "open", NOW + timedelta(minutes=1))
    assert "choose a period that is over" in held.error
    assert site.papers.newest(meant) is None


def test_a_paper_is_issued_only_while_it_stands_checked(site: Site) -> None:
    record = site.papers.draft(site.press.found(_all(site), site.edition(), True).made, "lan", NOW)
    refused = site.filled(site.ordered("issue", ("csv",), paper=record.id))
    assert (refused.standing, refused.fault) == ("failed", "standing")
    assert not list(site.papers.folder.glob("*.csv"))
    site.papers.check(record.id, "hoa", NOW)
    assert site.filled(site.ordered("issue", ("csv",), paper=record.id)).standing == "done"
    issued = site.papers.paper(record.id)
    assert (issued.standing, issued.issued.by) == ("issued", "lan")
    assert site.papers.content(issued, "csv").startswith("\ufeff".encode())
    number, presence = site.papers.figures(record.id)["DVC-34"]
    assert (number is None) == (presence != "present")


def test_what_was_issued_is_looked_at_as_it_was_issued(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """After an upgrade its pages are those of the file that is kept, not set anew by the template of today."""
    meant = site.edition("2026-W47", "weekly")
    made = site.press.found(_all(site), meant, True).made
    record = site.papers.draft(made, "lan", NOW)
    site.papers.check(record.id, "hoa", NOW)
    kept = typeset_page("210mm", "297mm"), typeset_page("100mm", "50mm")
    site.papers.issue(record.id, made, {"pdf": kept[1]}, "hoa", NOW)
    monkeypatch.setattr(pressing, "pages", lambda paper, density: pytest.fail("it was set anew"))
    looked = site.filled(site.ordered("preview", ("pages",), of=meant, paper=record.id))
    pages = list((site.papers.folder / FOLDER / looked.folder).glob("*.png"))
    assert looked.standing == "done" and [size(page) for page in pages] == [(378, 189)]  # 100 by 50 mm at 96 dpi
    site.papers.path(made.id, "pdf").write_bytes(kept[0])
    spoilt = site.filled(site.ordered("preview", ("pages",), of=meant, paper=record.id))
    assert (spoilt.standing, spoilt.fault) == ("failed", "changed")
    site.papers.path(made.id, "pdf").unlink()
    assert site.filled(site.ordered("preview", ("pages",), of=meant, paper=record.id)).fault == "changed"


def typeset_page(width: str, height: str) -> bytes:
    return typst.compile(f"#set page(width: {width}, height: {height})\nx".encode())


def size(picture: Path) -> tuple[int, int]:
    with Image.open(picture) as found:
        return found.size


def test_whoever_may_not_any_more_gets_nothing(site: Site) -> None:
    site.accounts.add("lan", "Lan", ["staff"], NOW, GOOD)
    assert site.filled(site.ordered(), site.accounts).standing == "done"
    site.accounts.set_disabled("lan", True, NOW)
    for who in ("lan", "nobody"):
        held = site.filled(site.ordered(who=who), site.accounts)
        assert (held.standing, held.fault) == ("failed", "access")


def test_a_ward_gets_a_file_of_its_own_numbers(site: Site) -> None:
    site.accounts.add("ward", "Ward", ["ward_hoi_an"], NOW, GOOD)
    all_, ward = (site.filled(site.ordered(who=who), accounts) for who, accounts in
                  (("lan", None), ("ward", site.accounts)))  # fmt: skip
    assert ward.standing == "failed" or ward.name != all_.name


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"period": "2026-13"}, "period"),
        ({"period": "2026-12"}, "open"),
        ({"report": "gone"}, "refused"),
        ({"area": "hue"}, "refused"),
        ({"report": "morning", "period": "2026-11-20", "kinds": ["gpkg"]}, "nothing"),
    ],
)
def test_what_cannot_be_made_says_why_and_leaves_no_file(site: Site, given: dict, fault: str) -> None:
    row = {"act": "export", "kinds": ["csv"], "who": "lan"} | site.edition().key | given
    site.orders.once("x", row, NOW)
    held = site.filled(site.orders.order(1))
    assert (held.standing, held.fault) == ("failed", fault) and held.error
    assert not list(site.papers.folder.rglob("*.*"))


def test_what_a_full_disk_cut_short_is_made_once_there_is_room(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    placed = site.ordered()
    monkeypatch.setattr(os, "fsync", full)
    held = site.filled(placed)
    assert (held.standing, held.fault) == ("waiting", "disk")
    assert [path for path in site.papers.folder.rglob("*") if path.is_file()] == []
    monkeypatch.undo()
    assert site.filled(held).standing == "done"


def test_a_template_or_an_archive_that_cannot_be_used_is_said(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(template: str, *given: object, **more: object) -> object:
        return typeset("pictures.typ", {"pictures": [{"svg": 1}]}, **more)

    monkeypatch.setattr(pdf, "typeset", broken)
    held = site.filled(site.ordered(kinds=("csv", "pdf")))
    assert (held.standing, held.fault) == ("failed", "typeset") and "report this" in held.error
    monkeypatch.undo()
    site.papers.folder.mkdir(exist_ok=True)
    site = replace_archive(site)
    held = site.filled(site.ordered(kinds=("csv",), who="hoa"))
    assert (held.standing, held.fault) == ("waiting", "disk")


def replace_archive(site: Site) -> Site:
    """The same city with a file where its archive should be."""
    blocked = site.papers.folder.parent / "blocked"
    blocked.write_text("x")
    site.press = replace(site.press, papers=Papers(site.state, blocked))
    return site


def _all(site: Site) -> Sight:
    return published(site.service, EVERYTHING)


def test_a_draft_keeps_what_was_written_for_everybody_about_its_period(site: Site) -> None:
    lan = Author(site.accounts.add("lan", "Lan", ["analyst"], NOW, GOOD))
    kpi, remarks = site.service.catalogue.kpi("DL-02").id, Remarks(site.state)
    there, before = (date(2026, 11, 30), date(2026, 12, 2)), (date(2025, 11, 1), date(2025, 11, 1))
    remarks.write(lan, kpi, Wording("Mưa lớn", *there, None, "everybody"), NOW)
    remarks.write(lan, kpi, Wording("Riêng", *there, None, "own"), NOW)
    remarks.write(lan, kpi, Wording("Xưa", *before, None, "everybody"), NOW)
    site.filled(site.ordered("draft"))
    [note] = site.papers.newest(site.edition()).notes
    assert (note.kpi, note.text, note.author, note.written_at) == (kpi, "Mưa lớn", "Lan", NOW)
    remarks.remove(lan, kpi, 1, NOW)
    made = site.press.found(published(site.service, EVERYTHING), site.edition(), True).made
    assert made.notes == (note,)
