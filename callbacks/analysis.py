"""The analysis page of one KPI: its address read, its view answered and drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil

from dash.development.base_component import Component

from callbacks.alerts import almanac
from callbacks.boards import units
from callbacks.session import Session
from callbacks.views import afforded, pinned, readable, unasked
from data.alerts.events import Events
from data.areas.outline import Outlines
from data.catalogue import Kpi
from data.kpis.result import KpiResult
from data.kpis.rows import RowPage
from data.kpis.sieve import Sieve
from data.kpis.sight import Sight
from layouts.address import parse
from layouts.analysis.page import page
from layouts.view import Notice, View, search

PAGE_ROWS = 50


@dataclass(frozen=True, slots=True)
class Analysis:
    """What is shown, the answers it is made of, and the addresses likely to be asked for next.

    One that is not to be ``kept`` holds something that could not be read; one may show ``personal`` columns.
    """

    body: Component
    results: tuple[KpiResult, ...]
    near: tuple[tuple[str, str], ...]
    kept: bool
    personal: bool


def analysis(
    service: Sight,
    outlines: Outlines | None,
    events: Events | None,
    reader: Session,
    kpi: Kpi,
    asked: str,
    *said: Notice,
) -> Analysis:
    """The view a search string asks for; ``said`` is what else its reader has to know."""
    catalogue, clock = service.catalogue, service.clock
    today, began = clock.now().date(), clock.monotonic()
    known = almanac(service, events, asked, kpi)
    seen, view = pinned(service, parse(asked, kpi, catalogue, today, known))
    view = replace(view, notices=(*said, *view.notices))
    view, (result, breakdowns, drawn) = afforded(seen, view, kpi)
    beyond = unasked(seen, view, kpi, [result, *breakdowns])
    view, listed = paged(seen, view)
    stuck = culprits(seen, view) if view.sieves and not listed.total and not listed.slow else ()
    load, _, line = view.row.partition("-")
    opened = seen.record(view.query(), int(load), int(line)) if view.row else None
    sql = "" if view.row else seen.sql(view.query())
    took = (clock.monotonic() - began) * 1000
    body = page(
        kpi, view, result, breakdowns, listed, catalogue, reader.language, reader.theme, today,
        took, outlines, opened, drawn, reader.notebook, beyond, sql, known, stuck,
    )  # fmt: skip
    return Analysis(
        body,
        (result, *drawn.beside),
        _near(view, kpi, seen),
        readable([result, *breakdowns, *drawn.every]) and not listed.slow,
        any(item.personal for item in listed.columns),
    )


def paged(seen: Sight, view: View) -> tuple[View, RowPage]:
    """The rows a view asks for, and the view of them: their last page where it asks for one past it."""
    listed = _rows(seen, view)
    if listed.rows or listed.slow or view.page == 1:
        return view, listed
    total = _rows(seen, replace(view, page=1)).total
    view = replace(view, page=max(1, ceil(total / PAGE_ROWS)))
    return view, _rows(seen, view)


def _rows(seen: Sight, view: View) -> RowPage:
    return seen.rows(view.query(), view.sort, (view.page - 1) * PAGE_ROWS, PAGE_ROWS, view.sieves)


def culprits(seen: Sight, view: View) -> tuple[Sieve, ...]:
    """Of sieves that let no row through, those without which there are some; all where only together they let none."""
    query, sieves = view.query(), view.sieves
    if not seen.rows(query, limit=1).total:
        return ()
    alone = tuple(one for one in sieves if seen.rows(query, limit=1, sieves=[s for s in sieves if s != one]).total)
    return alone or sieves


def _near(view: View, kpi: Kpi, seen: Sight) -> tuple[tuple[str, str], ...]:
    """The same view of the city and of each of its areas."""
    places = [(), *((area.id,) for area in units(seen.catalogue))] if "area" in kpi.dimensions else []
    return tuple((f"/kpi/{view.code}", search(view.choosing("area", place))) for place in places)
