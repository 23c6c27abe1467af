"""Points: single places of one area on an enlargement, each a mark as grave as its number, the gravest named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from data.areas.outline import Outlines
from layouts.format import number
from layouts.lens import HEIGHT, WIDTH, Lens, around
from layouts.localities import Taken, meet

MOST_NAMED = 7
LEAST = 0.8  # km: one place alone still lies among its streets
LETTER, LINE, HALF = 8.4, 20.0, 5.5
BESIDE = ((9.0, 5.0, "start"), (-9.0, 5.0, "end"), (9.0, -8.0, "start"), (9.0, 18.0, "start"))


@dataclass(frozen=True, slots=True)
class Spotted:
    """A place (latitude, longitude) with its name and number."""

    name: str
    at: tuple[float, float]
    number: float | None


def points(spots: Sequence[Spotted], outlines: Outlines, unit: str, language: str, said: str) -> str:
    """The enlargement as SVG; the larger the number the larger the mark, and the gravest are named as far as there is
    room. ``unit`` is that of the numbers, ``said`` the map in words."""
    placed = [(spot, outlines.place(*spot.at)) for spot in spots]
    lens = around([at for _, at in placed] or outlines.zone or next(iter(outlines.areas.values()))[0], LEAST)
    order = sorted(placed, key=lambda one: -(one[0].number or 0.0))
    top = max((spot.number or 0.0 for spot in spots), default=0.0)
    marks = [_mark(spot, lens.xy(at), top) for spot, at in reversed(order)]
    drawn = [*ground(outlines, lens), *marks, *_named(order, lens, unit, language)]
    return (
        f'<svg class="map" viewBox="0 0 {WIDTH} {HEIGHT}" width="100%" height="100%" role="img" '
        f'aria-label="{escape(said)}">{"".join(drawn)}</svg>'
    )


def ground(outlines: Outlines, lens: Lens) -> list[str]:
    """Land, rivers and the quarter that is marked, as far as a lens shows them."""
    drawn = [f'<path class="land step-1" d="{lens.rings(rings)}"/>' for rings in outlines.areas.values()]
    drawn += [
        f'<path class="river" stroke-width="{river.width * lens.scale:.1f}" d="{lens.path(river.line, "")}"/>'
        for river in outlines.rivers
    ]
    return drawn + ([f'<path class="zone is-ground" d="{lens.path(outlines.zone)}"/>'] if outlines.zone else [])


def _mark(spot: Spotted, at: tuple[float, float], top: float) -> str:
    x, y = at
    half = HALF + (HALF * (spot.number or 0.0) / top if top else 0.0)
    corners = ((x, y - half), (x + half, y), (x, y + half), (x - half, y))
    return f'<path class="spot" d="M{"L".join(f"{a:.1f} {b:.1f}" for a, b in corners)}Z"/>'


def _named(order: Sequence[tuple[Spotted, tuple[float, float]]], lens: Lens, unit: str, language: str) -> list[str]:
    """Names beside their marks, the gravest first; one that would lie on another, or on a mark, is left out."""
    taken: list[Taken] = [(0, 0, 260, 50), (0, HEIGHT - 62, WIDTH, 62)]
    taken += [(x - HALF, y - HALF, 2 * HALF, 2 * HALF) for x, y in (lens.xy(at) for _, at in order)]
    written: list[str] = []
    for spot, at in order:
        if len(written) == MOST_NAMED:
            break
        x, y = lens.xy(at)
        told = spot.name if spot.number is None else f"{spot.name} {number(language, spot.number)}\u00a0{unit}"
        wide = LETTER * len(told)
        for right, down, anchor in BESIDE:
            left = x + right if anchor == "start" else x + right - wide
            box = (left, y + down - LINE + 4, wide, LINE)
            if left >= 0 and left + wide <= WIDTH and not any(meet(box, other) for other in taken):
                taken.append(box)
                word = f'<text class="word word-spot is-{anchor}" x="{x + right:.1f}" y="{y + down:.1f}">'
                written.append(f"{word}{escape(told)}</text>")
                break
    return written
