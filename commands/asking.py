"""``lantern kpi``: one number, in the terminal."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from datetime import datetime, timedelta

from callbacks.boards import tile_query
from commands.refusal import Refused
from data.calendar.period import Grain, Period
from data.catalogue import Catalogue, Kpi, load
from data.clock.clock import SystemClock
from data.kpis.query import Compare, KpiQuery
from data.kpis.result import KpiResult, Part, Point, Value
from data.kpis.service import open_service
from data.settings import Settings
from layouts import format

MINUTE = timedelta(minutes=1)


def kpi(settings: Settings, options: argparse.Namespace) -> int:
    """Answer one KPI."""
    catalogue = load(settings.city)
    found = catalogue.kpi(options.code)
    if found is None:
        raise Refused(f"there is no KPI '{options.code}'; known: {', '.join(catalogue.codes)}")
    clock_ = SystemClock(catalogue.city.timezone)
    service = open_service(catalogue, settings.store, clock_)
    snapshot = service.reader.past(options.snapshot) if options.snapshot else None
    query = _query(found, options, clock_.now())
    _known(catalogue, found, query)
    result = service.ask([query], snapshot=snapshot)[0]
    print(_as_json(result) if options.json else _as_text(result, catalogue.city.language))
    return 0


def _known(catalogue: Catalogue, found: Kpi, query: KpiQuery) -> None:
    if query.area and query.area not in catalogue.areas:
        raise Refused(f"there is no area '{query.area}'; known: {', '.join(catalogue.areas)}")
    if query.by and query.by not in found.dimensions:
        raise Refused(
            f"{found.code} cannot be broken down by '{query.by}'; it has: {', '.join(found.dimensions) or 'nothing'}"
        )


def _query(found: Kpi, options: argparse.Namespace, now: datetime) -> KpiQuery:
    query = replace(tile_query(found, now), trend=0, area=options.area, by=options.by, compare=Compare(options.compare))
    if options.first or options.last:
        first, last = options.first or options.last, options.last or now.date()
        if last < first:
            raise Refused(f"--to {last} is before --from {first}")
        query = replace(query, period=Period.of_days(first, last))
    return replace(query, grain=Grain(options.grain)) if options.grain else query


def _as_text(result: KpiResult, language: str) -> str:
    number, unit = format.value(language, result.kpi, result.value.number)
    lines = [f"{result.kpi.code}  {result.kpi.name.get(language)}: {number} {unit}".rstrip()]
    lines.append(f"presence {result.value.presence.value}, level {result.level.name.lower()}, {result.freshness.value}")
    lines.append(
        f"as of {result.stamp.as_of}, snapshot {result.stamp.snapshot}"
        + (", recomputed" if result.stamp.recomputed else "")
    )
    marks = ", ".join(sorted(mark.value for mark in result.marks))
    lines += [f"marks: {marks}"] if marks else []
    lines += [f"refused: {result.refusal}"] if result.refusal else []
    lines += _compared(result, language)
    lines += _composition(result, language)
    for part in result.parts:
        lines.append(
            f"  {part.label.get(language):32} {_said(result, part.value, language)}{_held(result, part, language)}"
        )
    for point in () if result.parts else result.points:
        then = f"  {point.compare_at:%Y-%m-%d %H:%M}" if point.compare_at else ""
        lines.append(
            f"  {point.at:%Y-%m-%d %H:%M}  {_said(result, point.value, language)}{then}{_held(result, point, language)}"
        )
    return "\n".join(lines)


def _said(result: KpiResult, value: Value, language: str) -> str:
    return " ".join(format.value(language, result.kpi, value.number)).rstrip()


def _held(result: KpiResult, one: Part | Point, language: str) -> str:
    """What a part or point is held against."""
    return f"  {_said(result, one.compare, language)}" if one.compare else ""


def _compared(result: KpiResult, language: str) -> list[str]:
    """The other period, its number and the change since."""
    other = result.comparison
    if other is None:
        return []
    first, last = (f"{at:%Y-%m-%d %H:%M}" for at in (other.period.start, other.period.end - MINUTE))
    changed = format.change(language, result.kpi, result.value.number, other)
    said = f"{_said(result, other.value, language)}, change {changed}"
    return [f"compared with {other.kind.value} ({first} to {last}): {said}"]


def _composition(result: KpiResult, language: str) -> list[str]:
    """What an index is made of, a line for each part."""
    if result.composition is None:
        return []
    lines = []
    for part in result.composition.parts:
        name = part.name.get(language) if part.name else part.key
        most = f" of {format.number(language, part.weight, 1)}" if part.weight is not None else ""
        decides = " (decides)" if part.key == result.composition.decides else ""
        lines.append(f"  {name:32} {format.number(language, part.points, 1)}{most}{decides}")
    return lines


def _as_json(result: KpiResult) -> str:
    scale = result.kpi.scale
    plain = {
        "code": result.kpi.code,
        "value": result.display,
        "presence": result.value.presence.value,
        "level": result.level.name.lower(),
        "freshness": result.freshness.value,
        "marks": sorted(mark.value for mark in result.marks),
        "as_of": result.stamp.as_of.isoformat() if result.stamp.as_of else None,
        "snapshot": result.stamp.snapshot,
        "recomputed": result.stamp.recomputed,
        "points": [[p.at.isoformat(), _shown(p.value, scale)] for p in result.points],
        "composition": {p.key: p.points for p in result.composition.parts} if result.composition else None,
        "parts": {p.key: _shown(p.value, scale) for p in result.parts},
        "comparison": _comparison(result, scale),
    }
    return json.dumps(plain, ensure_ascii=False)


def _comparison(result: KpiResult, scale: float) -> dict[str, object] | None:
    """The other period, from ``start`` until before ``end``, in the shape of the answer itself."""
    other = result.comparison
    if other is None:
        return None
    return {
        "kind": other.kind.value,
        "start": other.period.start.isoformat(),
        "end": other.period.end.isoformat(),
        "value": _shown(other.value, scale),
        "change": None if other.change is None else other.change * scale,
        "points": [[p.compare_at.isoformat(), _shown(p.compare, scale)] for p in result.points if p.compare_at],
        "parts": {p.key: _shown(p.compare, scale) for p in result.parts},
    }


def _shown(value: Value | None, scale: float) -> float | None:
    return None if value is None or value.number is None else value.number * scale
