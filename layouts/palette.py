"""The palette: the field in the bar of every page, in which whatever can be gone to is found by a few letters.

It is a plain search of the catalogue; ``assets/palette.js`` lists what fits as it is typed, from the places the server
tells once.
"""

from __future__ import annotations

from html import escape

from data.messages import t
from layouts import ids
from layouts.icons import icon
from layouts.markup import Markup


def field(language: str) -> Markup:
    """The field in the bar; sent as it is, it searches the catalogue of indicators."""
    said, none = escape(t(language, "palette.find")), escape(t(language, "palette.none"))
    given = (
        f'<input type="search" name="q" placeholder="{said}" class="find-all-field" autocomplete="off" maxlength="100" '
        f'role="combobox" aria-label="{said}" aria-controls="{ids.FOUND}" aria-expanded="false" '
        f'aria-autocomplete="list" data-palette data-own data-none="{none}">'
    )
    listed = f'<div id="{ids.FOUND}" class="find-all-list" role="listbox" aria-label="{said}" data-own hidden></div>'
    form = '<form action="/indicators" method="get" role="search" class="find-all">'
    return Markup(html=f"{form}{icon('search').html}{given}<kbd>/</kbd>{listed}</form>", className="find-all-box")
