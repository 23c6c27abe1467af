"""Reports: the shelf, the desk of one report, its pages and files, and the acts from draft to issue.

What is printed may go to anybody: a report never holds a number of few cases, whoever drafts it.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

import flask
from dash.development.base_component import Component

from callbacks import acts
from callbacks.asker import asker
from callbacks.download import TYPES
from callbacks.guard import Guard
from callbacks.search import terms
from data.alerts.events import Events
from data.areas.outline import Outlines
from data.kpis.scope import Scope
from data.kpis.service import KpiService
from data.kpis.sight import Sight
from data.messages import t
from data.reports.changes import changes
from data.reports.draft import Draft
from data.reports.drafting import DraftError, OpenPeriod, again, draft, edition, published
from data.reports.papers import PaperError, Papers
from data.reports.period import EXAMPLES, PeriodError, newest, parse
from data.reports.record import Record, held
from layouts.documents.blocks import Paper, Paragraph
from layouts.format import moment
from layouts.reports.address import address
from layouts.reports.desk import Asked, Desk, desk
from layouts.reports.paper import paper
from layouts.reports.rendering import KINDS, render
from layouts.reports.shelf import shelf

FILES = {
    **TYPES, "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}  # fmt: skip
ISSUED = ("pdf", "docx", "xlsx")
DENSITY = 96.0
MOST_PREVIEWS = 6
ACTS = ("draft", "renew", "edit", "check", "reopen", "issue")
APPROVED = ("check", "issue")


@dataclass(frozen=True)
class Press:
    """What reports are made with. One paper is set at a time: a press never takes the whole worker."""

    service: KpiService
    guard: Guard
    papers: Papers | None
    events: Events | None
    outlines: Outlines | None
    home: str = ""
    undo: str = "off"
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _previews: OrderedDict[str, list[bytes]] = field(default_factory=OrderedDict)

    def pages(self, made: Draft) -> list[bytes]:
        """Every page of a draft as PNG, kept for who turns them."""
        with self._lock:
            found = self._previews.get(made.id)
            if found is None:
                from layouts.documents.pdf import pages

                found = self._previews[made.id] = pages(self.laid(made), DENSITY)
                while len(self._previews) > MOST_PREVIEWS:
                    self._previews.popitem(last=False)
        return found

    def laid(self, made: Draft) -> Paper:
        """A draft as a paper."""
        return paper(made, self.outlines, address(made, self.home))

    def file(self, made: Draft, kind: str) -> bytes:
        """A draft as a file."""
        with self._lock:
            return render(made, kind, self.outlines, address(made, self.home))

    def keeps(self, scope: Scope) -> bool:
        """Whether an asker may draft, check and issue: who sees the whole city, and in a demonstration this machine."""
        whole = scope.areas is None and scope.organisations is None
        return self.papers is not None and whole and (asker().session is not None or acts.allowed(self.undo))


@dataclass(frozen=True)
class Found:
    """An edition at hand: the draft with staff's words, those of the rules by slot, and what no longer holds."""

    made: Draft
    bases: Mapping[str, str]
    record: Record | None
    dropped: tuple[str, ...] = ()


def page(sight: Sight, press: Press, parts: list[str], search: str, language: str) -> Component | None:
    """The page at /reports or /reports/<id>?period=&area=&language=; None for a report there is none of."""
    seen = published(sight.service, sight.scope)
    told = terms(search)
    if len(parts) == 1:
        return _shelf(seen, press, told.get("q", "").strip()[:100], language)
    report = seen.catalogue.reports.get(parts[1])
    if report is None or len(parts) > 2:
        return None
    now = seen.clock.now()
    asked = _asked(seen, report.id, told)
    keeps = press.keeps(seen.scope) and asker().grant.may("export")
    shown = Desk(asked, _areas(seen), keeps=keeps, approves=keeps and asker().grant.may("approve"),
                 said=told.get("said", "") if told.get("said") in (*ACTS, "standing") else "")  # fmt: skip
    try:
        found = _found(seen, press, asked, keeps)
        following = parse(found.made.edition.period.next, report.kind, report.cut_off)
    except (DraftError, PeriodError) as error:
        return desk(replace(shown, refused=_refused(error, report.kind, language)), language)
    record = found.record
    issued = record is not None and record.standing == "issued"
    laid = press.laid(found.made)
    return desk(
        replace(
            shown, made=found.made, pages=len(press.pages(found.made)), dropped=found.dropped, record=record,
            paragraphs=[block for block in laid.blocks if isinstance(block, Paragraph) and block.slot],
            changed=changes(seen, found.made) if issued else (),
            records=press.papers.all(report=report.id, most=12) if keeps and press.papers else (),
            newer=found.made.stamp.snapshot != seen.reader.snapshot().manifest.snapshot,
            next=following.name if following.span.end <= now else "",
            names={report.id: report.name.get(language)},
        ),
        language,
    )  # fmt: skip


def _refused(error: Exception, kind: str, language: str) -> str:
    """Why nothing can be drafted, in the reader's words."""
    if isinstance(error, PeriodError):
        return t(language, "reports.refused.period", example=EXAMPLES[kind])
    if isinstance(error, OpenPeriod):
        return t(language, "reports.refused.open", end=moment(language, error.end, year=True))
    return t(language, "reports.refused.area")


