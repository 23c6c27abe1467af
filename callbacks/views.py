"""A view answered: its questions and those of what it is held against, asked as one batch."""

from __future__ import annotations

from dataclasses import replace

from data.calendar.occasion import occasion
from data.catalogue import Kpi
from data.kpis.beside import beside, elsewhere, planned
from data.kpis.query import Compare
from data.kpis.result import KpiResult
from data.kpis.sight import Sight
from layouts.analysis.names import occasion_name
from layouts.view import Notice, View


def pinned(service: Sight, view: View) -> tuple[Sight, View]:
    """Where a view is asked: of the snapshot it is pinned to, or of the newest, saying so, where that is gone."""
    if view.snapshot is None:
        return service, view
    found = service.pinned(view.snapshot)
    if found is not None:
        return found, view
    gone = Notice("view.snapshot.gone", str(view.snapshot))
    return service, replace(view, snapshot=None, notices=(*view.notices, gone))


def answered(service: Sight, view: View, kpi: Kpi) -> tuple[KpiResult, ...]:
    """The answer of a view, then its breakdowns, each with what it is compared with."""
    asked = [view.query(), *(view.query(by) for by in view.splits(kpi))]
    if view.compare is Compare.AREA and view.other:
        there = [elsewhere(query, view.other) for query in asked]
        found = service.ask([*asked, *there])
        pairs = zip(found[: len(asked)], found[len(asked) :], strict=True)
        return tuple(beside(here, other, service.catalogue.areas[view.other].name) for here, other in pairs)
    found = service.ask(asked)
    if view.compare is Compare.TARGET:
        return tuple(map(planned, found))
    return tuple(_named(result, view, service) for result in found)


def _named(result: KpiResult, view: View, service: Sight) -> KpiResult:
    """An answer held against an occasion, which has a name."""
    held = result.comparison
    other = occasion(service.catalogue.city, view.other) if view.compare is Compare.EVENT and view.other else None
    if held is None or other is None:
        return result
    return replace(result, comparison=replace(held, name=occasion_name(other)))
