"""Indices: one number of several parts, each told with what it brings."""

from __future__ import annotations

from collections.abc import Mapping

from data.catalogue.measure import Score
from data.kpis.arithmetic import NOTHING
from data.kpis.result import MISSING, Composition, IndexPart, Presence, Value
from data.kpis.vn_aqi import DUST, sub_index


def air_quality(concentrations: Mapping[str, float | None]) -> tuple[Value, Composition]:
    """VN_AQI of concentrations in µg/m³ by pollutant; without any dust it is missing."""
    parts = tuple(
        IndexPart(key, None, MISSING if held is None else Value(held), None if held is None else sub_index(key, held))
        for key, held in concentrations.items()
    )
    if all(concentrations.get(key) is None for key in DUST):
        return MISSING, Composition("vn_aqi", parts)
    decides = max((part for part in parts if part.points is not None), key=lambda part: part.points or 0.0)
    return Value(decides.points), Composition("vn_aqi", parts, decides.key)


def score(measure: Score, values: Mapping[str, Value]) -> tuple[Value, Composition]:
    """Σ weight × min(1, value / full_at). What does not apply leaves and the rest is scaled up to all points.

    Numerator and denominator are the points earned and within reach before that. The part that
    loses most points decides.
    """
    applies = {key: values[key].presence is not Presence.NOT_APPLICABLE for key in measure.named}
    weights = sum(part.weight for part in measure.named.values())
    within = sum(part.weight for key, part in measure.named.items() if applies[key])
    scale = weights / within if within else 0.0
    parts = []
    for key, part in measure.named.items():
        number = values[key].number
        earned = None if number is None else part.weight * scale * min(1.0, max(0.0, number / part.full_at))
        weight = part.weight * scale if applies[key] else None
        parts.append(IndexPart(key, part.name, values[key], earned, weight, part.full_at, part.ours))
    lost = {part.key: part.weight - part.points for part in parts if part.weight and part.points is not None}
    worst = max(lost, key=lambda key: lost[key], default=None)
    decides = worst if worst is not None and lost[worst] > 0 else None
    told = Composition("score", tuple(parts), decides, not all(applies.values()))
    if not within:
        return NOTHING, told
    if any(applies[key] and values[key].number is None for key in measure.named):
        return MISSING, told
    total = sum(part.points or 0.0 for part in parts)
    return Value(total, Presence.PRESENT, total / scale, within), told


def concentration(values: Mapping[str, Value]) -> tuple[Value, Composition]:
    """Herfindahl–Hirschman index 0..1: the shares of the parts, squared and added. Nothing to share is none."""
    total = sum(value.number or 0.0 for value in values.values())
    missing = any(value.presence is Presence.MISSING for value in values.values())
    if missing or not total:
        parts = tuple(IndexPart(key, None, value) for key, value in values.items())
        return MISSING if missing else NOTHING, Composition("hhi", parts)
    parts = tuple(IndexPart(key, None, value, (value.number or 0.0) / total) for key, value in values.items())
    decides = max(parts, key=lambda part: part.points or 0.0)
    return Value(sum((part.points or 0.0) ** 2 for part in parts)), Composition("hhi", parts, decides.key)
