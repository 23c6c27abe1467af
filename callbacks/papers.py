"""Papers: the acts from draft to issue, and the files that were issued."""

from __future__ import annotations

from functools import partial

import flask

from callbacks.asker import asker
from callbacks.edition import asked_of, meant
from callbacks.orders import sent
from callbacks.press import Found, Press
from callbacks.words import keep
from data.kpis.sight import Sight
from data.reports.drafting import DraftError, OpenPeriod, draft, published
from data.reports.papers import PaperError
from data.reports.period import PeriodError
from data.store.reader import NoSnapshot

ISSUED = ("pdf", "docx", "xlsx")
ACTS = ("draft", "renew", "edit", "check", "reopen", "issue")
APPROVED = ("check", "issue")


def issued(press: Press, number: int, kind: str) -> flask.Response:
    """A file that was issued, byte by byte: 404 for who may not see the report of the whole city."""
    seen = published(press.service, asker().grant.scope)
    try:
        if press.papers is None or not press.keeps(seen.scope):
            raise KeyError(number)
        record = press.papers.paper(number)
        if record.report not in seen.catalogue.reports:
            raise KeyError(number)
        return sent(f"{record.name}.{kind}", kind, press.papers.content(record, kind))
    except (KeyError, FileNotFoundError, OverflowError):
        flask.abort(404)
    except PaperError:
        flask.abort(409)


def act(press: Press, name: str, what: str) -> flask.Response:
    """Draft, renew, edit, check, reopen or issue as a form asks: 403 for who may not, 404 for what there is none of."""
    seen, form = published(press.service, asker().grant.scope), flask.request.form
    if what not in ACTS or name not in seen.catalogue.reports:
        flask.abort(404)
    if not press.keeps(seen.scope) or not asker().grant.may("approve" if what in APPROVED else "export"):
        flask.abort(403)
    asked = asked_of(seen, name, form)
    try:
        found = press.found(seen, meant(seen, asked), True)
        kept = asker().grant.may("export") and keep(press, found, form)
        _done(seen, press, found, what)
        said = what
    except OpenPeriod:
        return flask.redirect(asked.href(), 303)  # the page says when it can be made
    except (DraftError, PeriodError, NoSnapshot):
        flask.abort(404)
    except PaperError:
        said = "standing"
        kept = False
    if press.guard is not None:
        if kept and what != "edit":
            press.guard.note(asker().name, "edit", asked.href(), what="edit")
        press.guard.note(asker().name, "approval" if what in APPROVED else "edit", asked.href(), what=what)
    return flask.redirect(asked.href(said=said), 303)


def _done(seen: Sight, press: Press, found: Found, what: str) -> None:
    papers, who, now, record = press.papers, asker().name, press.service.clock.now(), found.record
    assert papers is not None  # nosec B101: keeps() was asked
    if what == "draft":
        meant = found.made.edition
        papers.draft(draft(seen, meant, found.made.events, notes=press.noted(seen, meant)), who, now)
    elif record is None:
        raise PaperError("standing")
    elif what == "renew":
        snapshot = press.service.reader.snapshot().manifest.snapshot
        papers.renew(record.id, snapshot, press.noted(seen, found.made.edition))
    elif what == "edit":
        if record.standing != "draft":
            raise PaperError("standing")
    elif what == "check":
        papers.check(record.id, who, now)
    elif what == "reopen":
        papers.reopen(record.id)
    elif record.standing != "checked" or press.orders is None:
        raise PaperError("standing")
    else:
        press.orders.place("issue", found.made.edition, ISSUED, who, now, record.id)


def register(server: flask.Flask, press: Press) -> None:
    """Serve files and forms."""
    server.add_url_rule("/papers/<int:number>.<kind>", "paper_file", partial(issued, press))
    server.add_url_rule("/reports/<name>/<what>", "report_act", partial(act, press), methods=["POST"])
