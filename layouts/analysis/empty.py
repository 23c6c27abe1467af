"""When there is nothing to show: why, and the one step that helps."""

from __future__ import annotations

from datetime import timedelta

from dash import html

from data.catalogue import Catalogue
from data.kpis.result import KpiResult
from data.messages import t
from layouts import format
from layouts.analysis.controls import span
from layouts.analysis.names import dimension, member
from layouts.view import View

Step = tuple[str, View]
SLOW = "refusal.slow"
FEW = 30


def empty(
    result: KpiResult, breakdowns: tuple[KpiResult, ...], view: View, catalogue: Catalogue, language: str
) -> html.Div:
    """A refusal with its reason, or an empty answer with the filter that emptied it."""
    if result.refusal:
        steps = (
            [(t(language, "analysis.empty.drop_all"), view.with_(filters=(), areas=()))]
            if view.filters or view.areas
            else []
        )
        steps += _shorter(result, view, language)
        return _told(t(language, "analysis.refused"), t(language, result.refusal), steps)
    steps = [_drop(result, name, view, catalogue, language) for name in culprits(breakdowns, view)]
    if steps:
        names = ", ".join(_said(result, name, view, catalogue, language) for name in culprits(breakdowns, view))
        return _told(t(language, "analysis.empty"), t(language, "analysis.empty.filter", filter=names), steps)
    days = span(language, view.first, view.last)
    return _told(
        t(language, "analysis.empty"),
        t(language, "analysis.empty.period", period=days),
        _newest(result, view, language),
    )


def culprits(breakdowns: tuple[KpiResult, ...], view: View) -> tuple[str, ...]:
    """The filters to blame: those without which there are numbers, else all that are set.

    A breakdown by a dimension leaves that dimension's own filter out, so it shows what would be
    there without it.
    """
    chosen = [name for name in ("area", *(name for name, _ in view.filters)) if view.chosen(name)]
    alive = {r.query.by for r in breakdowns if any(part.value.number is not None for part in r.parts)}
    return tuple(name for name in chosen if name in alive) or tuple(chosen)


def _said(result: KpiResult, name: str, view: View, catalogue: Catalogue, language: str) -> str:
    members = ", ".join(member(result.kpi, catalogue, name, value, language) for value in view.chosen(name))
    return t(language, "analysis.chip", name=dimension(result.kpi, catalogue, name, language), value=members)


def _drop(result: KpiResult, name: str, view: View, catalogue: Catalogue, language: str) -> Step:
    return t(language, "analysis.drop", filter=_said(result, name, view, catalogue, language)), view.choosing(name, ())


def _newest(result: KpiResult, view: View, language: str) -> list[Step]:
    """A period of the same length that ends with the newest data."""
    known = result.last_known.at if result.last_known else result.stamp.as_of
    if known is None or view.first <= known.date() <= view.last:
        return []
    last = known.date()
    there = view.with_(first=last - (view.last - view.first), last=last)
    return [(t(language, "analysis.empty.newest", day=format.day(language, last)), there)]


def _shorter(result: KpiResult, view: View, language: str) -> list[Step]:
    """The last days of a period that took too long."""
    if result.refusal != SLOW or (view.last - view.first).days < FEW:
        return []
    return [(t(language, "analysis.empty.shorter", days=FEW), view.with_(first=view.last - timedelta(days=FEW - 1)))]


def _told(title: str, why: str, steps: list[Step]) -> html.Div:
    links = [html.A(label, href=there.href, className="an-button") for label, there in steps]
    return html.Div([html.H3(title), html.P(why), html.Div(links, className="an-steps")], className="an-empty")
