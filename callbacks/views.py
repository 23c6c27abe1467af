"""A view answered: its questions, those of what it is held against and of the figure shown, asked as one batch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from data.areas.vintage import children
from data.calendar.comparison import LAST, named_period
from data.calendar.period import Grain, Period
from data.catalogue import Kpi
from data.kpis.beside import beside, elsewhere, planned
from data.kpis.query import Compare, KpiQuery
from data.kpis.result import KpiResult
from data.kpis.service import FAILED, SLOW
from data.kpis.sight import Sight
from layouts.analysis.region import Drawn
from layouts.view import WIDTH, Notice, Show, View, grains

Answered = tuple[KpiResult, tuple[KpiResult, ...], Drawn]
WEEKS_OF_HOURS = 8
# How many breakdowns there is room for; beside other KPIs for none, but one tells whether a change can be explained.
SPLITS = {Show.HOURS: 1, Show.BESIDE: 1}


def pinned(service: Sight, view: View) -> tuple[Sight, View]:
    """Where a view is asked: of the snapshot it is pinned to, or of the newest, saying so, where that is gone."""
    if view.snapshot is None:
        return service, view
    found = service.pinned(view.snapshot)
    if found is not None:
        return found, view
    gone = Notice("view.snapshot.gone", str(view.snapshot))
    return service, replace(view, snapshot=None, notices=(*view.notices, gone))


def answered(service: Sight, view: View, kpi: Kpi, filed: bool = False) -> Answered:
    """The answer of a view and its breakdowns, each with what it is compared with, and what its figure draws besides.

    Only what the figure shown needs is asked; a view to be ``filed`` has its breakdowns and all that is beside it.
    """
    show = Show.PARTS if filed else view.show
    asked = [view.query(), *(view.query(by) for by in _splits(view, kpi, show))]
    there = [elsewhere(query, view.other) for query in asked if view.compare is Compare.AREA and view.other]
    hours = [hours_query(view)] if show is Show.HOURS else []
    lines = area_queries(service, view) if show is Show.AREAS else []
    others = beside_queries(service, view) if filed or show is Show.BESIDE else []
    own = [] if filed else own_query(view, kpi, service)
    batch = (asked, there, hours, lines, others, own)
    found = iter(service.ask([query for some in batch for query in some]))
    taken = [[next(found) for _ in some] for some in batch]
    whole, *parts = _held(taken[0], taken[1], view, service)
    drawn = Drawn(next(iter(taken[2]), None), tuple(taken[3]), tuple(taken[4]), next(iter(taken[5]), None))
    return whole, tuple(parts), drawn


def own_query(view: View, kpi: Kpi, service: Sight) -> list[KpiQuery]:
    """The period a tile tells of, where it is over and the view holds it among others: their sum or mean is not it."""
    if not kpi.period.startswith(LAST):
        return []
    own, held = named_period(kpi.period, service.clock.now()), view.period
    if own == held or own.start < held.start or held.end < own.end:
        return []
    return [replace(_alone(view.query()), period=own)]


def hours_query(view: View) -> KpiQuery:
    """Every hour of the view, of a long one of its last weeks."""
    held = view.period
    start = max(held.start, held.end - timedelta(weeks=WEEKS_OF_HOURS))
    return replace(_alone(view.query()), grain=Grain.HOUR, period=Period(start, held.end))


def area_queries(service: Sight, view: View) -> list[KpiQuery]:
    """The series of every area the city is made of; it never filters itself away."""
    catalogue, seen = service.catalogue, service.scope
    city = catalogue.city
    areas = children(catalogue.areas, city.scope, city.day(view.old_areas))
    return [replace(_alone(view.query()), area=area.id, joined=()) for area in areas if seen.holds(area.id)]


def beside_queries(service: Sight, view: View) -> list[KpiQuery]:
    """The KPIs drawn with this one: the same time and, where they are told by area, the same area."""
    known = [kpi for code in view.beside if (kpi := service.catalogue.kpi(code)) is not None]
    base = replace(_alone(view.query()), filters=())
    everywhere = replace(base, area=None, joined=())
    return [replace(base if "area" in kpi.dimensions else everywhere, kpi=kpi.code) for kpi in known]


def _splits(view: View, kpi: Kpi, show: Show) -> tuple[str, ...]:
    """The breakdowns a figure stands beside or is made of; by area alone where areas are drawn."""
    return ("area",) if show in (Show.MAP, Show.AREAS) else view.splits(kpi, SPLITS.get(show, 2))


def _alone(query: KpiQuery) -> KpiQuery:
    """A question that is held against nothing."""
    return replace(query, compare=Compare.NONE, back=None)


def _held(found: Sequence[KpiResult], there: Sequence[KpiResult], view: View, service: Sight) -> tuple[KpiResult, ...]:
    """Answers with what they are compared with: another area, the plan, or another time by its name."""
    if view.compare is Compare.AREA and view.other:
        name = service.catalogue.areas[view.other].name
        return tuple(beside(here, other, name) for here, other in zip(found, there, strict=True))
    if view.compare is Compare.TARGET:
        return tuple(map(planned, found))
    return tuple(_named(result, view) for result in found)


def afforded(service: Sight, view: View, kpi: Kpi) -> tuple[View, Answered]:
    """The answers of a view; in wider steps, and saying so, where it asks more than its budget."""
    found = answered(service, view, kpi)
    for wider in _wider(view, kpi, service):
        if not slow(_every(found)) or (service.budget is not None and service.budget.gone()):
            break
        said = Notice(f"view.slow.{view.grain.value}", view.grain.value)
        cheaper = replace(view, grain=wider, notices=(*view.notices, said))
        found = answered(service, cheaper, kpi)
        if not slow(_every(found)):
            return cheaper, found
    return view, found


def unasked(service: Sight, view: View, kpi: Kpi, found: Sequence[KpiResult]) -> tuple[KpiResult, ...]:
    """Of an empty answer, the splits by filters that were not asked: each shows what would be there without its own."""
    asked = {result.query.by for result in found}
    chosen = [name for name in ("area", *(name for name, _ in view.filters)) if view.chosen(name)]
    lacking = [name for name in chosen if name in kpi.dimensions and name not in asked]
    empty = found[0].refusal is None and all(point.value.number is None for point in found[0].points)
    return tuple(service.ask([view.query(name) for name in lacking])) if empty and lacking else ()


def slow(found: Iterable[KpiResult]) -> bool:
    """Whether an answer was not read within its budget."""
    return any(result.refusal == SLOW.refusal for result in found)


def readable(found: Iterable[KpiResult]) -> bool:
    """Whether every answer could be read, within its budget too: a page of such is good for the next reader."""
    return all(result.refusal not in (FAILED.refusal, SLOW.refusal) for result in found)


def _every(found: Answered) -> tuple[KpiResult, ...]:
    whole, parts, drawn = found
    return (whole, *parts, *drawn.every)


def _wider(view: View, kpi: Kpi, service: Sight) -> tuple[Grain, ...]:
    """The next wider step, then the widest that leaves two buckets at least."""
    order, offered = list(Grain), grains(kpi, service.catalogue)
    days = (view.last - view.first).days + 1
    wider = [step for step in offered if order.index(step) > order.index(view.grain) and WIDTH[step] * 2 <= days * 24]
    return tuple(dict.fromkeys((*wider[:1], *wider[-1:])))


def _named(result: KpiResult, view: View) -> KpiResult:
    """An answer held against an occasion, which has a name."""
    held = result.comparison
    if held is None or view.compare is not Compare.EVENT or view.named is None:
        return result
    return replace(result, comparison=replace(held, name=view.named))
