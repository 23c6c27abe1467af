"""Registers: the sources, one source, and the catalogue of indicators."""

from __future__ import annotations

from dash.development.base_component import Component

from callbacks.boards import tile_query
from callbacks.search import terms
from data.kpis import inspection, quarantine
from data.kpis.sight import Sight
from layouts.indicators import Choice, indicators
from layouts.source import source
from layouts.sources import sources

SHORT, LONG = 3, 30
FAULTS = 50


def all_sources(service: Sight, language: str) -> Component:
    """Every source with its newest loads."""
    return sources(inspection.records(service, SHORT), language)


def one_source(service: Sight, name: str, search: str, language: str, acts: bool) -> Component:
    """One source at ``?page=``; ``acts`` says that the reader may take loads back."""
    page = terms(search).get("page", "1")
    here = int(page[:7]) if page.isascii() and page.isdigit() and int(page[:7]) >= 1 else 1
    faults = quarantine.faults(service, name, (min(here, 10**6) - 1) * FAULTS, FAULTS)
    now = service.clock.now()
    return source(inspection.record(service, name, LONG), faults, FAULTS, language, now, acts)


def all_indicators(service: Sight, search: str, language: str) -> Component:
    """Every KPI as its tile asks it, in one batch; what the address asks for is shown."""
    now = service.clock.now()
    results = service.ask([tile_query(kpi, now) for kpi in service.catalogue.kpis.values()])
    return indicators(results, Choice.of(terms(search)), language)
