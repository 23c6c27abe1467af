"""``lantern press``: makes one order, in a process of its own."""

from __future__ import annotations

import argparse
import logging
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
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
from layouts.documents.typesetter import TypesetError
from layouts.reports.rendering import NothingDrawn, Rendering, suffix

LOG = logging.getLogger(__name__)
APP = Path(__file__).parent.parent / "app.py"
NICE = "10"
# What an order can fail of, and its word; the first that fits.
FAULTS: tuple[tuple[type[Exception], str], ...] = (
    (OpenPeriod, "open"), (PeriodError, "period"), (PermissionError, "access"), (DraftError, "refused"),
    (PaperError, "standing"), (NothingDrawn, "nothing"), (TypesetError, "typeset"), (NoSnapshot, "snapshot"),
    (OSError, "disk"),
)  # fmt: skip
PASSING = ("snapshot", "disk")  # what may be otherwise in a moment


def start(order: Order) -> subprocess.Popen:
    """A process that makes an order and gives way to who looks at numbers."""
    return subprocess.Popen([sys.executable, str(APP), "press", str(order.id), "--nice", NICE], cwd=os.getcwd())


def press(settings: Settings, options: argparse.Namespace) -> int:
    """Make an order that a foreman has begun. How it ended is told to the order, so that nothing is silent."""
    os.nice(options.nice)
    catalogue, state = load(settings.city), State.open(settings.state)
    orders = Orders(state)
    try:
        order = orders.order(options.order)
    except KeyError as error:
        raise Refused(f"there is no order {options.order}; the page of reports has those there are") from error
    if order.standing != "working":
        raise Refused(f"order {order.id} is {order.standing}; 'lantern clock' begins those that wait")
    service = open_service(catalogue, settings.store, SystemClock(catalogue.city.timezone))
    papers, outlines = Papers(state, settings.archive), outline.load(catalogue.folder)
    accounts = None if demonstrates(settings, catalogue) else Accounts(state)
    notes = Notes(Remarks(state), accounts is not None)
    made_with = Press(service, None, papers, Events(state), outlines, settings.address, orders=orders, notes=notes)
    return 0 if fill(order, made_with, accounts) else 1


def fill(order: Order, press: Press, accounts: Accounts | None) -> bool:
    """Make the files of an order and do what it is for; False where that came to nothing."""
    orders, clock = press.orders, press.service.clock
    assert orders is not None  # nosec B101: whoever fills orders has them
    try:
        _filled(order, press, seen(order, press, accounts), None if accounts is None else Audit(accounts.state))
    except tuple(kind for kind, _ in FAULTS) as error:
        fault = next(word for kind, word in FAULTS if isinstance(error, kind))
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


def _filled(order: Order, press: Press, sight: Sight, trail: Audit | None) -> None:
    orders, papers, clock = press.orders, press.papers, press.service.clock
    assert orders is not None and papers is not None  # nosec B101: an order is of a city that keeps papers
    if order.act == "verify":
        for record, deviating in verify(sight, papers, clock.now()):
            if deviating:
                LOG.warning("%s deviates from what was issued: %s", record.name, ", ".join(deviating))
        orders.finish(order, clock.now())
        return
    made = _found(order, press, sight).made
    folder = papers.folder / FOLDER / order.folder
    if not orders.step(order, made.id, 0):
        return
    for place, _ in enumerate(written(press.rendering(made), order.kinds, folder), 1):
        if not orders.step(order, made.id, place):
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
    needed = "approve" if order.act == "issue" else "export"
    if user.disabled or not held.may(needed):
        raise PermissionError(f"{order.who} may not {needed} any more; somebody else has to ask")
    return held.scope
