"""Sieves of the rows: a field for each column shown, a chip for each that is set, and which let nothing through."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from dash import html
from dash.development.base_component import Component

from data.catalogue import Catalogue, Kpi
from data.catalogue.dataset import ColumnType
from data.kpis.rows import RowPage
from data.kpis.sieve import Bound, Sieve
from data.messages import t
from layouts import format
from layouts.analysis.formula import label
from layouts.analysis.ids import FORM
from layouts.analysis.signs import sign
from layouts.markup import Markup
from layouts.view import View, bound, sifted

KINDS = {"integer": "number", "number": "number", "date": "date", "timestamp": "date"}


def sieves(page: RowPage, view: View, kpi: Kpi, catalogue: Catalogue, language: str) -> list[Component]:
    """The fields, behind a word; they are part of the form of the page, wherever they stand."""
    known, shown = sifted(kpi, catalogue), {column.name for column in page.columns}
    held = {sieve.column: sieve for sieve in view.sieves}
    fields = "".join(
        _field(held.get(name, Sieve(name)), kind, kpi, catalogue, language)
        for name, kind in known.items()
        if name in shown
    )
    if not fields:
        return []
    name, act = escape(t(language, "analysis.sieves")), escape(t(language, "analysis.show"))
    drawn = (
        f'<details class="an-sift"><summary>{name}</summary><div class="an-sifts">{fields}</div>'
        f'<button class="an-go" type="submit" form="{FORM}">{act}</button></details>'
    )
    return [Markup(html=drawn, className="an-sift-box")]


def _field(sieve: Sieve, kind: ColumnType, kpi: Kpi, catalogue: Catalogue, language: str) -> str:
    name = escape(_name(sieve, kpi, catalogue, language))
    if kind == "boolean":
        inside = _choice(sieve, name, language)
    elif kind == "text":
        inside = _input(f"has.{sieve.column}", "search", sieve.text, name, t(language, "analysis.sieves.has"))
    else:
        inside = _ends(sieve, KINDS[kind], name, language)
    return f"<fieldset><legend>{name}</legend>{inside}</fieldset>"


def _ends(sieve: Sieve, kind: str, name: str, language: str) -> str:
    """The two ends of numbers or days."""
    ends = (("min", sieve.low), ("max", sieve.high))
    hints = {key: t(language, f"analysis.sieves.{key}") for key, _ in ends}
    return "".join(
        _input(f"{key}.{sieve.column}", kind, bound(value), f"{name}, {escape(hints[key])}", hints[key])
        for key, value in ends
    )


def _input(name: str, kind: str, value: str, label: str, hint: str) -> str:
    more = ' step="any"' if kind == "number" else ""
    return (
        f'<input type="{kind}" name="{escape(name)}" form="{FORM}" value="{escape(value)}" maxlength="60" '
        f'aria-label="{label}" title="{escape(hint)}" placeholder="{escape(hint)}"{more}>'
    )


def _choice(sieve: Sieve, name: str, language: str) -> str:
    words = (("", "analysis.sieves.any"), ("1", "analysis.yes"), ("0", "analysis.no"))
    options = "".join(
        f'<option value="{value}"{" selected" if sieve.text == value else ""}>{escape(t(language, key))}</option>'
        for value, key in words
    )
    return f'<select name="has.{escape(sieve.column)}" form="{FORM}" aria-label="{name}">{options}</select>'


def chips(view: View, kpi: Kpi, catalogue: Catalogue, language: str) -> list[Component]:
    """What is set, each with its own cross."""
    if not view.sieves:
        return []
    return [html.Div([_chip(one, view, kpi, catalogue, language) for one in view.sieves], className="an-sifted")]


def _chip(sieve: Sieve, view: View, kpi: Kpi, catalogue: Catalogue, language: str) -> html.A:
    told = said(sieve, kpi, catalogue, language)
    drop = t(language, "analysis.drop", filter=told)
    rest = tuple(one for one in view.sieves if one != sieve)
    return html.A(
        [html.Span(told), Markup(html=sign("close"), className="an-sign")], href=view.with_(sieves=rest).href,
        className="an-chip", title=drop, **{"aria-label": drop},
    )  # fmt: skip


def emptied(stuck: Sequence[Sieve], kpi: Kpi, catalogue: Catalogue, language: str) -> str:
    """Which sieves let nothing through."""
    told = "; ".join(said(sieve, kpi, catalogue, language) for sieve in stuck)
    return t(language, "analysis.sieves.empty", filters=told)


def said(sieve: Sieve, kpi: Kpi, catalogue: Catalogue, language: str) -> str:
    """A sieve in words."""
    name, kind = _name(sieve, kpi, catalogue, language), sifted(kpi, catalogue).get(sieve.column)
    if kind == "boolean":
        value = t(language, "analysis.yes" if sieve.text == "1" else "analysis.no")
        return t(language, "analysis.chip", name=name, value=value)
    if sieve.text:
        return t(language, "analysis.sieves.holds", name=name, text=sieve.text)
    low, high = _bound(sieve.low, language), _bound(sieve.high, language)
    key = "between" if low and high else "from" if low else "to"
    return t(language, f"analysis.sieves.{key}", name=name, low=low, high=high)


def _bound(value: Bound, language: str) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return format.day(language, value)
    return format.number(language, value, 0 if value == int(value) else 2)


def _name(sieve: Sieve, kpi: Kpi, catalogue: Catalogue, language: str) -> str:
    return label(catalogue.datasets[kpi.datasets[0]], sieve.column, language)
