"""The frame of a figure: its name, what it is in, the way to its numbers as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dash import html
from dash.development.base_component import Component

from data.messages import t
from layouts.analysis.signs import sign
from layouts.markup import Markup

Children = Component | Sequence[Component]


def framed(
    name: str,
    title: str,
    said: str,
    figure: Children,
    numbers: html.Div,
    language: str,
    aside: Sequence[Component] = (),
) -> html.Article:
    """A figure that T turns into its ``numbers``; ``said`` stands beside its title, ``aside`` at the right end."""
    head = [html.H3(title, title=title), html.Small(said, title=said), html.Span(className="an-space"), *aside]
    drawn = html.Div(figure, className="an-figure")
    return html.Article(
        [html.Header([*head, turn(language)], className="an-card-h"), drawn, numbers],
        className=f"an-card an-shown an-shown-{name.partition('-')[0]}", **{"data-figure": name},
    )  # fmt: skip


def bare(title: str, why: str, aside: Sequence[Component] = ()) -> html.Article:
    """A figure that cannot be drawn, and why."""
    head = html.Header([html.H3(title, title=title), html.Span(className="an-space"), *aside], className="an-card-h")
    return html.Article([head, html.P(why, className="an-quiet")], className="an-card an-shown")


def turn(language: str) -> html.Button:
    """The button that turns a figure into its table and back."""
    table = t(language, "analysis.key.table")
    return html.Button(
        Markup(html=sign("table"), className="an-sign"), className="an-icon", type="button", title=f"{table} (T)",
        **{"data-act": "table", "aria-label": table, "aria-pressed": "false"},
    )  # fmt: skip


def spoken(sentence: str) -> html.Span:
    """A figure made of links as somebody hears it: one sentence, before its links."""
    return html.Span(className="unseen", role="img", **{"aria-label": sentence})


def numbers(heads: Sequence[str], lines: Iterable[Sequence[str | Component]]) -> html.Div:
    """A figure as a table: the first cell of a line names it, the others are numbers."""
    top = [html.Th(text, scope="col", className="is-number" if place else None) for place, text in enumerate(heads)]
    body = [
        html.Tr([html.Th(name, scope="row"), *(html.Td(cell, className="is-number") for cell in cells)])
        for name, *cells in lines
    ]
    table = html.Table([html.Thead(html.Tr(top)), html.Tbody(body)], className="an-table")
    return html.Div(table, className="an-scroll an-points", tabIndex="0")
