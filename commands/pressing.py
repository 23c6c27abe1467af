"""``lantern press``: makes orders, one after another, in a process of its own."""

from __future__ import annotations

import argparse
import logging
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from callbacks.press import Found, Press
from commands.refusal import Refused
from data.access import grant
from data.accounts import Accounts
from data.alerts.events import Events
from data.areas import outline
from data.audit import Audit
from data.catalogue import Catalogue, load
from data.clock.clock import SystemClock
from data.kpis.scope import EVERYTHING, Scope
from data.kpis.service import open_service
from data.kpis.sight import Sight
from data.remarks.remarks import Remarks
from data.reports.draft import Draft
from data.reports.drafting import DraftError, OpenPeriod, draft, edition, published
from data.reports.notes import Notes
from data.reports.order import CLOCK, Order
from data.reports.orders import FOLDER, Orders
from data.reports.papers import PaperError, Papers
from data.reports.period import PeriodError, parse
from data.reports.verification import verify, version
from data.settings import Settings, demonstrates
from data.state import State
from data.store import durable
from data.store.reader import NoSnapshot
from layouts.documents.pdf import pages, printed
from layouts.documents.typesetter import TypesetError
from layouts.reports.rendering import NothingDrawn, Rendering, suffix

LOG = logging.getLogger(__name__)
APP = Path(__file__).parent.parent / "app.py"
NICE = "10"
# What an order can fail of, and its word; the first that fits. A paper has its own words.
FAULTS: tuple[tuple[type[Exception], str], ...] = (
    (OpenPeriod, "open"), (PeriodError, "period"), (PermissionError, "access"), (DraftError, "refused"),
    (PaperError, ""), (NothingDrawn, "nothing"), (TypesetError, "typeset"), (NoSnapshot, "snapshot"),
    (OSError, "disk"),
)  # fmt: skip
NEEDED: Mapping[str, str] = {"issue": "approve", "preview": "view"}  # of who asks, export for the others
DENSITY = 96.0  # dots per inch of a page on a screen
PASSING = ("snapshot", "disk")  # what may be otherwise in a moment


def start() -> subprocess.Popen:
    """A process that makes the orders it is told, and gives way to who looks at numbers."""
    told = [sys.executable, str(APP), "press", "--nice", NICE]
    return subprocess.Popen(told, cwd=os.getcwd(), stdin=subprocess.PIPE, bufsize=0)


def press(settings: Settings, options: argparse.Namespace) -> int:
    """Make each order that a foreman has begun and named on the standard input, until that is closed."""
    os.nice(options.nice)
    catalogue, state = load(settings.city), State.open(settings.state)
    service = open_service(catalogue, settings.store, SystemClock(catalogue.city.timezone))
    papers, outlines = Papers(state, settings.archive), outline.load(catalogue.folder)
    accounts, orders = None if demonstrates(settings, catalogue) else Accounts(state), Orders(state)
    notes = Notes(Remarks(state), accounts is not None)
    made_with = Press(service, None, papers, Events(state), outlines, settings.address, orders=orders, notes=notes)
    made = [made_one(line, made_with, accounts) for line in sys.stdin]
    service.reader.close()
    return 0 if all(made) else 1


def made_one(line: str, press: Press, accounts: Accounts | None) -> bool:
    """Make the order whose number is a line; Refused for one that nobody has begun. How it ended is told to it."""
    assert press.orders is not None  # nosec B101: whoever makes orders has them
    try:
        order = press.orders.order(int(line))
    except (KeyError, ValueError, OverflowError) as error:
        raise Refused(f"there is no order {line.strip()}; the page of reports has those there are") from error
    if order.standing == "cancelled":
        return True
    if order.standing != "working":
        raise Refused(f"order {order.id} is {order.standing}; 'lantern clock' begins those that wait")
    return fill(order, press, accounts)


def fill(order: Order, press: Press, accounts: Accounts | None) -> bool:
    """Make the files of an order and do what it is for; False where that came to nothing."""
    orders, clock = press.orders, press.service.clock
    assert orders is not None  # nosec B101: whoever fills orders has them
    try:
        _filled(order, press, seen(order, press, accounts), None if accounts is None else Audit(accounts.state))
    except tuple(kind for kind, _ in FAULTS) as error:
        fault = next(word or str(error) for kind, word in FAULTS if isinstance(error, kind))
        LOG.error("order %s, %s of %s %s: %s", order.id, order.act, order.report, order.period, error)
        orders.fail(order, fault, str(error), clock.now(), fault not in PASSING)
        return False
    return True


