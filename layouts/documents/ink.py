"""The style of figures for readers that know neither variables nor rem nor mixed colours."""

from __future__ import annotations

import re
from pathlib import Path

from layouts.tokens import tokens

ASSETS = Path(__file__).parents[2] / "assets"
VAR = re.compile(r"var\(--([a-z0-9-]+)(?:,[^()]*(?:\([^()]*\))?)?\)")
REM = re.compile(r"(?<![\w.])(\d*\.?\d+)rem")
ROLE = re.compile(r"([^{}]+)\{--role:([^{};]+)\}")
MIX = re.compile(r"color-mix\(in srgb,([^,()]+) (\d+)%,([^,()]+)\)")


def rules(rem: float) -> list[str]:
    """Every rule of ``figure.css`` in the light theme, a rem as ``rem`` px."""
    given = tokens("light")
    css = re.sub(r"/\*.*?\*/", "", (ASSETS / "figure.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    css = ROLE.sub(_painted, css).replace("stroke:var(--role)", "").replace("fill:var(--role)", "")
    css = css.replace("var(--halo,var(--surface))", "var(--surface)")
    css = VAR.sub(lambda found: given[found[1]], VAR.sub(lambda found: given[found[1]], css))
    css = MIX.sub(lambda found: _mixed(found[1], int(found[2]), found[3]), css)
    css = REM.sub(lambda found: f"{float(found[1]) * rem:g}px", css)
    return [rule.strip() for rule in re.findall(r"[^{}]+\{[^{}]*\}", css)]


def _painted(found: re.Match[str]) -> str:
    """A rule that names the colour of a role: lines are stroked with it, bars and dots filled."""
    painted = []
    for selector in found[1].split(","):
        paint = "stroke" if ".line" in selector else "fill"
        painted.append(f".figure {selector.strip()}{{{paint}:{found[2]}}}")
    return "".join(painted)


def _mixed(colour: str, percent: int, ground: str) -> str:
    """``percent`` of a colour over a ground, both written with six digits."""
    pairs = zip(_channels(colour), _channels(ground), strict=True)
    return "#" + "".join(f"{round((a * percent + b * (100 - percent)) / 100):02x}" for a, b in pairs)


def _channels(colour: str) -> list[int]:
    return [int(colour.strip()[at : at + 2], 16) for at in (1, 3, 5)]
