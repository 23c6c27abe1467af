"""Periods of reports: written as 2026-10, 2026-W45, 2026-Q3, 2026-H1, 2026-9M, 2026, 2026-11-24 or 2026-11-24T18."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from data.calendar.period import Grain, Period
from data.catalogue.report import PeriodKind, Report

FORMS = {
    "hour": re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d)"),
    "day": re.compile(r"(\d{4})-(\d\d)-(\d\d)"),
    "week": re.compile(r"(\d{4})-W(\d\d)"),
    "month": re.compile(r"(\d{4})-(\d\d)"),
    "quarter": re.compile(r"(\d{4})-Q([1-4])"),
    "half": re.compile(r"(\d{4})-H([12])"),
    "nine_months": re.compile(r"(\d{4})-9M"),
    "year": re.compile(r"(\d{4})"),
}
EXAMPLES = {
    "hour": "2026-11-24T18", "day": "2026-11-24", "week": "2026-W45", "month": "2026-10", "quarter": "2026-Q3",
    "half": "2026-H1", "nine_months": "2026-9M", "year": "2026",
}  # fmt: skip
MONTHS = {"month": 1, "quarter": 3, "half": 6, "nine_months": 9, "year": 12}


class PeriodError(ValueError):
    """A period that cannot be read, or not for this report; says what to write."""


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """A named period and the days it counts; with a ``cut_off`` they are not whole calendar units.

    ``number`` is the week, month, quarter, half, day or hour of the name, 0 where it has none.
    """

    kind: PeriodKind
    name: str
    span: Period
    year: int
    number: int = 0

    @property
    def next(self) -> str:
        """The name of the period after this one."""
        return named(self.kind, self._anchor(1))

    def _anchor(self, steps: int) -> datetime:
        """A moment in the calendar unit that bears the name, ``steps`` units on."""
        if self.kind in MONTHS:
            first = 1 if self.kind in ("nine_months", "year") else (self.number - 1) * MONTHS[self.kind] + 1
            months = 12 if self.kind == "nine_months" else MONTHS[self.kind]
            return Grain.MONTH.step(datetime(self.year, first, 1), steps * months)
        return self.span.start + steps * (self.span.end - self.span.start)


def parse(text: str, kind: PeriodKind, cut_off: int | None = None) -> ReportPeriod:
    """The period ``text`` names; PeriodError for what is no such period of this kind.

    With ``cut_off`` (the last day) the span begins the day after it in the month before, as the state counts.
    """
    found = FORMS[kind].fullmatch(text)
    try:
        if found is None:
            raise ValueError
        return _spanned(kind, text, [int(part) for part in found.groups()], cut_off)
    except ValueError:
        raise PeriodError(f"'{text}' is no {kind.replace('_', ' ')}; write one as {EXAMPLES[kind]}") from None


def named(kind: PeriodKind, at: datetime) -> str:
    """The name of the calendar period that holds ``at``."""
    if kind == "week":
        year, week, _ = at.isocalendar()
        return f"{year}-W{week:02d}"
    return {
        "hour": f"{at:%Y-%m-%dT%H}", "day": f"{at:%Y-%m-%d}", "month": f"{at:%Y-%m}",
        "quarter": f"{at.year}-Q{(at.month + 2) // 3}", "half": f"{at.year}-H{(at.month + 5) // 6}",
        "nine_months": f"{at.year}-9M", "year": str(at.year),
    }[kind]  # fmt: skip


def newest(kind: PeriodKind, now: datetime, cut_off: int | None = None) -> ReportPeriod:
    """The last period of a kind that is over at ``now``."""
    current = parse(named(kind, now), kind, cut_off)
    while current.span.end > now:
        current = parse(named(kind, current._anchor(-1)), kind, cut_off)
    return current


def due_at(report: Report, period: ReportPeriod) -> datetime:
    """When a report of a period is made by itself; ValueError for one that never is."""
    if report.schedule is None:
        raise ValueError(f"report '{report.id}' has no schedule")
    return period.span.end + report.schedule.after


def last_due(report: Report, now: datetime) -> ReportPeriod:
    """The last period whose time had come at ``now``."""
    period = newest(report.kind, now, report.cut_off)
    while due_at(report, period) > now:
        period = parse(named(report.kind, period._anchor(-1)), report.kind, report.cut_off)
    return period


def next_due(report: Report, now: datetime) -> datetime:
    """When the period after `last_due` is made: the next time something comes by itself."""
    return due_at(report, parse(last_due(report, now).next, report.kind, report.cut_off))


def _spanned(kind: PeriodKind, text: str, given: list[int], cut_off: int | None) -> ReportPeriod:
    if kind == "hour":
        start = datetime(*given)
        return ReportPeriod(kind, text, Period(start, start + timedelta(hours=1)), start.year, start.hour)
    if kind == "day":
        start = datetime(*given)
        return ReportPeriod(kind, text, Period(start, start + timedelta(days=1)), start.year, start.day)
    if kind == "week":
        start = datetime.fromisocalendar(given[0], given[1], 1)
        return ReportPeriod(kind, text, Period(start, start + timedelta(weeks=1)), *given)
    year, number = given[0], given[1] if len(given) > 1 else 0
    months = MONTHS[kind]
    first = datetime(year, (number - 1) * months + 1 if number else 1, 1)
    end = Grain.MONTH.step(first, months)
    if cut_off is not None:
        first = Grain.MONTH.step(first, -1) + timedelta(days=cut_off)
        end = Grain.MONTH.step(end, -1) + timedelta(days=cut_off)
    return ReportPeriod(kind, text, Period(first, end), year, number)
