"""Notes of a report: the remarks for everybody on its KPIs that touch its period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from data.kpis.sight import Sight
from data.remarks.remarks import Remarks
from data.reports.draft import Edition
from data.reports.drafting import named
from data.reports.note import Note

MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Notes:
    """Where notes come from; ``signed`` in a city whose people have names, not in a demonstration."""

    remarks: Remarks
    signed: bool

    def of(self, seen: Sight, meant: Edition) -> tuple[Note, ...]:
        """The notes of an edition as they stand, in the order of its KPIs; DraftError for a KPI the asker does not
        have."""
        kpis = dict.fromkeys(kpi.id for kpi in named(seen.catalogue, meant.report).values())
        span = meant.period.span
        days = (span.start.date(), (span.end - MOMENT).date())
        found = self.remarks.public(seen.scope, self.signed, list(kpis), *days)
        here = None if meant.area is None else meant.area.id
        return tuple(
            Note.of(kpi, one)
            for kpi in kpis
            for one in found.get(kpi, ())
            if here is None or one.wording.area in (None, here)
        )
