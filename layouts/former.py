"""The map before the areas changed: the units of then, each a circle as large as its number where it lay."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from html import escape

from data.areas.outline import XY, Outlines
from data.catalogue.area import Area
from data.kpis.result import KpiResult, Part
from layouts.bubbles import radius
from layouts.format import phrase, value
from layouts.lens import HEIGHT, WIDTH
from layouts.map import INSET, LENS, sentence

SMALLER = 0.7  # than the circles of an enlargement: these stand closer


def former(
    result: KpiResult,
    parts: Mapping[str, Part],
    outlines: Outlines,
    units: Sequence[Area],
    language: str,
    picked: Collection[str] = (),
) -> str:
    """The map as SVG. Their outlines are not published, so they have none here; coast and rivers are today's.

    One that lay beyond the frame stands in the frame of its own. ``picked`` are the units chosen, the others are muted.
    """
    mainland = [rings for key, rings in outlines.areas.items() if key != outlines.inset]
    placed = [unit for unit in units if unit.place and unit.id in parts]
    far = [unit for unit in placed if unit.place and _far(outlines.place(*unit.place))]
    top = max((n for unit in placed if (n := parts[unit.id].value.number) is not None), default=0.0)
    order = sorted(placed, key=lambda unit: -(parts[unit.id].value.number or 0.0))
    left, head, wide, high = INSET
    pieces = [
        f'<path class="sea" d="{LENS.path(outlines.sea)}"/>',
        *(f'<path class="land" d="{LENS.rings(rings)}"/>' for rings in mainland),
        *(_river(river.line, river.width) for river in outlines.rivers),
        *(f'<path class="border" d="{LENS.rings(rings)}"/>' for rings in mainland),
        f'<rect class="inset" x="{left:g}" y="{head:g}" width="{wide:g}" height="{high:g}" rx="6"/>' if far else "",
        *(_circle(unit, parts[unit.id], outlines, top, result, language, picked) for unit in order),
        *(_named(parts[unit.id], result, language) for unit in far),
    ]
    said = escape(sentence(result, {unit.id: parts[unit.id] for unit in placed}, language))
    return (
        f'<svg class="map" viewBox="0 0 {WIDTH} {HEIGHT}" width="100%" height="100%" '
        f'role="img" aria-label="{said}">{"".join(pieces)}</svg>'
    )


def _river(line: Sequence[XY], width: float) -> str:
    return f'<path class="river" stroke-width="{width * LENS.scale:.1f}" d="{LENS.path(tuple(line), "")}"/>'


def _far(at: XY) -> bool:
    x, y = LENS.xy(at)
    return not (0 <= x <= WIDTH and 0 <= y <= HEIGHT)


def _named(part: Part, result: KpiResult, language: str) -> str:
    """The name of the unit in the frame, without what tells it from the one of today, and its number."""
    left, head, *_ = INSET
    number = value(language, result.kpi, part.value.number)[0]
    name = part.label.get(language).partition(" (")[0]
    return (
        f'<text class="word word-inset" x="{left + 10:g}" y="{head + 20:g}">{escape(name)}</text>'
        f'<text class="word word-inset word-value" x="{left + 10:g}" y="{head + 42:g}">{escape(number)}</text>'
    )


def _circle(
    unit: Area, part: Part, outlines: Outlines, top: float, result: KpiResult, language: str, picked: Collection[str]
) -> str:
    at = outlines.place(*unit.place) if unit.place else (0.0, 0.0)
    left, head, wide, high = INSET
    x, y = (left + wide * 0.75, head + high * 0.65) if _far(at) else LENS.xy(at)
    number = part.value.number
    kind = "bubble is-empty" if number is None else "bubble"
    kind += " is-muted" if picked and unit.id not in picked else ""
    told = f"{part.label.get(language)}: {phrase(language, result.kpi, number)}"
    return (
        f'<circle class="{kind}" data-pick="area:{escape(unit.id)}" cx="{x:.1f}" cy="{y:.1f}" '
        f'r="{radius(number, top) * SMALLER:.1f}"><title>{escape(told)}</title></circle>'
    )
