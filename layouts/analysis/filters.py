"""The menu of filters: every dimension of a KPI, its values to tick, found by a few letters without their marks."""

from __future__ import annotations

from html import escape

from data.catalogue import Catalogue, Kpi
from data.messages import t
from layouts.analysis.names import dimension
from layouts.analysis.pick import pick
from layouts.analysis.signs import sign
from layouts.view import View, column

SEARCHED = 7  # values from which on a list is easier to search than to read


def filters(view: View, kpi: Kpi, catalogue: Catalogue, language: str) -> str:
    """The menu as part of the form, so that ticks are sent with it; empty for a KPI without such dimensions."""
    lists = [_list(view, kpi, catalogue, name, language) for name in kpi.dimensions if column(kpi, catalogue, name)]
    if not lists:
        return ""
    name, act = escape(t(language, "analysis.more")), escape(t(language, "analysis.show"))
    return (
        f'<details class="an-period an-more"><summary class="an-field" title="{name} (F)" data-key="filter">'
        f"{sign('plus')}<b>{name}</b></summary>"
        f'<div class="an-pop"><div class="an-dims">{"".join(lists)}</div>'
        f'<button class="an-go" type="submit">{act}</button></div></details>'
    )


def _list(view: View, kpi: Kpi, catalogue: Catalogue, name: str, language: str) -> str:
    held = column(kpi, catalogue, name)
    values = held.values if held else {}
    chosen, label = view.chosen(name), escape(dimension(kpi, catalogue, name, language))
    find = escape(t(language, "analysis.more.find", name=dimension(kpi, catalogue, name, language).lower()))
    field = (
        f'<input type="search" data-sift placeholder="{find}" aria-label="{find}">' if len(values) >= SEARCHED else ""
    )
    items = "".join(
        f'<li><label><input type="checkbox" name="filter" value="{escape(pick(name, key))}"'
        f"{' checked' if key in chosen else ''}><span>{escape(text.get(language))}</span></label></li>"
        for key, text in values.items()
    )
    return f'<fieldset class="an-dim"><legend>{label}</legend>{field}<ul>{items}</ul></fieldset>'