def seen(order: Order, press: Press, accounts: Accounts | None) -> Sight:
    """What whoever asked may see now, which may be less than when they asked; PermissionError for who is gone."""
    return published(press.service, _scope(order, press.service.catalogue, accounts))


def written(rendering: Rendering, kinds: Sequence[str], folder: Path) -> Iterator[Path]:
    """Every file of a draft, each there whole or not at all."""
    for kind in kinds:
        path = folder / f"{rendering.draft.id}.{suffix(kind)}"
        durable.write(path, rendering.file(kind))
        yield path


def drawn(found: Found, papers: Papers, folder: Path) -> Iterator[Path]:
    """Every page as a picture to be looked at: of what was issued those of its file, of a draft as it is set now."""
    for place, page in enumerate(_pages(found, papers), 1):
        path = folder / f"{place}.png"
        durable.write(path, page)
        yield path


def _pages(found: Found, papers: Papers) -> Iterable[bytes]:
    if found.record is None or not found.issued:
        return pages(found.paper, DENSITY)
    try:
        return printed(papers.content(found.record, "pdf"), DENSITY)
    except FileNotFoundError as error:
        raise PaperError("changed") from error


def _filled(order: Order, press: Press, sight: Sight, trail: Audit | None) -> None:
    orders, papers, clock = press.orders, press.papers, press.service.clock
    assert orders is not None and papers is not None  # nosec B101: an order is of a city that keeps papers
    if order.act == "verify":
        for record, deviating in verify(sight, papers, clock.now()):
            if deviating:
                LOG.warning("%s deviates from what was issued: %s", record.name, ", ".join(deviating))
        orders.finish(order, clock.now())
        return
    if order.act == "preview" and order.paper is not None:
        sight.reader.past(papers.paper(order.paper).snapshot)  # a page opens only what somebody has made again
    found = _found(order, press, sight)
    made, folder = found.made, papers.folder / FOLDER / order.folder
    name, files = made.id, written(press.rendering(made), order.kinds, folder)
    if order.act == "preview":
        name, files = found.mark, drawn(found, papers, folder)
    if not orders.step(order, name, 0):
        return
    for place, _ in enumerate(files, 1):
        if not orders.step(order, name, place):
            return
    if order.act == "issue":
        files = {kind: (folder / f"{made.id}.{suffix(kind)}").read_bytes() for kind in order.kinds}
        issued = papers.issue(order.paper or 0, made, files, order.who, clock.now())
        papers.verified(issued.id, version(press.service.catalogue), (), clock.now())
        if trail is not None:
            trail.add(clock.now(), order.who, CLOCK, "approval", f"/papers/{issued.id}", what="issued", name=made.id)
    orders.finish(order, clock.now())


def _found(order: Order, press: Press, sight: Sight) -> Found:
    """What an order is of: what the timetable wants becomes the draft of its edition, if there is none."""
    report = sight.catalogue.reports.get(order.report)
    if report is None:
        raise DraftError(f"there is no report '{order.report}' any more, or {order.who} may not see it")
    period = parse(order.period, report.kind, report.cut_off)
    meant = edition(sight.catalogue, report.id, period, order.area, order.language)
    if order.act == "draft" and press.papers is not None:
        press.papers.draft(_fresh(press, sight, meant), order.who, press.service.clock.now())
    found = press.found(sight, meant, order.act == "draft" or order.paper is not None)
    if order.act == "issue" and (found.record is None or found.record.id != order.paper):
        raise PaperError("standing")
    return found


def _fresh(press: Press, sight: Sight, meant) -> Draft:
    happened = press.events.touching(meant.period.span) if press.events else ()
    return draft(sight, meant, happened, notes=press.noted(sight, meant))


def _scope(order: Order, catalogue: Catalogue, accounts: Accounts | None) -> Scope:
    if accounts is None or order.who == CLOCK:
        return EVERYTHING
    try:
        user = accounts.user(order.who)
    except KeyError as error:
        raise PermissionError(f"there is no user '{order.who}' any more; somebody else has to ask") from error
    held = grant(catalogue, user.roles, user.areas, user.organisation)
    needed = NEEDED.get(order.act, "export")
    if user.disabled or not held.may(needed):
        raise PermissionError(f"{order.who} may not {needed} any more; somebody else has to ask")
    return held.scope
