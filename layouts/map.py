"""The city's areas, coloured in at most five classes by one KPI, the number printed in each.

The drawing is a schematic of our own in a plane of kilometres; its words scale with it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from html import escape
from math import ceil

from dash import html
from dash.development.base_component import Component

from data.areas.outline import XY, Landmark, Outlines, Ring
from data.catalogue.area import Area
from data.catalogue.text import Text
from data.kpis.result import KpiResult, Level, Part
from data.messages import t
from layouts import ids
from layouts.behind import of_parts
from layouts.bubbles import bubbles
from layouts.format import number, phrase, value
from layouts.lens import HEIGHT, WIDTH, Lens
from layouts.localities import Taken, names
from layouts.markup import Markup
from layouts.plan import GLYPH, plan, shape
from layouts.points import Spotted, points
from layouts.state import state
from layouts.tile import ABSENT, absence, provenance
from layouts.view import way

LENS = Lens((0.75, 0.25), 34.0)
CLASSES = 5
INSET = (296.0, 14.0, 130.0, 70.0)
INSET_SCALE = 6.6
NO_PART: Mapping[str, Part] = {}
NO_LEVEL: Mapping[str, Level] = {}


def map_tile(
    result: KpiResult,
    name: Text,
    outlines: Outlines,
    language: str,
    places: Sequence[Area] = (),
    within: str = "",
    wall: bool = False,
    levels: Mapping[str, Level] = NO_LEVEL,
    remark: Component | None = None,
) -> html.Article:
    """The map of ``result``, which was asked by area; without parts it says why the map is bare.

    ``places`` are the areas that have a place of their own: of those, units of old stand as quiet names on the map
    of the city; with ``within``, the localities of that area are what is drawn. ``levels`` are marked by their shape,
    ``remark`` is the mark of what people wrote beside it.
    """
    now = state(result)
    parts = {part.key: part for part in result.parts} if now not in ("stale", "error") else NO_PART
    if within:
        inside = [area for area in places if area.parent == within and area.level == "locality"]
        said, held = sentence(result, parts, language), outlines.plans.get(within)
        drawn = (
            plan(result, parts, held, inside, language, said)
            if held
            else bubbles(result, parts, outlines, inside, language, said)
        )
    else:
        old = [area for area in places if area.valid_to is not None]
        drawn = drawing(result, parts, outlines, language, old, levels=levels)
    link = f"/kpi/{result.kpi.code}?by=area" + (f"&area={within}" if within else "")
    bare = [] if parts else [absence(result, language) if now in ABSENT else t(language, "map.bare")]
    table = [of_parts(result, parts, language)] if wall else []
    return _tile(result, name, link, drawn, table, bare, within, language, wall, remark)


def points_tile(
    result: KpiResult,
    name: Text,
    outlines: Outlines,
    spots: Sequence[Spotted],
    unit: str,
    language: str,
    wall: bool = False,
    remark: Component | None = None,
) -> html.Article:
    """The map of the rows ``result`` counts, each in its place; with none it says so. ``remark`` as in `map_tile`."""
    shown = spots if state(result) not in ("stale", "error") else ()
    told = [spot.name + (f" {number(language, spot.number)}\u00a0{unit}" if spot.number else "") for spot in shown]
    said = t(language, "map.alt", name=name.get(language), areas="; ".join(told) or t(language, "map.none"))
    drawn = points(shown, outlines, unit, language, said)
    bare = [] if shown else [absence(result, language) if state(result) in ABSENT else t(language, "map.none")]
    return _tile(result, name, way(result), drawn, [], bare, "points", language, wall, remark)


def _tile(
    result: KpiResult,
    name: Text,
    link: str,
    drawn: str,
    table: Sequence[html.Table],
    bare: Sequence[str],
    which: str,
    language: str,
    wall: bool,
    remark: Component | None,
) -> html.Article:
    body = [
        html.H2(html.A(name.get(language), href=link), className="tile-title"),
        Markup(html=drawn, className="map-drawing"),
        *table,
        *(html.P(said, className="map-bare") for said in bare),
        html.P(t(language, "map.schematic"), className="map-schematic"),
        provenance(result, language, wall=wall, said=remark),
    ]
    return html.Article(
        html.Div(body, className="tile-body"),
        id=ids.tile(f"map-{result.kpi.code}" + (f"-{which}" if which else "")),
        className="tile tile-map",
        **{"data-state": "stale" if state(result) == "stale" else "ok"},
    )


def drawing(
    result: KpiResult,
    parts: Mapping[str, Part],
    outlines: Outlines,
    language: str,
    old: Sequence[Area] = (),
    picked: Collection[str] | None = None,
    levels: Mapping[str, Level] = NO_LEVEL,
) -> str:
    """The map as SVG that fills its box and never distorts; what lies beyond the frame is drawn too.

    ``old`` are units that are no more: people still find their way by them. ``picked`` are the areas chosen of a
    small map whose areas can be picked, the others are muted; None of one that is only looked at.
    """
    top = max((n for part in parts.values() if (n := part.value.number) is not None), default=0.0)
    mainland = [key for key in outlines.areas if key != outlines.inset]
    pieces = [
        f'<path class="sea" d="{LENS.path(outlines.sea)}"/>',
        *(_area(outlines.areas[key], parts.get(key), top, _marked(key, parts, picked)) for key in mainland),
        *(_river(river.line, river.width) for river in outlines.rivers),
        *(f'<path class="border" d="{LENS.rings(outlines.areas[key])}"/>' for key in mainland),
        f'<path class="zone" d="{LENS.path(outlines.zone)}"/>' if outlines.zone else "",
        *([] if picked is not None else _places(outlines, old, language)),
        *(_named(parts[key], outlines.labels[key], result, language) for key in mainland if key in parts),
        *(_level(levels[key], outlines.labels[key]) for key in mainland if key in levels),
        _inset(outlines, parts, top, result, language, _marked(outlines.inset or "", parts, picked)),
    ]
    said = escape(sentence(result, parts, language))
    return (
        f'<svg class="map" viewBox="0 0 {WIDTH} {HEIGHT}" width="100%" height="100%" '
        f'role="img" aria-label="{said}">'
        f"{''.join(pieces)}</svg>"
    )


def _places(outlines: Outlines, old: Sequence[Area], language: str) -> list[str]:
    """What people find their way by: landmarks, waters, units of old. A small map has no room for it."""
    return [
        *(_landmark(mark, language) for mark in outlines.landmarks),
        *(_words(word.at, word.name.get(language), f"word-{word.kind}") for word in outlines.words),
        names(old, outlines, LENS, _taken(outlines, language), language),
    ]


def sentence(result: KpiResult, parts: Mapping[str, Part], language: str) -> str:
    """The map in words: every area with its number."""
    kpi = result.kpi
    said = [f"{part.label.get(language)} {phrase(language, kpi, part.value.number)}" for part in parts.values()]
    return t(language, "map.alt", name=kpi.name.get(language), areas="; ".join(said) or t(language, "map.bare"))


def step(number: float | None, top: float) -> int:
    """Class 1..5 of a number, in equal parts of the largest; 0 when there is none."""
    if number is None:
        return 0
    return 1 if top <= 0 else min(CLASSES, max(1, ceil(number / top * CLASSES)))


def _marked(key: str, parts: Mapping[str, Part], picked: Collection[str] | None) -> str:
    """Attributes of an area that can be picked, the class of one that is not the one picked first."""
    muted = " is-muted" if picked and key not in picked else ""
    return muted + (f'" data-pick="area:{escape(key)}' if picked is not None and key in parts else "")


def _area(rings: tuple[Ring, ...], part: Part | None, top: float, marked: str = "") -> str:
    shade = step(part.value.number if part else None, top)
    return f'<path class="land step-{shade}{marked}" d="{LENS.rings(rings)}"/>'


def _river(line: Ring, width: float) -> str:
    return f'<path class="river" stroke-width="{width * LENS.scale:.1f}" d="{LENS.path(line, "")}"/>'


def _words(at: XY, text: str, kind: str) -> str:
    x, y = LENS.xy(at)
    return f'<text class="word {kind}" x="{x:.1f}" y="{y:.1f}">{escape(text)}</text>'


def _landmark(mark: Landmark, language: str) -> str:
    x, y = LENS.xy(mark.at)
    beside = x + (6 if mark.side == "east" else -6)
    return (
        f'<circle class="landmark" cx="{x:.1f}" cy="{y:.1f}" r="2.4"/>'
        f'<text class="word word-landmark is-{mark.side}" x="{beside:.1f}" y="{y + 3.5:.1f}">'
        f"{escape(mark.name.get(language))}</text>"
    )


def _taken(outlines: Outlines, language: str) -> list[Taken]:
    """Where words stand that matter more than the name of an old unit, as boxes of the drawing."""
    found: list[Taken] = [
        (INSET[0] - 4, INSET[1], INSET[2] + 8, INSET[3]),
        (0, 0, 250, 52),
        (0, HEIGHT - 40, WIDTH, 40),
    ]
    for key, at in outlines.labels.items():
        if key != outlines.inset:
            x, y = LENS.xy(at)
            found.append((x - 60, y - 18, 120, 36))
    for mark in outlines.landmarks:
        x, y = LENS.xy(mark.at)
        wide = 10 + 5.6 * len(mark.name.get(language))
        found.append((x - 4 if mark.side == "east" else x - wide, y - 7, wide + 4, 14))
    for word in outlines.words:
        x, y = LENS.xy(word.at)
        wide = 7.0 * len(word.name.get(language))
        found.append((x if word.kind == "zone" else x - wide / 2, y - 12, wide, 18))
    return found


def _named(part: Part, at: XY, result: KpiResult, language: str) -> str:
    x, y = LENS.xy(at)
    name, shown = escape(part.label.get(language)), escape(_shown(part, result, language))
    return (
        f'<text class="word word-area" x="{x:.1f}" y="{y - 5:.1f}">{name}</text>'
        f'<text class="word word-value" x="{x:.1f}" y="{y + 15:.1f}">{shown}</text>'
    )


def _level(found: Level, at: XY) -> str:
    """The shape of what lasts in an area, beside its number."""
    x, y = LENS.xy(at)
    return shape(found, x - 26 - GLYPH, y - 1)


def _shown(part: Part, result: KpiResult, language: str) -> str:
    if result.kpi.unit == "percent":
        return value(language, result.kpi, part.value.number)[0]
    return number(language, part.value.number, result.kpi.decimals)


def _inset(
    outlines: Outlines, parts: Mapping[str, Part], top: float, result: KpiResult, language: str, marked: str = ""
) -> str:
    """The far area in a frame at the top right, with its own scale."""
    key = outlines.inset
    if key is None:
        return ""
    rings = outlines.areas[key]
    xs, ys = ([point[axis] for ring in rings for point in ring] for axis in (0, 1))
    left, head, width, height = INSET
    right, foot = left + width - 9, head + height - 9
    paths = "".join(
        "M"
        + "L".join(
            f"{right - (max(xs) - x) * INSET_SCALE:.1f} {foot - (y - min(ys)) * INSET_SCALE:.1f}" for x, y in ring
        )
        + "Z"
        for ring in rings
    )
    part = parts.get(key)
    shade = step(part.value.number if part else None, top)
    frame = f'<rect class="inset" x="{left:g}" y="{head:g}" width="{width:g}" height="{height:g}" rx="6"/>'
    land = f'<path class="land step-{shade}{marked}" d="{paths}"/><path class="border" d="{paths}"/>'
    if part is None:
        return frame + land
    return (
        f'{frame}{land}<text class="word word-inset" x="{left + 10:g}" y="{head + 20:g}">'
        f"{escape(part.label.get(language))}</text>"
        f'<text class="word word-inset word-value" x="{left + 10:g}" y="{head + 42:g}">'
        f"{escape(_shown(part, result, language))}</text>"
    )
