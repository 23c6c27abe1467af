"""The page a screen shows until somebody has paired it: a code, and where to type it."""

from __future__ import annotations

from math import cosh

from dash import html

from data.messages import t
from layouts.icons import icon
from layouts.markup import Markup

WIDTH, HEIGHT = 1920, 380
STRINGS = (((-40, 75), (930, 165), 11, 0.62, 60), ((990, 160), (1960, 50), 11, 0.62, 60),
           ((-20, 200), (960, 145), 12, 1.0, 120), ((960, 145), (1940, 215), 13, 1.0, 130))  # fmt: skip


def pairing(code: str, minutes: int, host: str, language: str) -> html.Main:
    """The code in groups a voice can say, and for how many minutes it holds."""
    spoken = f"{code[:3]} {code[3:]}"
    return html.Main(
        [
            Markup(html=_lanterns(), className="pair-lanterns"),
            html.P([icon("mark"), html.Strong(t(language, "shell.product"))], className="pair-mark"),
            html.Div(
                [
                    html.H1(t(language, "pair.title")),
                    html.P(spoken, id="code", className="pair-code"),
                    html.P([t(language, "pair.how"), " ", html.B(f"{host}/screens")]),
                    html.P(t(language, "pair.choose")),
                    html.P(t(language, "pair.until", n=minutes), id="until", className="pair-quiet"),
                ],
                className="pair-words",
            ),
            html.P(t(language, "pair.only"), className="pair-foot"),
        ],
        className="pair",
    )


def _lanterns() -> str:
    """Four strings of lanterns; here they are ornament, because there is no data yet."""
    drawn = "".join(_string(*one) for one in STRINGS)
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="100%" aria-hidden="true">{drawn}</svg>'


def _string(start: tuple[float, float], end: tuple[float, float], count: int, size: float, sag: float) -> str:
    points = [_hang(start, end, sag, index / count) for index in range(count + 1)]
    path = "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in (_hang(start, end, sag, i / 40) for i in range(41)))
    lamps = "".join(_lamp(x, y, size * (0.8 + 0.2 * ((3 * i) % 4) / 3), i) for i, (x, y) in enumerate(points[1:-1]))
    kind = "pair-near" if size == 1.0 else "pair-far"
    return f'<g class="{kind}"><path class="pair-cord" d="{path}"/>{lamps}</g>'


def _hang(start: tuple[float, float], end: tuple[float, float], sag: float, share: float) -> tuple[float, float]:
    """A point of a hanging cord: a catenary between two nails."""
    dip = sag * (cosh(1) - cosh(2 * share - 1)) / (cosh(1) - 1)
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share + dip


def _lamp(x: float, y: float, size: float, index: int) -> str:
    wide, high = 26 * size, 21 * size
    body = y + 16 * size + high
    return (
        f'<path class="pair-cap" d="M{x:.1f} {y:.1f}V{body - high:.1f}M{x:.1f} {body + high:.1f}v{14 * size:.1f}"/>'
        f'<ellipse class="pair-lamp is-{index % 3}" cx="{x:.1f}" cy="{body:.1f}" rx="{wide:.1f}" ry="{high:.1f}"/>'
        f'<ellipse class="pair-rib" cx="{x:.1f}" cy="{body:.1f}" rx="{wide * 0.45:.1f}" ry="{high:.1f}"/>'
    )
