"""Bubbles: the localities of one area on an enlargement, each a circle as large as its number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import sqrt

from data.areas.outline import Outlines
from data.catalogue.area import Area
from data.kpis.result import KpiResult, Part
from layouts.format import value
from layouts.lens import HEIGHT, WIDTH, Lens, around
from layouts.points import ground

LARGEST, SMALLEST = 32.0, 3.0


def bubbles(
    result: KpiResult, parts: Mapping[str, Part], outlines: Outlines, places: Sequence[Area], language: str, said: str
) -> str:
    """The enlargement as SVG; the surface of a circle is its number. ``said`` is the map in words.

    Every locality has its name; one without a number has a dash and the smallest circle, hollow.
    """
    points = {area.id: outlines.place(*area.place) for area in places}
    lens = around(list(points.values()) or [(0.0, 0.0)])
    top = max((n for part in parts.values() if (n := part.value.number) is not None), default=0.0)
    order = sorted(places, key=lambda area: -(_number(parts.get(area.id)) or 0.0))
    drawn = [_bubble(points[area.id], lens, _number(parts.get(area.id)), top) for area in order]
    words = [_words(points[area.id], lens, area, parts.get(area.id), result, language) for area in places]
    return (
        f'<svg class="map" viewBox="0 0 {WIDTH} {HEIGHT}" width="100%" height="100%" '
        f'role="img" aria-label="{escape(said)}">{"".join([*ground(outlines, lens), *drawn, *words])}</svg>'
    )


def radius(number: float | None, top: float) -> float:
    """Radius whose circle has the share of the largest circle that the number has of the largest number."""
    if number is None or number <= 0 or top <= 0:
        return SMALLEST
    return max(SMALLEST, LARGEST * sqrt(number / top))


def _number(part: Part | None) -> float | None:
    return part.value.number if part else None


def _bubble(at: tuple[float, float], lens: Lens, number: float | None, top: float) -> str:
    x, y = lens.xy(at)
    kind = "bubble is-empty" if number is None else "bubble"
    return f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius(number, top):.1f}"/>'


def _words(at: tuple[float, float], lens: Lens, area: Area, part: Part | None, result: KpiResult, language: str) -> str:
    x, y = lens.xy(at)
    shown = value(language, result.kpi, _number(part))[0]
    lines = area.name.get(language).split(" - ")
    named = "".join(f'<tspan x="{x:.1f}" dy="{13 if n else 0}">{escape(line)}</tspan>' for n, line in enumerate(lines))
    return (
        f'<text class="word word-bubble" x="{x:.1f}" y="{y - 2:.1f}">{escape(shown)}</text>'
        f'<text class="word word-locality is-named" x="{x:.1f}" y="{y + 12:.1f}">{named}</text>'
    )
