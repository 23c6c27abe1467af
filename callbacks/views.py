"""A view answered: its questions and those of what it is held against, asked as one batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from data.calendar.occasion import occasion
from data.calendar.period import Grain
from data.catalogue import Kpi
from data.kpis.beside import beside, elsewhere, planned
from data.kpis.query import Compare
from data.kpis.result import KpiResult
from data.kpis.service import SLOW
from data.kpis.sight import Sight
from layouts.analysis.names import occasion_name
from layouts.view import WIDTH, Notice, View, grains


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


def afforded(service: Sight, view: View, kpi: Kpi) -> tuple[View, tuple[KpiResult, ...]]:
    """The answers of a view; in wider steps, and saying so, where it asks more than its budget."""
    found = answered(service, view, kpi)
    for wider in _wider(view, kpi, service):
        if not slow(found) or (service.budget is not None and service.budget.gone()):
            break
        said = Notice(f"view.slow.{view.grain.value}", view.grain.value)
        cheaper = replace(view, grain=wider, notices=(*view.notices, said))
        found = answered(service, cheaper, kpi)
        if not slow(found):
            return cheaper, found
    return view, found


def unasked(service: Sight, view: View, kpi: Kpi, found: Sequence[KpiResult]) -> tuple[KpiResult, ...]:
    """Of an empty answer, the splits by filters that were not asked: each shows what would be there without its own."""
    asked = {result.query.by for result in found}
    chosen = [name for name in ("area", *(name for name, _ in view.filters)) if view.chosen(name)]
    lacking = [name for name in chosen if name in kpi.dimensions and name not in asked]
    empty = found[0].refusal is None and all(point.value.number is None for point in found[0].points)
    return tuple(service.ask([view.query(name) for name in lacking])) if empty and lacking else ()


def slow(found: Sequence[KpiResult]) -> bool:
    """Whether an answer was not read within its budget."""
    return any(result.refusal == SLOW.refusal for result in found)


def _wider(view: View, kpi: Kpi, service: Sight) -> tuple[Grain, ...]:
    """The next wider step, then the widest that leaves two buckets at least."""
    order, offered = list(Grain), grains(kpi, service.catalogue)
    days = (view.last - view.first).days + 1
    wider = [step for step in offered if order.index(step) > order.index(view.grain) and WIDTH[step] * 2 <= days * 24]
    return tuple(dict.fromkeys((*wider[:1], *wider[-1:])))


def _named(result: KpiResult, view: View, service: Sight) -> KpiResult:
    """An answer held against an occasion, which has a name."""
    held = result.comparison
    other = occasion(service.catalogue.city, view.other) if view.compare is Compare.EVENT and view.other else None
    if held is None or other is None:
        return result
    return replace(result, comparison=replace(held, name=occasion_name(other)))
