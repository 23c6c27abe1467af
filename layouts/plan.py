"""A plan: the localities of one area as blocks of a schematic, coloured by their number, which stands in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import ceil

from data.areas.outline import Plan, Ring, Word
from data.catalogue.area import Area
from data.kpis.result import KpiResult, Level, Part
from layouts.format import value
from layouts.icons import drawing
from layouts.state import LEVEL_STATE

CLASSES = 5
LETTER, LINE, GLYPH = 8.6, 22.0, 21.0


def plan(
    result: KpiResult, parts: Mapping[str, Part], held: Plan, places: Sequence[Area], language: str, said: str
) -> str:
    """The plan as SVG. A block over a threshold has the mark of its level; one without a number is left bare.

    Shares of a capacity are coloured up to the capacity, all else up to the largest. ``said`` is the plan in words.
    """
    wide, high = held.size
    numbers = [n for part in parts.values() if (n := part.value.number) is not None]
    top = max([1.0 if result.kpi.unit == "percent" else 0.0, *numbers])
    drawn = [f'<path class="water" d="{_path(ring)}"/>' for ring in held.water]
    for area in places:
        if area.id in held.zones:
            drawn += _block(held.zones[area.id], area, parts.get(area.id), result, top, language)
    drawn += [_word(word, language) for word in held.words]
    return (
        f'<svg class="map plan" viewBox="0 0 {wide:g} {high:g}" width="100%" height="100%" '
        f'role="img" aria-label="{escape(said)}">{"".join(drawn)}</svg>'
    )


def _block(ring: Ring, area: Area, part: Part | None, result: KpiResult, top: float, language: str) -> list[str]:
    number = part.value.number if part else None
    shade = 0 if number is None else max(1, min(CLASSES, ceil(number / top * CLASSES)))
    found = part.level if part else Level.NORMAL
    x, y = (sum(point[axis] for point in ring) / len(ring) for axis in (0, 1))
    wide, high = (max(p[axis] for p in ring) - min(p[axis] for p in ring) for axis in (0, 1))
    shown = value(language, result.kpi, number, wall=True)[0]
    lines = _lines(area.name.get(language), wide, high)
    low = y + LINE * (len(lines) + 1) / 2 - 5
    words = "".join(
        f'<text class="word word-block" x="{x:.1f}" y="{low - LINE * back - 4:.1f}">{escape(line)}</text>'
        for back, line in zip(range(len(lines), 0, -1), lines, strict=True)
    )
    glyph = shape(found, x - len(shown) * 6.6 - GLYPH, low - GLYPH + 3)
    return [
        f'<path class="block step-{shade}" d="{_path(ring)}" data-level="{LEVEL_STATE[found]}"/>{words}'
        f'{glyph}<text class="word word-share" x="{x:.1f}" y="{low:.1f}">{escape(shown)}</text>'
    ]


def _lines(name: str, wide: float, high: float) -> list[str]:
    """A name on one line where it fits, else on two where there is height for them and a number."""
    if len(name) * LETTER <= wide - 8 or " - " not in name or high < 4 * LINE:
        return [name]
    return name.split(" - ")


def shape(found: Level, x: float, y: float) -> str:
    """The shape of a level with its corner at a point of a drawing, nothing of a normal one: shape before colour."""
    if found is Level.NORMAL:
        return ""
    return f'<svg x="{x:.1f}" y="{y:.1f}" width="{GLYPH:g}" height="{GLYPH:g}">{drawing(LEVEL_STATE[found])}</svg>'


def _path(ring: Ring) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in ring) + "Z"


def _word(word: Word, language: str) -> str:
    x, y = word.at
    return f'<text class="word word-{word.kind}" x="{x:g}" y="{y:g}">{escape(word.name.get(language))}</text>'
