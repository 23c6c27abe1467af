"""Drivers: what a number depends on, side by side in one tile, each with its own status and age."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from data.catalogue.board import DriversTile
from data.catalogue.kpi import Kpi
from data.kpis.result import KpiResult, Mark
from data.messages import t
from layouts import comparison
from layouts.format import value
from layouts.icons import icon
from layouts.state import glyph, state, word, worst_source
from layouts.tile import ABSENT, absence, heading, source_age
from layouts.view import way


def drivers(
    item: DriversTile,
    kpis: Mapping[str, Kpi],
    results: Mapping[str, KpiResult],
    failures: Mapping[str, str],
    language: str,
    wall: bool = False,
    said: Mapping[str, Component] | None = None,
) -> html.Article:
    """The tile of ``item``; one that is awaited or has failed darkens its own column only.

    ``said`` are the marks of what people wrote, by the names of the KPIs.
    """
    cells = [
        _driver(results[name], language, wall, (said or {}).get(name))
        if name in results
        else _awaited(kpis[name], failures.get(name), language)
        for name in item.drivers
    ]
    simulated = any(Mark.SIMULATED in results[name].marks for name in item.drivers if name in results)
    marks = [html.P(t(language, "tile.simulated"), className="status is-quiet")] if simulated else []
    head = html.Div([html.H2(item.name.get(language), className="tile-title"), *marks], className="tile-head")
    body = html.Div([head, html.Ul(cells, className=f"drivers of-{len(cells)}")], className="tile-body")
    return html.Article(body, className="tile tile-drivers", **{"data-state": "ok"})


def _driver(result: KpiResult, language: str, wall: bool, mark: Component | None) -> html.Li:
    now = state(result)
    absent = now in ABSENT
    shown, unit = (
        (t(language, "format.missing"), "") if absent else value(language, result.kpi, result.value.number, wall)
    )
    if absent:
        said = html.P(absence(result, language), className="last-known")
    else:
        said = comparison.comparison(result, language) if now != "ok" or not wall else None
    source = worst_source(result)
    lamp = icon(source.freshness.value) if source else icon("nodata")
    aged = source_age(source, language, wall) if source else html.Span(t(language, "tile.no_source"))
    number: list[Component] = [
        html.Span(shown, className="number"),
        *([html.Span(unit, className="unit")] if unit else []),
    ]
    code = html.Span(result.kpi.code, className="code")
    end = [code] if mark is None else [mark, code]
    return html.Li(
        [
            html.P(html.A(_named(result.kpi, language, wall), href=way(result)), className="driver-name"),
            html.P([icon(glyph(now)), html.Span(word(result, language))], className="status" + _quiet(now)),
            html.Div(number, className="tile-value"),
            html.Div([said] if said is not None else [], className="tile-words"),
            html.Footer([lamp, aged, html.Span(end, className="provenance-end")], className="provenance"),
        ],
        className="driver",
        **{"data-state": now},
    )


def _named(kpi: Kpi, language: str, wall: bool) -> str:
    return (kpi.short or kpi.name).get(language) if wall else heading(kpi, language)


def _quiet(now: str) -> str:
    return " is-quiet" if now == "ok" else ""


def _awaited(kpi: Kpi, message: str | None, language: str) -> html.Li:
    said = message or t(language, "state.loading")
    number = html.Span(t(language, "format.missing"), className="number")
    parts = [html.P(heading(kpi, language), className="driver-name"), html.Div(number, className="tile-value"),
             html.P(said, className="last-known")]  # fmt: skip
    return html.Li(parts, className="driver", **{"data-state": "error" if message else "loading"})
