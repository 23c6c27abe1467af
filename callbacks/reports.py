"""Reports: the shelf, the desk of one report, and two issues side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from dash.development.base_component import Component

from callbacks.asker import asker
from callbacks.edition import asked_of, meant
from callbacks.press import Found, Press
from callbacks.preview import opening, preview
from callbacks.search import terms
from data.catalogue import Report
from data.kpis.sight import Sight
from data.messages import t
from data.reports.changes import changes
from data.reports.drafting import DraftError, OpenPeriod, again, edition_of, published
from data.reports.pairs import pairs
from data.reports.period import EXAMPLES, PeriodError, newest, next_due, parse
from data.reports.record import Record
from data.reports.revision import revisions
from data.store.reader import NoSnapshot
from layouts.reports.desk import Desk, desk
from layouts.reports.issues import Issues, issues
from layouts.reports.preview import Preview
from layouts.reports.rendering import kinds
from layouts.reports.shelf import Run, shelf
from layouts.reports.words import period_of, until

SAID = ("draft", "renew", "edit", "check", "reopen", "issue", "standing")
MOST_COMPARED = 40


def page(sight: Sight, press: Press, parts: list[str], search: str, language: str) -> Component | None:
    """The page at /reports, /reports/<id>?period=&area=&language= or /reports/<id>/compare?old=&new=.

    None for a report there is none of.
    """
    seen = published(sight.service, sight.scope)
    told = terms(search)
    if len(parts) == 1:
        return _shelf(seen, press, told.get("q", "").strip()[:100], language)
    report = seen.catalogue.reports.get(parts[1])
    if report is None or parts[2:] not in ([], ["compare"]):
        return None
    return _compared(seen, press, report, told, language) if parts[2:] else _desk(seen, press, report, told, language)


def _desk(seen: Sight, press: Press, report: Report, told: Mapping[str, str], language: str) -> Component:
    asked, may = asked_of(seen, report.id, told), asker().grant.may
    keeps = press.keeps(seen.scope) and may("export")
    shown = Desk(asked, _areas(seen), keeps=keeps, approves=keeps and may("approve"),
                 exports=press.orders is not None and may("export"),
                 said=told.get("said", "") if told.get("said") in SAID else "")  # fmt: skip
    try:
        edition_ = meant(seen, asked)
        record = press.record(edition_, keeps)
        if (order := opening(press, seen, edition_, record)) is not None:
            return desk(replace(shown, pages=Preview(making=order)), language)
        found = press.found(seen, edition_, keeps)
        return desk(_filled(seen, press, shown, found), language)
    except (DraftError, PeriodError, NoSnapshot) as error:
        return desk(replace(shown, refused=_refused(error, report.kind, language)), language)


def _filled(seen: Sight, press: Press, shown: Desk, found: Found) -> Desk:
    """The desk of an edition that can be drafted."""
    made, record, report = found.made, found.record, shown.asked.report
    following = parse(made.edition.period.next, report.kind, report.cut_off)
    issued = record is not None and record.standing == "issued"
    orders, who = press.orders, None if shown.keeps else asker().name
    known = seen.reader.snapshot().manifest
    records = press.papers.all(report=report.id, most=12) if shown.keeps and press.papers else ()
    return replace(
        shown, made=made, pages=preview(press, seen, found, shown.keeps), dropped=found.dropped,
        record=record,
        bases=found.bases,
        changed=changes(seen, made) if issued else (), kinds=kinds(made, press.outlines),
        records=records, revised=revisions(seen, records),
        orders=orders.of(made.edition, who) if orders is not None and shown.exports else (),
        newer=made.stamp.snapshot != known.snapshot, next=following,
        open=following.span.end > datetime.fromisoformat(known.created_at),
    )  # fmt: skip


def _refused(error: Exception, kind: str, language: str) -> str:
    """Why nothing can be drafted, in the reader's words."""
    if isinstance(error, PeriodError):
        return t(language, "reports.refused.period", example=EXAMPLES[kind])
    if isinstance(error, OpenPeriod):
        return t(language, "reports.refused.open", until=until(error.end, language))
    return t(language, "reports.refused.snapshot" if isinstance(error, NoSnapshot) else "reports.refused.area")


def _compared(seen: Sight, press: Press, report: Report, told: Mapping[str, str], language: str) -> Component | None:
    """Two papers of a report side by side; None for who may not see papers."""
    if press.papers is None or not press.keeps(seen.scope):
        return None
    records = press.papers.all(report=report.id, most=MOST_COMPARED)
    new = _one(records, told.get("new", "")) or (records[0] if records else None)
    older = [one for one in records if new is not None and one.id < new.id]
    old = _one(records, told.get("old", "")) or (older[0] if older else None)
    shown = Issues(report, records, old, new)
    if old is None or new is None:
        return issues(shown, language)
    try:
        waiting = [order for one in (old, new) if (order := opening(press, seen, edition_of(seen, one), one))]
        if waiting:
            return issues(replace(shown, pages=Preview(making=waiting[0])), language)
        before, after = (press.worded(again(seen, one), one) for one in (old, new))
    except (DraftError, PeriodError, NoSnapshot):
        return issues(replace(shown, refused=t(language, "reports.refused.snapshot")), language)
    return issues(
        replace(shown, figures=pairs(before.made, after.made), before=before.paper, after=after.paper), language
    )


def _one(records: list[Record], number: str) -> Record | None:
    return next((one for one in records if str(one.id) == number), None)


def _areas(seen: Sight) -> list:
    today = seen.clock.now().date()
    return [area for area in seen.catalogue.areas.values() if area.level == "unit" and area.valid_on(today)]


def _shelf(seen: Sight, press: Press, words: str, language: str) -> Component:
    now, catalogue = seen.clock.now(), seen.catalogue
    reports = [(one, newest(one.kind, now, one.cut_off)) for one in catalogue.reports.values()]
    kept = press.keeps(seen.scope)
    lower = words.casefold()
    named = [one.id for one in catalogue.reports.values() if lower and lower in one.name.get(language).casefold()]
    records = ()
    if kept and press.papers:
        periods = [name for report, name in press.papers.periods() if lower and report in catalogue.reports
                   and lower in period_of(catalogue.reports[report], name, language).casefold()]  # fmt: skip
        records = press.papers.all(words, named=named, periods=periods)
    orders = press.orders
    runs = {
        one.id: Run(next_due(one, now), orders.last(one.id) if orders is not None and kept else None)
        for one in catalogue.reports.values() if one.schedule is not None
    }  # fmt: skip
    records = [record for record in records if record.report in catalogue.reports]
    revised = revisions(seen, records) if records else {}
    return shelf(reports, runs, records, words, kept, language, revised)