def picture(press: Press, name: str, number: int) -> flask.Response:
    """One page of a report as PNG."""
    made = _current(press, name).made
    pages = press.pages(made)
    if not 1 <= number <= len(pages):
        flask.abort(404)
    answer = flask.Response(pages[number - 1], mimetype="image/png")
    answer.headers["Cache-Control"] = "private, max-age=600"
    return answer


def file(press: Press, name: str, kind: str) -> flask.Response:
    """A draft of a report as a file, to be looked at."""
    if kind not in KINDS:
        flask.abort(404)
    made = _current(press, name).made
    return _sent(made.id, kind, press.file(made, kind))


def issued(press: Press, number: int, kind: str) -> flask.Response:
    """A file that was issued, byte by byte: 404 for who may not see the report of the whole city."""
    seen = published(press.service, asker().grant.scope)
    try:
        if press.papers is None or not press.keeps(seen.scope):
            raise KeyError(number)
        record = press.papers.paper(number)
        if record.report not in seen.catalogue.reports:
            raise KeyError(number)
        return _sent(record.name, kind, press.papers.content(record, kind))
    except (KeyError, FileNotFoundError):
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
    asked = _asked(seen, name, form)
    try:
        found = _found(seen, press, asked, True)
        _done(seen, press, found, what, form)
        said = what
    except (DraftError, PeriodError):
        flask.abort(404)
    except PaperError:
        said = "standing"
    press.guard.note(asker().name, "approval" if what in APPROVED else "edit", asked.href(), what=what)
    return flask.redirect(asked.href(said=said), 303)


def _done(seen: Sight, press: Press, found: Found, what: str, form: Mapping[str, str]) -> None:
    papers, who, now, record = press.papers, asker().name, press.service.clock.now(), found.record
    assert papers is not None  # nosec B101: keeps() was asked
    if what == "draft":
        papers.draft(draft(seen, found.made.edition, found.made.events), who, now)
    elif record is None:
        raise PaperError("standing")
    elif what == "renew":
        papers.renew(record.id, press.service.reader.snapshot().manifest.snapshot)
    elif what == "edit":
        slot = form.get("slot", "")
        if slot in found.bases:
            papers.edit(record.id, slot, form.get("text", ""), found.bases[slot])
    elif what == "check":
        papers.check(record.id, who, now)
    elif what == "reopen":
        papers.reopen(record.id)
    else:
        files = {kind: press.file(found.made, kind) for kind in ISSUED}
        papers.issue(record.id, found.made.id, files, who, now)


def _current(press: Press, name: str) -> Found:
    seen = published(press.service, asker().grant.scope)
    if name not in seen.catalogue.reports:
        flask.abort(404)
    try:
        return _found(seen, press, _asked(seen, name, flask.request.args), press.keeps(seen.scope))
    except (DraftError, PeriodError):
        flask.abort(404)


def _found(seen: Sight, press: Press, asked: Asked, keeps: bool) -> Found:
    """The edition an address asks: the paper under way or issued last, else a fresh draft."""
    report = asked.report
    period = parse(asked.period, report.kind, report.cut_off)
    meant = edition(seen.catalogue, report.id, period, asked.area or None, asked.language)
    happened = tuple(press.events.touching(period.span)) if press.events and keeps else ()
    record = press.papers.newest(meant) if keeps and press.papers else None
    plain = draft(seen, meant, happened) if record is None else again(seen, record, happened)
    bases = _bases(press, plain)
    words, dropped = held(record.edits if record else {}, bases)
    return Found(replace(plain, edits=words) if words else plain, bases, record, dropped)


def _bases(press: Press, plain: Draft) -> dict[str, str]:
    blocks = press.laid(plain).blocks
    return {block.slot: block.text for block in blocks if isinstance(block, Paragraph) and block.slot}


def _asked(seen: Sight, name: str, told: Mapping[str, str]) -> Asked:
    report = seen.catalogue.reports[name]
    language = told.get("language", "")
    default = newest(report.kind, seen.clock.now(), report.cut_off).name
    return Asked(report, told.get("period", "").strip()[:16] or default, told.get("area", "")[:64],
                 language if language in ("vi", "en") else seen.catalogue.city.language)  # fmt: skip


def _areas(seen: Sight) -> list:
    today = seen.clock.now().date()
    return [area for area in seen.catalogue.areas.values() if area.level == "unit" and area.valid_on(today)]


def _shelf(seen: Sight, press: Press, words: str, language: str) -> Component:
    now = seen.clock.now()
    reports = [(one, newest(one.kind, now, one.cut_off)) for one in seen.catalogue.reports.values()]
    kept = press.keeps(seen.scope)
    records = press.papers.all(words) if kept and press.papers else ()
    return shelf(reports, [r for r in records if r.report in seen.catalogue.reports], words, kept, language)


def _sent(name: str, kind: str, content: bytes) -> flask.Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"', "Cache-Control": "no-store"}
    return flask.Response(content, mimetype=FILES[kind], headers=headers)


def register(server: flask.Flask, press: Press) -> None:
    """Serve pages, files and forms."""

    def bound(do: Callable) -> Callable:
        return partial(do, press)

    server.add_url_rule("/reports/<name>/pages/<int:number>.png", "report_page", bound(picture))
    server.add_url_rule("/reports/<name>.<kind>", "report_file", bound(file))
    server.add_url_rule("/papers/<int:number>.<kind>", "paper_file", bound(issued))
    server.add_url_rule("/reports/<name>/<what>", "report_act", bound(act), methods=["POST"])
