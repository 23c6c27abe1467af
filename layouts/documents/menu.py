"""The menu of files: what is on the screen, in each form it can be taken away."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from data.messages import t
from layouts.analysis.signs import sign
from layouts.markup import Markup


def menu(address: str, query: str, kinds: Sequence[str], language: str) -> Markup:
    """A button that opens into links to ``address.kind``, and ``address/rows.kind`` for the rows.

    A PNG is the SVG, drawn by the browser that asks.
    """
    name = escape(t(language, "document.menu"))
    links = "".join(_link(address, query, kind, language) for kind in kinds)
    return Markup(
        html=f'<details class="files"><summary class="an-button" aria-label="{name}" title="{name}">{sign("export")}'
        f'<span class="files-name">{name}</span></summary><ul class="files-list">{links}</ul></details>',
        className="files-box",
    )


def _link(address: str, query: str, kind: str, language: str) -> str:
    drawn = ' data-draw="png"' if kind == "png" else ""
    joined = "/" if kind.startswith("rows.") else "."
    href = escape(f"{address}{joined}{'svg' if kind == 'png' else kind}{query}")
    return f'<li><a href="{href}" download{drawn}>{escape(t(language, f"document.{kind}"))}</a></li>'
