"""The source record: one row as it was delivered, and the file, line and load it came in."""

from __future__ import annotations

from dash import html

from data.catalogue import Catalogue
from data.kpis.record import Origin
from data.kpis.rows import RowPage
from data.messages import t
from layouts import format
from layouts.analysis.rows import said
from layouts.analysis.signs import sign
from layouts.markup import Markup
from layouts.view import View

Record = tuple[RowPage, Origin]


def record(found: Record | None, view: View, catalogue: Catalogue, language: str) -> html.Aside:
    """The column at the right of the figures while a row is looked at; one that is not counted says so."""
    title, close = t(language, "analysis.record"), t(language, "analysis.record.close")
    back = html.A(
        Markup(html=sign("close"), className="an-sign"), href=view.with_(row="", page=view.page).href,
        className="an-icon", title=f"{close} (Esc)", **{"aria-label": close, "data-shortcut": "Escape"},
    )  # fmt: skip
    head = html.Div([html.H2(title), back], className="an-record-h")
    if found is None:
        body: list = [html.P(t(language, "analysis.record.gone"), className="an-quiet")]
    else:
        page, origin = found
        told = said(page, 0, catalogue, view, language)
        body = [
            html.Dl([_entry(*one) for one in _came(origin, language)], className="an-origin"),
            html.Dl([_entry(*one) for one in told]),
        ]
    return html.Aside([head, *body], className="an-side an-record", tabIndex="0", **{"aria-label": title})


def _came(origin: Origin, language: str) -> list[tuple[str, object]]:
    """Who delivered it, in which file and line, when it was received and in which load."""
    source: object = t(language, "analysis.record.unknown")
    if origin.source is not None:
        source = html.A(origin.source.name.get(language), href=f"/sources/{origin.source.id}")
    told = [
        ("source", source),
        ("file", html.Code(origin.path)),
        ("line", format.number(language, origin.line)),
        ("load", str(origin.load)),
        ("received", format.moment(language, origin.received_at, year=True)),
    ]
    return [(t(language, f"analysis.record.{name}"), said) for name, said in told]


def _entry(name: str, said: object) -> html.Div:
    return html.Div([html.Dt(name), html.Dd(said)])
