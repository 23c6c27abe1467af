"""A figure as one SVG file: its colours, sizes and letters inside it, and under it where it comes from."""

from __future__ import annotations

import base64
from functools import cache
from html import escape

from data.kpis.result import KpiResult, Mark
from data.messages import t
from layouts.documents.facts import marks, unit
from layouts.documents.ink import ASSETS, rules
from layouts.format import moment, phrase
from layouts.marks import Figure
from layouts.svg import svg
from layouts.tokens import tokens

FONTS = {
    "hanken-grotesk-latin-wght-normal.woff2": "U+0000-00FF,U+2000-206F,U+20AC,U+2122,U+2212",
    "hanken-grotesk-vietnamese-wght-normal.woff2": "U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,"
    "U+01AF-01B0,U+0300-0301,U+0303-0304,U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB",
}
FAMILY = "Hanken Grotesk"
WIDTH, HEIGHT = 1200, 630
LEFT, TOP, RIGHT, BOTTOM = 48, 150, 110, 112
SCALE = 22.0  # px of one rem: a sheet is read from further than a tile


def drawing(result: KpiResult, figure: Figure, language: str, note: str) -> str:
    """A sheet of 1200 by 630 units with ``figure`` of ``result``; ``note`` says period and filters."""
    kpi = result.kpi
    wide, high = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
    inner = svg(figure, "figure figure-hero").replace(
        'width="100%" height="100%"', f'x="{LEFT}" y="{TOP}" width="{wide}" height="{high}"', 1
    )
    simulated = Mark.SIMULATED in result.marks
    stamp = f'<text class="warning" x="{WIDTH - LEFT}" y="46">{escape(t(language, "shell.simulated"))}</text>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'role="img" lang="{language}"><title>{escape(kpi.name.get(language))}</title>'
        f"<desc>{escape(figure.alt or kpi.definition.get(language))}</desc><style>{style()}</style>"
        f'<rect class="sheet" width="{WIDTH}" height="{HEIGHT}"/>'
        f'<text class="title" x="{LEFT}" y="58">{escape(kpi.name.get(language))}</text>'
        f'<text class="value" x="{LEFT}" y="104">{escape(phrase(language, kpi, result.value.number))}</text>'
        f'<text class="note" x="{WIDTH - LEFT}" y="104" text-anchor="end">{escape(note)}</text>'
        f"{stamp if simulated else ''}{inner}{_foot(result, language)}</svg>"
    )


def _foot(result: KpiResult, language: str) -> str:
    sources = ", ".join(state.source.name.get(language) for state in result.sources)
    as_of = moment(language, result.stamp.as_of, year=True) if result.stamp.as_of else "—"
    told = (
        f"{result.kpi.code} · {unit(result, language)} · {t(language, 'delimited.source')}: {sources}",
        f"{t(language, 'delimited.as_of')} {as_of} · {t(language, 'delimited.snapshot')} {result.stamp.snapshot}"
        f" · {marks(result, language)}",
    )
    lines = (f'<text class="foot" x="{LEFT}" y="{HEIGHT - 42 + 24 * i}">{escape(x)}</text>' for i, x in enumerate(told))
    return "".join(lines)


@cache
def style() -> str:
    """The style of figures with every token resolved, for readers that know neither variables nor rem."""
    given = tokens("light")
    own = (
        f"text{{font-family:'{FAMILY}',Arial,sans-serif}}.sheet{{fill:{given['surface']}}}"
        f".title{{font-size:30px;font-weight:600;fill:{given['ink-2']}}}"
        f".value{{font-size:40px;font-weight:600;fill:{given['ink']}}}"
        f".note,.foot{{font-size:17px;fill:{given['ink-2']}}}"
        f".warning{{font-size:17px;font-weight:600;fill:{given['sev-watch-ink']};text-anchor:end}}"
    )
    return "".join(map(_font, FONTS)) + "".join(rule for rule in rules(SCALE) if ".map" not in rule) + own


def _font(name: str) -> str:
    content = base64.b64encode((ASSETS / "fonts" / name).read_bytes()).decode()
    return (
        f"@font-face{{font-family:'{FAMILY}';font-weight:100 900;unicode-range:{FONTS[name]};"
        f"src:url(data:font/woff2;base64,{content}) format('woff2')}}"
    )
