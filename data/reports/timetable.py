"""The timetable: which reports are due by themselves, for which period, and when the next ones are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from data.alerts.events import Events
from data.catalogue import Catalogue, Report
from data.reports.order import CLOCK
from data.reports.orders import Orders
from data.reports.papers import Papers
from data.reports.period import ReportPeriod, due_at, last_due
from data.reports.verification import version

ALERT = 2


@dataclass(frozen=True)
class Timetable:
    """Places an order for what is due. Of a report whose time passed while nobody looked, the last period is made.

    Issued papers are verified once for every version of code and definitions.
    """

    catalogue: Catalogue
    orders: Orders
    events: Events
    papers: Papers

    def look(self, now: datetime) -> Iterable[str]:
        """Order what is due and never was ordered: the keys of what was placed."""
        due = [key for report in self.catalogue.reports.values() if (key := self._placed(report, now))]
        return due + self._verified(now)

    @cached_property
    def version(self) -> str:
        """That of the code and definitions this process runs."""
        return version(self.catalogue)

    def _verified(self, now: datetime) -> list[str]:
        key = f"verify/{self.version}"
        given = {"act": "verify", "report": "", "period": "", "area": "", "language": "", "kinds": [], "who": CLOCK}
        wanted = self.papers.unverified(self.version)
        return [key] if wanted and self.orders.once(key, given | {"due_at": now}, now) else []

    def _placed(self, report: Report, now: datetime) -> str:
        if report.schedule is None:
            return ""
        period = last_due(report, now)
        due = due_at(report, period)
        if due < self.orders.since(report.id, now) or not self._wanted(report, period):
            return ""
        key = f"{report.id}/{period.name}"
        given = {
            "act": "draft", "report": report.id, "period": period.name, "area": "", "who": CLOCK, "due_at": due,
            "language": self.catalogue.city.language, "kinds": list(report.schedule.formats),
        }  # fmt: skip
        return key if self.orders.once(key, given, now) else ""

    def _wanted(self, report: Report, period: ReportPeriod) -> bool:
        """Whether its rules had an event at alert or above that touched the period, where it asks for one."""
        during = report.schedule.during if report.schedule else ()
        touching = self.events.touching(period.span) if during else ()
        return not during or any(event.rule in during and event.peak >= ALERT for event in touching)
