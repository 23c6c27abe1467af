"""A view as delimited text: first what the numbers are and where they come from, then the numbers.

Numbers are exact, with a full stop, so that a spreadsheet or a program reads them alike; text
that a spreadsheet might take for a formula is disarmed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime

from data.catalogue import Catalogue
from data.formula import disarmed
from data.kpis.record import FaultPage
from data.kpis.result import KpiResult, Mark, Presence, Value
from data.messages import t
from layouts.documents.facts import effect, parts_of
from layouts.sources import FAULT_HEADS, fault_texts
from layouts.view import View


def document(
    result: KpiResult, parts: tuple[KpiResult, ...], view: View, catalogue: Catalogue, language: str, now: datetime
) -> str:
    """The whole file as text."""
    out = io.StringIO()
    writer = csv.writer(out)
    for line in _lines(result, parts, view, catalogue, language, now):
        writer.writerow([disarmed(cell) for cell in line])
    return out.getvalue()


def fault_lines(page: FaultPage, language: str) -> str:
    """Rows in quarantine as a file: load, file, line, column, value, reason."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        [t(language, "sources.load.load"), *(t(language, f"sources.fault.{name}") for name, _ in FAULT_HEADS)]
    )
    for fault in page.faults:
        writer.writerow([fault.load, *map(disarmed, fault_texts(fault, language))])
    return out.getvalue()


def _lines(
    result: KpiResult, parts: tuple[KpiResult, ...], view: View, catalogue: Catalogue, language: str, now: datetime
) -> Iterator[list[object]]:
    yield from _about(result, view, catalogue, language, now)
    yield []
    yield [t(language, f"delimited.{key}") for key in ("bucket", "value", "presence", "compared_bucket", "compared")]
    yield [t(language, "delimited.whole"), *_cells(result, result.value, language), "", _compared(result)]
    for point in result.points:
        at = point.compare_at.isoformat(sep=" ") if point.compare_at else ""
        compared = _number(result, point.compare) if point.compare else ""
        yield [point.at.isoformat(sep=" "), *_cells(result, point.value, language), at, compared]
    for divided in parts:
        yield []
        yield [
            t(language, "delimited.part"),
            *(t(language, f"delimited.{k}") for k in ("value", "presence", "compared")),
            *(t(language, f"document.{k}") for k in ("effect", "effect_rate", "effect_mix")),
        ]
        for line in parts_of(divided, result, language):
            numbers = [line.value, line.presence, line.compared, *effect(line)]
            yield [line.part, *("" if cell is None else cell for cell in numbers)]


def _about(result: KpiResult, view: View, catalogue: Catalogue, language: str, now: datetime) -> Iterator[list[object]]:
    kpi = result.kpi
    sources = "; ".join(f"{s.source.name.get(language)} ({s.source.owner.get(language)})" for s in result.sources)
    as_of = result.stamp.as_of.isoformat(sep=" ") if result.stamp.as_of else ""
    marks = "; ".join(t(language, f"delimited.mark.{mark.value}") for mark in sorted(result.marks))
    told = {
        "code": f"{kpi.code} {kpi.name.get(language)}",
        "definition": kpi.definition.get(language),
        "unit": "%" if kpi.unit == "percent" else kpi.unit.get(language),
        "source": sources,
        "owner": kpi.owner.get(language),
        "as_of": as_of,
        "snapshot": result.stamp.snapshot,
        "made_at": now.isoformat(sep=" ", timespec="seconds"),
        "period": f"{view.first.isoformat()} – {view.last.isoformat()}",
        "area": catalogue.areas[view.area].name.get(language) if view.area else catalogue.city.name.get(language),
        "filters": "; ".join(f"{name}: {', '.join(values)}" for name, values in view.filters),
        "marks": marks,
        "address": view.href,
    }
    for key, value in told.items():
        if value != "":
            yield [t(language, f"delimited.{key}"), value]
    if Mark.SIMULATED in result.marks:
        yield [t(language, "delimited.warning")]


def _number(result: KpiResult, value: Value) -> object:
    return "" if value.number is None else value.number * result.kpi.scale


def _cells(result: KpiResult, value: Value, language: str) -> list[object]:
    said = "" if value.presence is Presence.PRESENT else t(language, f"delimited.{value.presence.value}")
    return [_number(result, value), said]


def _compared(result: KpiResult) -> object:
    return _number(result, result.comparison.value) if result.comparison else ""
