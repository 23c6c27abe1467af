"""A draft: one report of one period and place with every answer in hand; what it says follows from it alone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from data.alerts.event import Event
from data.calendar.period import Grain, Period
from data.catalogue import Catalogue
from data.catalogue.alert import Alert
from data.catalogue.area import Area
from data.catalogue.city import City
from data.catalogue.kpi import Kpi
from data.catalogue.measure import Last
from data.catalogue.report import FigurePart, MapPart, Report, SplitPart
from data.kpis.query import Compare, KpiQuery
from data.kpis.result import KpiResult, Mark, Stamp
from data.reports.correction import Correction
from data.reports.note import Note
from data.reports.period import ReportPeriod

RENDERER = "4"  # rises whenever the same draft would be laid out differently
COMPARES = {"hour": Compare.PREVIOUS, "day": Compare.PREVIOUS}  # the same hour of last year says nothing of a flood
GRAINS = {"hour": Grain.HOUR, "day": Grain.HOUR, "week": Grain.DAY, "month": Grain.DAY}


@dataclass(frozen=True, slots=True)
class Edition:
    """Which report is meant: of what period, of which area (None: the city), in which language."""

    report: Report
    period: ReportPeriod
    area: Area | None
    language: str

    @property
    def key(self) -> dict[str, str]:
        """By what it is known where it is kept; the city is the area ""."""
        area = self.area.id if self.area else ""
        return {"report": self.report.id, "period": self.period.name, "area": area, "language": self.language}


@dataclass(frozen=True)
class Draft:
    """An edition and the answers to all it asks, from one snapshot taken at ``made_at``.

    ``edits`` are staff's words by slot; ``events`` the alerts that touched the period, ``corrections`` the loads,
    ``notes`` what people wrote about it, ``watched_since`` when alerts were first looked for.
    """

    edition: Edition
    catalogue: Catalogue
    kpis: Mapping[str, Kpi]
    answers: Mapping[KpiQuery, KpiResult]
    stamp: Stamp
    made_at: datetime
    events: Sequence[Event] = ()
    corrections: Sequence[Correction] = ()
    edits: Mapping[str, str] = field(default_factory=dict)
    notes: Sequence[Note] = ()
    watched_since: datetime | None = None

    @property
    def city(self) -> City:
        """Whose report it is."""
        return self.catalogue.city

    @property
    def rules(self) -> Mapping[str, Alert]:
        """The rules its events are of."""
        return self.catalogue.alerts

    def of(self, name: str) -> KpiResult:
        """The answer for the whole period, by the name the report uses."""
        return self.whole(self.kpis[name])

    def whole(self, kpi: Kpi) -> KpiResult:
        """The answer for the whole period."""
        return self.answers[asked(self.edition, kpi)]

    def split(self, name: str, by: str) -> KpiResult:
        """The answer divided by a dimension."""
        return self.answers[asked(self.edition, self.kpis[name], by)]

    def drawn(self, part: FigurePart) -> KpiResult:
        """The answer a figure draws."""
        return self.answers[figured(self.edition, self.kpis[part.figure], part)]

    @property
    def results(self) -> tuple[KpiResult, ...]:
        """Every answer, in the order asked."""
        return tuple(self.answers.values())

    @property
    def simulated(self) -> bool:
        """Whether any number in it is."""
        return any(Mark.SIMULATED in result.marks for result in self.results)

    @property
    def id(self) -> str:
        """The name of exactly this: the same inputs give it again, anything else another."""
        edition = self.edition
        told = {
            "report": repr(edition.report.model_copy(update={"schedule": None})),
            "period": edition.period.name,
            "area": edition.area.id if edition.area else "",
            "language": edition.language,
            "snapshot": self.stamp.snapshot,
            "numbers": [_numbers(result) for result in self.results],
            "kpis": {result.kpi.id: repr(result.kpi) for result in self.results},
            "events": [event.id + str(event.peak) + str(event.ended_at) for event in self.events],
            "edits": dict(self.edits),
            "renderer": RENDERER,
        }
        told |= {"notes": [note.told() for note in self.notes]} if self.notes else {}
        if self.watched_since is None or self.watched_since > edition.period.span.start:
            told["watched"] = str(self.watched_since)
        text = json.dumps(told, sort_keys=True, ensure_ascii=False, default=str)
        digest = hashlib.sha256(text.encode()).hexdigest()[:10]
        return f"{edition.report.id}-{edition.period.name}-{edition.language}-v{edition.report.version}-{digest}"


def _numbers(result: KpiResult) -> list[object]:
    """What was answered: who may see less has another report, under another name."""
    return [(value.number, value.presence.value) for value in (result.value, *(part.value for part in result.parts))]


def asked(edition: Edition, kpi: Kpi, by: str | None = None) -> KpiQuery:
    """What a table, a sentence or a map asks of a KPI; by area the whole city is asked."""
    area = edition.area.id if edition.area else None
    grain = GRAINS.get(edition.period.kind, Grain.MONTH)
    if isinstance(kpi.measure, Last) and grain is Grain.DAY:
        grain = Grain.HOUR  # the highest level of a day is not the one it ended with
    return KpiQuery(kpi.code, edition.period.span, grain, area, by, compare=_compare(edition))


def figured(edition: Edition, kpi: Kpi, part: FigurePart) -> KpiQuery:
    """What a figure asks: the period in its own buckets, or the trend up to its end."""
    plain = asked(edition, kpi)
    if part.grain is None:
        return plain
    grain = Grain(part.grain)
    if part.trend is None:
        return KpiQuery(kpi.code, plain.period, grain, plain.area, compare=_compare(edition))
    last = grain.floor(plain.period.end - (plain.period.end - plain.period.start) / 1000)
    span = Period(grain.step(last, 1 - part.trend), plain.period.end)
    return KpiQuery(kpi.code, span, grain, plain.area, compare=Compare.YEAR)


def _compare(edition: Edition) -> Compare:
    return COMPARES.get(edition.period.kind, Compare.YEAR)


def questions(edition: Edition, kpis: Mapping[str, Kpi]) -> tuple[KpiQuery, ...]:
    """Everything a report asks, each once: one batch for the service."""
    found: list[KpiQuery] = []
    for section in edition.report.sections:
        for part in section.parts:
            if isinstance(part, FigurePart):
                found += [asked(edition, kpis[part.figure]), figured(edition, kpis[part.figure], part)]
            elif isinstance(part, MapPart):
                found += [asked(edition, kpis[part.map]), asked(edition, kpis[part.map], "area")]
            elif isinstance(part, SplitPart):
                found += [asked(edition, kpis[part.split]), asked(edition, kpis[part.split], part.by)]
            else:
                found += _told(edition, kpis, part)
    return tuple(dict.fromkeys(found))


def _told(edition: Edition, kpis: Mapping[str, Kpi], part: object) -> list[KpiQuery]:
    names = next((n for kind in ("summary", "story", "table") if (n := getattr(part, kind, None))), ())
    by = getattr(part, "by", None)
    found = [asked(edition, kpis[name]) for name in names]
    return found + [asked(edition, kpis[name], by) for name in names if by and by in kpis[name].dimensions]
