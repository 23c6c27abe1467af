"""Drafting: ask everything a report needs in one batch, of one snapshot, for one asker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from data.alerts.event import Event
from data.alerts.log import watched_since
from data.catalogue import Catalogue, Kpi, Report
from data.catalogue.faults.reports import HOLE
from data.catalogue.report import TextPart
from data.kpis.scope import Scope
from data.kpis.service import KpiService
from data.kpis.sight import Sight
from data.reports.corrections import corrections
from data.reports.draft import Draft, Edition, asked, questions
from data.reports.note import Note
from data.reports.period import ReportPeriod, parse
from data.reports.record import Record
from data.store.snapshot import Snapshot


class DraftError(Exception):
    """A report that cannot be made now; says what to do."""


class OpenPeriod(DraftError):
    """The period is not over in the data; ``end`` is when it will be."""

    def __init__(self, name: str, end: datetime, known: datetime) -> None:
        ends, data = f"{end:%Y-%m-%d %H:%M}", f"{known:%Y-%m-%d %H:%M}"
        super().__init__(f"{name} ends on {ends} and the data is of {data}; choose a period that is over")
        self.end = end


def edition(catalogue: Catalogue, name: str, period: ReportPeriod, area: str | None, language: str) -> Edition:
    """The edition meant; DraftError for a report or an area there is none of."""
    report = catalogue.reports.get(name)
    if report is None:
        raise DraftError(f"there is no report '{name}'; known: {', '.join(catalogue.reports) or 'none'}")
    if area is not None and area not in catalogue.areas:
        raise DraftError(f"there is no area '{area}'; known: {', '.join(catalogue.areas)}")
    return Edition(report, period, catalogue.areas[area] if area else None, language)


def draft(
    sight: Sight,
    meant: Edition,
    events: Sequence[Event] = (),
    snapshot: Snapshot | None = None,
    edits: Mapping[str, str] | None = None,
    notes: Sequence[Note] = (),
) -> Draft:
    """A draft with every answer, as known at ``snapshot`` or the newest; DraftError while its period is not over."""
    snapshot = snapshot or sight.reader.snapshot()
    made_at = datetime.fromisoformat(snapshot.manifest.created_at)
    span = meant.period.span
    if span.end > made_at:
        raise OpenPeriod(meant.period.name, span.end, made_at)
    kpis = named(sight.catalogue, meant.report)
    batch = (*questions(meant, kpis), *(asked(meant, kpi) for kpi in kpis.values()))
    batch = tuple(dict.fromkeys(batch))
    answers = dict(zip(batch, sight.ask(batch, snapshot), strict=True))
    stamp = next(iter(answers.values())).stamp
    datasets = {name for kpi in kpis.values() for name in kpi.datasets}
    mended = corrections(sight.reader.store, snapshot.manifest, datasets, span)
    said = (tuple(events), mended, dict(edits or {}), tuple(notes))
    return Draft(meant, sight.catalogue, kpis, answers, stamp, made_at, *said, watched_since(sight.reader.store))


def published(service: KpiService, scope: Scope) -> Sight:
    """What an asker may put into a report: theirs without numbers of few cases, since what is printed goes round."""
    return Sight(service, replace(scope, small=False, personal=False))


def edition_of(sight: Sight, record: Record) -> Edition:
    """What a paper is of; DraftError or PeriodError where there is no such report or period any more."""
    report = sight.catalogue.reports.get(record.report)
    if report is None:
        raise DraftError(f"there is no report '{record.report}' any more")
    period = parse(record.period, report.kind, report.cut_off)
    return edition(sight.catalogue, record.report, period, record.area, record.language)


def again(sight: Sight, record: Record, events: Sequence[Event] = ()) -> Draft:
    """The draft of a paper as it was known at its snapshot, with the notes it was drafted with; DraftError or
    PeriodError where that cannot be made."""
    meant = edition_of(sight, record)
    newest = sight.reader.snapshot()
    known = newest if newest.manifest.snapshot == record.snapshot else sight.reader.past(record.snapshot)
    return draft(sight, meant, events, known, notes=record.notes)


def named(catalogue: Catalogue, report: Report) -> dict[str, Kpi]:
    """The KPIs a report names, in texts too, by the name it uses; DraftError for one the asker does not have."""
    found: dict[str, Kpi] = {}
    for name in (*report.kpis, *_holes(catalogue, report)):
        kpi = catalogue.kpi(name)
        if kpi is None:
            raise DraftError(f"report '{report.id}' needs {name}, which you may not see")
        found[name] = kpi
    return found


def _holes(catalogue: Catalogue, report: Report) -> list[str]:
    texts = [text for text in (report.subject, report.opening, report.closing) if text]
    texts += [part.text for section in report.sections for part in section.parts if isinstance(part, TextPart)]
    codes = (hole for text in texts for each in (text.vi, text.en) for hole in HOLE.findall(each))
    return [code for code in codes if "-" in code or "." in code]
