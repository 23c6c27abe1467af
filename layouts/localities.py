"""Localities: quiet names on the map of the city, where they leave room for what matters more."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from data.areas.outline import Outlines
from data.catalogue.area import Area
from layouts.lens import HEIGHT, WIDTH, Lens

Taken = tuple[float, float, float, float]
LETTER, LINE = 5.2, 12.0
RANKS = ("Phường ", "Xã ", " Ward", " Commune")


def names(places: Sequence[Area], outlines: Outlines, lens: Lens, taken: Sequence[Taken], language: str) -> str:
    """The names as SVG, in the order of the catalogue; one that would lie on another, or on a box
    (x, y, width, height) of ``taken``, is left out."""
    held, written = list(taken), []
    for area in places:
        x, y = lens.xy(outlines.place(*area.place))
        text = plain(area.name.get(language))
        box = (x - LETTER * len(text) / 2, y - LINE / 2, LETTER * len(text), LINE)
        inside = box[0] >= 0 and box[0] + box[2] <= WIDTH and box[1] >= 0 and box[1] + box[3] <= HEIGHT
        if inside and not any(meet(box, other) for other in held):
            held.append(box)
            written.append(f'<text class="word word-locality" x="{x:.1f}" y="{y + 3.5:.1f}">{escape(text)}</text>')
    return "".join(written)


def plain(name: str) -> str:
    """A name without the rank of what it names."""
    for rank in RANKS:
        name = name.removeprefix(rank).removesuffix(rank)
    return name


def meet(a: Taken, b: Taken) -> bool:
    """Whether two boxes (x, y, width, height) share any ground."""
    return a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]
