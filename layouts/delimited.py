"""A view as delimited text: first what the numbers are and where they come from, then the numbers.

Numbers are exact, with a full stop, so that a spreadsheet or a program reads them alike; text
that a spreadsheet might take for a formula is disarmed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import datetime

from data.catalogue import Catalogue
from data.formula import disarmed
from data.kpis.record import FaultPage
from data.kpis.result import KpiResult, Mark, Presence, Value
from data.messages import t
from layouts.analysis.names import place
from layouts.documents.facts import effect, marks, parts_of, unit
from layouts.sources import FAULT_HEADS, fault_texts
from layouts.view import View


def document(
    result: KpiResult,
    parts: tuple[KpiResult, ...],
    view: View,
    catalogue: Catalogue,
    language: str,
    now: datetime,
    others: tuple[KpiResult, ...] = (),
) -> str:
    """The whole file as text; ``others`` are KPIs of the same time, each told after it."""
    out = io.StringIO()
    writer = csv.writer(out)
    for line in (*_lines(result, parts, view, catalogue, language, now), *_others(others, catalogue, language)):
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
    yield from _series(result, language)
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


def _series(result: KpiResult, language: str) -> Iterator[list[object]]:
    yield []
    yield [t(language, f"delimited.{key}") for key in ("bucket", "value", "presence", "compared_bucket", "compared")]
    yield [t(language, "delimited.whole"), *_cells(result, result.value, language), "", _compared(result)]
    for point in result.points:
        at = point.compare_at.isoformat(sep=" ") if point.compare_at else ""
        compared = _number(result, point.compare) if point.compare else ""
        yield [point.at.isoformat(sep=" "), *_cells(result, point.value, language), at, compared]


def _others(results: tuple[KpiResult, ...], catalogue: Catalogue, language: str) -> Iterator[list[object]]:
    for result in results:
        yield []
        told = _meaning(result, language) | {
            "area": place(result.query.areas, catalogue, language),
            "marks": marks(result, language),
        }
        yield from _said(told, language)
        if Mark.SIMULATED in result.marks:
            yield [t(language, "delimited.warning")]
        yield from _series(result, language)


def _about(result: KpiResult, view: View, catalogue: Catalogue, language: str, now: datetime) -> Iterator[list[object]]:
    told = _meaning(result, language) | {
        "snapshot": result.stamp.snapshot,
        "made_at": now.isoformat(sep=" ", timespec="seconds"),
        "period": f"{view.first.isoformat()} – {view.last.isoformat()}",
        "area": place(view.areas, catalogue, language),
        "filters": "; ".join(f"{name}: {', '.join(values)}" for name, values in view.filters),
        "marks": marks(result, language),
        "address": view.href,
    }
    yield from _said(told, language)
    if Mark.SIMULATED in result.marks:
        yield [t(language, "delimited.warning")]


def _meaning(result: KpiResult, language: str) -> dict[str, object]:
    """What a number is, whose it is and how new."""
    kpi, as_of = result.kpi, result.stamp.as_of
    return {
        "code": f"{kpi.code} {kpi.name.get(language)}",
        "definition": kpi.definition.get(language),
        "unit": unit(result, language),
        "source": "; ".join(f"{s.source.name.get(language)} ({s.source.owner.get(language)})" for s in result.sources),
        "owner": kpi.owner.get(language),
        "as_of": as_of.isoformat(sep=" ") if as_of else "",
    }


def _said(told: Mapping[str, object], language: str) -> Iterator[list[object]]:
    yield from ([t(language, f"delimited.{key}"), value] for key, value in told.items() if value != "")


def _number(result: KpiResult, value: Value) -> object:
    return "" if value.number is None else value.number * result.kpi.scale


def _cells(result: KpiResult, value: Value, language: str) -> list[object]:
    said = "" if value.presence is Presence.PRESENT else t(language, f"delimited.{value.presence.value}")
    return [_number(result, value), said]


def _compared(result: KpiResult) -> object:
    return _number(result, result.comparison.value) if result.comparison else ""
