"""A figure for print: the same marks in the same SVG, in pt, with the letters of the paper, readable without colour.

Dash, weight and hatching tell apart what colour tells apart on a screen.
"""

from __future__ import annotations

from functools import cache

from layouts import lens
from layouts.documents.ink import rules
from layouts.marks import Figure
from layouts.placement import Room
from layouts.svg import svg
from layouts.tokens import tokens

FAMILY = "Tinos"
REM = 12.6  # pt: words of a figure are then 9.5 pt high
WIDTH = 467.0  # pt: the 165 mm between the margins of the paper
LEFT, RIGHT, TOP, BOTTOM = 4.0, 46.0, 14.0, 18.0
LINE, LETTER = 12.8, 4.7  # pt of a line of words, from the rule it stands on, and of a letter


def plate(figure: Figure, height: float = 150.0) -> str:
    """The figure as one file of WIDTH by ``height`` pt."""
    wide, high = WIDTH - LEFT - RIGHT, height - TOP - BOTTOM
    inner = svg(figure, "figure figure-hero", (wide, high)).replace(
        'width="100%" height="100%"', f'x="{LEFT:g}" y="{TOP:g}" width="{wide:g}" height="{high:g}"', 1
    )
    return _file(WIDTH, height, style(), inner)


def room(height: float) -> Room:
    """What words take of a figure ``height`` pt high."""
    return Room(LINE / (height - TOP - BOTTOM), LETTER / (WIDTH - LEFT - RIGHT))


def map_plate(drawing: str, width: float, height: float) -> str:
    """A map, drawn for a screen, as one file of ``width`` by ``height`` pt; what does not fit in below is cut."""
    drawing = drawing.replace(f"0 0 {lens.WIDTH} {lens.HEIGHT}", f"0 0 {lens.WIDTH} {lens.WIDTH * height / width:g}")
    inner = drawing.replace('width="100%" height="100%"', f'width="{width:g}" height="{height:g}"', 1)
    return _file(width, height, style(), inner)


@cache
def style() -> str:
    """The style of figures on paper: every word in black, every line with a weight and a dash of its own."""
    given = tokens("light")
    ink, paper = given["sev-outline"], given["surface"]
    kept = [rule for rule in rules(REM) if ".text" not in rule]
    own = (
        f"text{{font-family:{FAMILY};fill:{ink}}}.figure text{{font-size:9.5px;fill:{ink};stroke:{paper};"
        "stroke-width:2.4px;paint-order:stroke;stroke-linejoin:round}"
        f".figure .is-strong{{font-weight:700}}.figure .line-now{{stroke:{given['accent-ink']};stroke-width:1.7px}}"
        f".figure .line-prev{{stroke:{ink};stroke-width:.8px;stroke-dasharray:3 2}}"
        f".figure .bar-now{{fill:{given['river-300']};stroke:{given['accent-ink']};stroke-width:.5px}}"
        f".figure .bar-strong{{fill:{given['accent-ink']}}}"
        f".figure .rule{{stroke:{ink};stroke-width:.9px;stroke-dasharray:1.2 2}}"
        ".figure .rule-alert{stroke-dasharray:4 2}.figure .rule-emergency{stroke-dasharray:none;stroke-width:1.3px}"
        f".grid{{stroke:{given['sev-stale']};stroke-width:.25px}}.map .word{{fill:{ink}}}"
    )
    return "".join(kept) + own


def _file(width: float, height: float, style: str, inner: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}pt" '
        f'height="{height:g}pt"><style>{style}</style>{inner}</svg>'
    )
