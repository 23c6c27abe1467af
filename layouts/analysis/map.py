"""The map of a view: areas by their number, each to be picked, those of today and those before they changed."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from data.areas.outline import Outlines
from data.catalogue import Catalogue
from data.kpis.result import KpiResult
from data.messages import t
from layouts import format
from layouts.analysis.breakdown import bars, unit_said
from layouts.analysis.frame import bare, framed, numbers
from layouts.analysis.pick import named
from layouts.former import former
from layouts.map import drawing
from layouts.markup import Markup
from layouts.view import View


def atlas(
    result: KpiResult, view: View, catalogue: Catalogue, outlines: Outlines | None, language: str
) -> html.Article:
    """The map of ``result``, which was asked by area, its numbers beside it; both are picked alike."""
    title, vintages = t(language, "analysis.map"), _vintages(view, catalogue, language)
    parts = {part.key: part for part in result.parts}
    if result.refusal or not any(part.value.number is not None for part in result.parts):
        return bare(title, t(language, result.refusal or "map.bare"), vintages)
    if outlines is None:
        return bare(title, t(language, "map.no_outlines"), vintages)
    picked = view.chosen("area")
    if view.old_areas:
        units = [catalogue.areas[key] for key in parts]
        drawn = former(result, parts, outlines, units, language, picked)
    else:
        drawn = drawing(result, parts, outlines, language, picked=picked)
    body = [Markup(html=drawn, className="an-map an-atlas"), bars(result, view, "area", language)]
    said = t(language, "analysis.map.said", said=unit_said(result, language))
    heads = [t(language, "analysis.area"), t(language, "analysis.ranking.value")]
    lines = [
        (
            named(view, "area", part.key, part.label.get(language), language),
            format.value(language, result.kpi, part.value.number)[0],
        )
        for part in result.parts
    ]
    figure = html.Div(body, className="an-mapped")
    return framed("map", title, said, figure, numbers(heads, lines), language, vintages)


def _vintages(view: View, catalogue: Catalogue, language: str) -> list[Component]:
    """The areas of today and those before them, where the view looks at a time of both."""
    if view.first >= catalogue.city.since and not view.old_areas:
        return []
    month = format.month(language, catalogue.city.since)
    links = [
        html.A(
            t(language, f"analysis.map.{name}", month=month),
            href=view.with_(old_areas=old, areas=()).href,
            **({"aria-current": "true"} if view.old_areas is old else {}),
        )
        for name, old in (("now", False), ("then", True))
    ]
    return [html.Nav(links, className="an-seg", **{"aria-label": t(language, "analysis.map.vintage")})]
