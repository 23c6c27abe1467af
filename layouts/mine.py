"""A reader's own board: each view they have pinned as the tile of its KPI, which leads back to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html

from data.catalogue import Catalogue
from data.kpis.result import KpiResult
from data.messages import t
from data.remarks.remark import Remark
from layouts.analysis.controls import span
from layouts.analysis.names import dimension, member
from layouts.remarked import remarked
from layouts.tile import tile
from layouts.view import View


@dataclass(frozen=True, slots=True)
class Pinned:
    """A view with its title, the answer to it, and what was written for everybody about its KPI."""

    title: str
    view: View
    result: KpiResult
    remarks: Sequence[Remark] = ()


def mine(pinned: Sequence[Pinned], catalogue: Catalogue, language: str) -> html.Div:
    """The whole page."""
    head = html.Header(
        [html.H1(t(language, "mine.title")), html.P(t(language, "mine.text"), className="reg-text")],
        className="reg-head",
    )
    if not pinned:
        way = html.A(t(language, "mine.way"), href="/workspaces", className="copy")
        return html.Div([head, html.P(t(language, "mine.empty"), className="reg-quiet"), way], className="reg mine")
    cells = [_cell(one, place, catalogue, language) for place, one in enumerate(pinned)]
    return html.Div([head, html.Div(cells, className="mine-grid")], className="reg mine")


def _cell(one: Pinned, place: int, catalogue: Catalogue, language: str) -> html.Div:
    """A tile, and under it what exactly its number is of."""
    said = told(one, catalogue, language)
    remark = remarked(one.result, one.remarks, language)
    made = tile(one.result, language, named=(one.title, one.view.href, said), said=remark)
    made.id = f"mine-{place}"  # the same KPI may be pinned twice
    return html.Div([made, html.P(said)], className="mine-cell")


def told(one: Pinned, catalogue: Catalogue, language: str) -> str:
    """What a view shows in words: its KPI, its days, its area and filters."""
    kpi, view = one.result.kpi, one.view
    chosen = [("area", view.areas)] if view.areas else []
    said = [
        t(language, "analysis.chip", name=dimension(kpi, catalogue, name, language),
          value=", ".join(member(kpi, catalogue, name, value, language) for value in values))
        for name, values in (*chosen, *view.filters)
    ]  # fmt: skip
    return " · ".join([kpi.name.get(language), span(language, view.first, view.last), *said])
