"""The small words of a report: its period, counts of two digits, holes of texts filled with numbers."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from data.catalogue.faults.reports import HOLE
from data.catalogue.report import Report
from data.kpis.result import KpiResult
from data.messages import t
from data.reports.draft import Draft
from data.reports.finding import Lack
from data.reports.period import PeriodError, ReportPeriod, parse
from layouts.format import ROMAN, day, moment, phrase, portion


def count(language: str, n: int) -> str:
    """A count in a sentence: two digits below ten in Vietnamese papers (03 phường)."""
    return f"{n:02d}" if language == "vi" else str(n)


def period_name(period: ReportPeriod, language: str) -> str:
    """The period in words: tháng 10 năm 2026."""
    start = period.span.start
    month = period.number if period.kind == "month" else start.month
    parts = {
        "hour": f"{start.hour:02d}", "day": count(language, start.day), "month": _month(language, month),
        "year": period.year, "number": period.number, "roman": ROMAN[min(period.number, 4) - 1],
    }  # fmt: skip
    key = f"{period.kind}.{period.number}" if period.kind == "half" else period.kind
    return t(language, f"report.period.{key}", **parts)


def period_of(report: Report, name: str, language: str) -> str:
    """The period of a name in words; one that is none of the report any more as it was written."""
    try:
        return period_name(parse(name, report.kind, report.cut_off), language)
    except PeriodError:
        return name


def until(end: datetime, language: str) -> str:
    """Up to when there has to be data: the last day whole, or a moment within one."""
    if end.time() != time.min:
        return moment(language, end, year=True)
    return t(language, "reports.until", day=day(language, (end - timedelta(days=1)).date()))


def subject(draft: Draft, language: str) -> str:
    """What the report is about; one of a part of the city names it."""
    edition = draft.edition
    said = filled(edition.report.subject.get(language), draft, language)
    if edition.area is None:
        return said
    return t(language, "report.subject.area", subject=said, area=edition.area.name.get(language))


def place_and_date(place: str, on: datetime, language: str) -> str:
    """Hội An, ngày 05 tháng 02 năm 2026: days below ten and January, February with two digits."""
    parts = {"day": count(language, on.day), "month": _month(language, on.month), "year": on.year}
    return t(language, "report.place", place=place, **parts)


def date(on: datetime, language: str) -> str:
    """ngày 05 tháng 02 năm 2026."""
    return t(language, "report.period.day", day=count(language, on.day), month=_month(language, on.month), year=on.year)


def filled(text: str, draft: Draft, language: str) -> str:
    """A text of the pack with its holes filled: values of KPIs, the period, the city."""
    edition = draft.edition
    last = edition.period.span.end - timedelta(days=1)
    words = {
        "period": period_name(edition.period, language),
        "start": day(language, edition.period.span.start.date()),
        "end": day(language, last.date()),
        "city": edition.area.name.get(language) if edition.area else draft.city.name.get(language),
    }

    def fill(found: re.Match[str]) -> str:
        name = found[1]
        return words[name] if name in words else value(draft.of(name), language)

    return HOLE.sub(fill, text)


def value(result: KpiResult, language: str) -> str:
    """The number of an answer with its unit, as every table shows it."""
    return phrase(language, result.kpi, result.value.number)


def lowered(name: str) -> str:
    """A name within a sentence; one that begins with an abbreviation stays."""
    return name if name[1:2].isupper() or name[1:2].isdigit() else name[:1].lower() + name[1:]


def why(lack: Lack, language: str) -> str:
    """What a figure lacks."""
    if lack.why != "incomplete":
        return t(language, f"report.why.{lack.why}")
    if lack.share is None:
        return t(language, "report.why.incomplete.unknown")
    return t(language, "report.why.incomplete", share=portion(language, lack.share))


def owners(lack: Lack, language: str) -> str:
    """Who delivers what lacks: the owners of its sources, or of the KPI."""
    named = dict.fromkeys(state.source.owner.get(language) for state in lack.sources)
    return ", ".join(named) or lack.result.kpi.owner.get(language)


def _month(language: str, month: int) -> str:
    """As a paper writes it: January and February with two digits in Vietnamese, by name in English."""
    return t(language, f"report.month.{month}")
