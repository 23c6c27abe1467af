"""The menu of other KPIs to put beside the one shown, found by a few letters without their marks."""

from __future__ import annotations

from html import escape

from data.messages import t
from layouts.analysis.ids import FORM
from layouts.analysis.signs import sign
from layouts.markup import Markup


def menu(language: str) -> Markup:
    """A field with a list that ``assets/analysis.js`` fills from the places told once; without it a code is typed."""
    name, find = escape(t(language, "analysis.beside.add")), escape(t(language, "analysis.beside.find"))
    return Markup(
        html=f'<details class="an-period an-add"><summary class="an-field" title="{name} (B)">{sign("plus")}'
        f'<b>{name}</b></summary><div class="an-pop"><fieldset class="an-dim"><legend>{name}</legend>'
        f'<input type="search" name="with" form="{FORM}" data-sift placeholder="{find}" aria-label="{find}"><ul></ul>'
        "</fieldset></div></details>",
        className="an-add-box",
    )
