"""The design tokens of ``assets/tokens.css`` as plain values, for figures that cannot read CSS."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

Theme = Literal["light", "dark"]
Tokens = MappingProxyType[str, str]

FILE = Path(__file__).parents[1] / "assets" / "tokens.css"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
BLOCK = re.compile(r"([^{}]+)\{([^{}]*)\}")
DECLARATION = re.compile(r"--([a-z0-9-]+)\s*:\s*([^;]+)")
REFERENCE = re.compile(r"var\(--([a-z0-9-]+)\)")


@cache
def tokens(theme: Theme) -> Tokens:
    """Every token of ``theme`` by name without dashes, ``var()`` resolved: ``tokens("dark")["ink"]``."""
    return parse(FILE.read_text(encoding="utf-8"))[theme]


def parse(css: str) -> dict[Theme, Tokens]:
    """Tokens of both themes in ``css``; ValueError if one refers to a token that is not there.

    Only ``:root`` and ``[data-theme=…]`` outside media rules count: density and reduced motion
    change sizes a figure gets by other means.
    """
    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    for selector, body in BLOCK.findall(_outside_media(COMMENT.sub("", css))):
        names = {name.strip() for name in selector.split(",")}
        found = {name: value.strip() for name, value in DECLARATION.findall(body)}
        if names & {":root", "[data-theme=light]"}:
            light |= found
        if "[data-theme=dark]" in names:
            dark |= found
    return {"light": _resolved(light), "dark": _resolved(light | dark)}


def _outside_media(css: str) -> str:
    """The text without its ``@media`` rules, which nest one level of blocks."""
    return re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", css)


def _resolved(values: dict[str, str]) -> Tokens:
    return MappingProxyType({name: _value(name, values, ()) for name in values})


def _value(name: str, values: dict[str, str], seen: tuple[str, ...]) -> str:
    if name in seen or name not in values:
        raise ValueError(f"token --{name} {'refers to itself' if name in seen else 'does not exist'}")
    return REFERENCE.sub(lambda found: _value(found[1], values, (*seen, name)), values[name])
