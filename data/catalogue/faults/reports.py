"""Faults of reports: KPIs there are none of, breakdowns they do not have, holes in texts nothing fills."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from data.catalogue.faults.fault import Fault, near
from data.catalogue.report import FigurePart, MapPart, Part, Report, SplitPart, StoryPart, TextPart, named
from data.catalogue.text import Text

if TYPE_CHECKING:
    from data.catalogue.loader import Catalogue

HOLE = re.compile(r"{([^{}]*)}")
WORDS = ("period", "start", "end", "city")
Path = tuple[str | int, ...]


def report_faults(catalogue: Catalogue) -> Iterator[Fault]:
    """What a report names has to be there, and every hole in its texts has something to fill it."""
    for report in catalogue.reports.values():
        for key in ("subject", "opening", "closing"):
            yield from _holes(catalogue, report, (key,), getattr(report, key))
        for place, rule in enumerate(report.schedule.during if report.schedule else ()):
            if rule not in catalogue.alerts:
                told = near(rule, list(catalogue.alerts))
                yield Fault("reports", report.id, ("schedule", "during", place), f"no rule '{rule}'", told)
        for place, section in enumerate(report.sections):
            for index, part in enumerate(section.parts):
                yield from _part(catalogue, report, ("sections", place, "parts", index), part)


def _part(catalogue: Catalogue, report: Report, path: Path, part: Part) -> Iterator[Fault]:
    if isinstance(part, TextPart):
        yield from _holes(catalogue, report, (*path, "text"), part.text)
    known = [*catalogue.codes, *catalogue.kpis]
    for name in named(part):
        kpi = catalogue.kpi(name)
        by = part.by if isinstance(part, SplitPart | StoryPart) else "area" if isinstance(part, MapPart) else None
        if kpi is None:
            yield Fault("reports", report.id, path, f"no KPI '{name}'", near(name, known))
        elif by and by not in kpi.dimensions and not isinstance(part, StoryPart):
            remedy = f"it has {', '.join(kpi.dimensions) or 'none'}"
            yield Fault("reports", report.id, path, f"KPI '{kpi.code}' is not told by '{by}'", remedy)
        elif isinstance(part, FigurePart) and part.trend and not part.grain:
            yield Fault("reports", report.id, path, "trend counts buckets of a grain", "write grain: beside trend:")


def _holes(catalogue: Catalogue, report: Report, path: Path, text: Text | None) -> Iterator[Fault]:
    for language in ("vi", "en") if text else ():
        for hole in HOLE.findall(text.get(language)):
            if hole not in WORDS and catalogue.kpi(hole) is None:
                known = [*WORDS, *catalogue.codes]
                yield Fault("reports", report.id, path, f"nothing fills '{{{hole}}}'", near(hole, known))
