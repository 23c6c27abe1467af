"""The catalogue of indicators: every KPI by domain, found by typing without marks or capitals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from dash import dcc, html

from data.catalogue import LANGUAGES, Kpi
from data.kpis.result import Freshness, KpiResult
from data.messages import t
from layouts import format
from layouts.icons import icon
from layouts.sources import span
from layouts.state import glyph, state, word

HEADS = ("code", "name", "unit", "owner", "fresh", "level")


def indicators(results: Sequence[KpiResult], language: str) -> html.Div:
    """The whole page, from one answer a KPI; domains stand in the order in which they first come."""
    domains = list(dict.fromkeys(result.kpi.domain for result in results))
    heads = [html.Th(t(language, f"indicators.{name}"), scope="col") for name in HEADS]
    bodies = [_domain(name, [r for r in results if r.kpi.domain == name], language) for name in domains]
    table = html.Table([html.Thead(html.Tr(heads)), *bodies], className="reg-table ix-table")
    return html.Div(
        [_head(len(results), language), html.Section([table, _nothing(language)], className="reg-card ix-card")],
        className="reg",
    )


def _head(total: int, language: str) -> html.Header:
    asked = t(language, "indicators.search")
    field = html.Div(
        [
            icon("search"),
            html.Input(type="search", placeholder=asked, autoComplete="off", **{"aria-label": asked, "data-find": ""}),
            html.Kbd(t(language, "indicators.key"), title=t(language, "indicators.key.title")),
        ],
        className="ix-search", role="search",
    )  # fmt: skip
    found = html.P(
        [html.B(str(total), **{"data-found": ""}), " / ", t(language, "indicators.count", n=total)],
        className="reg-sum", role="status",
    )  # fmt: skip
    return html.Header([html.H1(t(language, "indicators.title")), found, field], className="reg-head ix-head")


def _nothing(language: str) -> html.Div:
    """Shown by the search when no indicator is left; it repeats what was typed."""
    return html.Div(
        [
            html.P([t(language, "indicators.nothing"), html.Q(**{"data-asked": ""})], className="ix-said"),
            html.P(t(language, "indicators.nothing.text"), className="reg-text"),
            html.Button(t(language, "indicators.clear"), type="button", className="copy", **{"data-find-clear": ""}),
        ],
        className="ix-nothing", hidden=True, role="status", **{"data-nothing": ""},
    )  # fmt: skip


def _domain(name: str, results: Sequence[KpiResult], language: str) -> html.Tbody:
    said = [html.Span(t(language, f"indicators.domain.{name}")), html.Small(str(len(results)))]
    head = html.Tr(html.Th(said, colSpan=len(HEADS), scope="rowgroup"), className="ix-domain")
    return html.Tbody([head, *(_row(result, language) for result in results)], **{"data-domain": name})


def _row(result: KpiResult, language: str) -> html.Tr:
    kpi, now = result.kpi, state(result)
    cells = [
        html.Td(kpi.code, className="ix-code"),
        html.Th(dcc.Link(kpi.name.get(language), href=f"/kpi/{kpi.code}"), scope="row", className="ix-name"),
        html.Td(_unit(kpi, language), className="ix-unit"),
        html.Td(kpi.owner.get(language), className="ix-owner"),
        html.Td([icon(result.freshness.value), html.Span(_fresh(result, language))], className="ix-fresh"),
        html.Td([icon(glyph(now)), html.Span(word(result, language))], className="ix-level"),
    ]
    return html.Tr(cells, **{"data-words": words(kpi), "data-state": now})


def words(kpi: Kpi) -> str:
    """What the search looks in: code, names, owner, unit and domain in both languages."""
    texts = [kpi.code]
    for language in LANGUAGES:
        texts += [kpi.name.get(language), kpi.short.get(language) if kpi.short else "", kpi.owner.get(language)]
        texts += [_unit(kpi, language), t(language, f"indicators.domain.{kpi.domain}")]
    return " ".join(dict.fromkeys(text for text in texts if text))


def _unit(kpi: Kpi, language: str) -> str:
    return "%" if kpi.unit == "percent" else kpi.unit.get(language)


def _fresh(result: KpiResult, language: str) -> str:
    """Age against the promise of the number, in words."""
    promised = span(language, timedelta(seconds=result.kpi.fresh_within))
    if result.age is None:
        return t(language, "tile.never")
    if result.freshness is Freshness.ON_TIME:
        return t(language, "indicators.kept", promise=promised)
    key = "tile.late" if result.freshness is Freshness.LATE else "tile.silent"
    return t(language, key, age=format.age(language, result.age))
