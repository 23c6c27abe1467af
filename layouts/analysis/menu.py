"""The menu of other KPIs to put beside the one shown, found by a few letters without their marks."""

from __future__ import annotations

from html import escape

from data.catalogue import Catalogue
from data.messages import t
from layouts.analysis.signs import sign
from layouts.markup import Markup
from layouts.view import Show, View


def menu(view: View, catalogue: Catalogue, language: str) -> Markup:
    """Every other KPI as a link to the view with it."""
    name, find = escape(t(language, "analysis.beside.add")), escape(t(language, "analysis.beside.find"))
    links = "".join(
        f'<li><a href="{escape(view.with_(beside=(*view.beside, kpi.code), show=Show.BESIDE).href)}">'
        f"<small>{escape(kpi.code)}</small>{escape(kpi.name.get(language))}</a></li>"
        for kpi in catalogue.kpis.values() if kpi.code not in (view.code, *view.beside)
    )  # fmt: skip
    return Markup(
        html=f'<details class="an-period an-add"><summary class="an-field" title="{name} (B)">{sign("plus")}'
        f'<b>{name}</b></summary><div class="an-pop"><fieldset class="an-dim"><legend>{name}</legend>'
        f'<input type="search" data-sift placeholder="{find}" aria-label="{find}"><ul>{links}</ul>'
        "</fieldset></div></details>",
        className="an-add-box",
    )
