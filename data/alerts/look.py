"""The look: what every rule is told now, from one batch of questions and the state of the sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from data.alerts.machine import LEVELS
from data.alerts.reading import Reading
from data.calendar.comparison import named_period
from data.calendar.period import Grain
from data.catalogue import Kpi
from data.catalogue.alert import Alert
from data.kpis import status
from data.kpis.query import KpiQuery
from data.kpis.result import Freshness, KpiResult, Presence, SourceState, Value
from data.kpis.service import KpiService
from data.walls.screens import Screen


def look(service: KpiService, now: datetime, screens: Sequence[Screen] = ()) -> list[Reading]:
    """A reading of every rule and part, in the order of the pack; ``screens`` are those on walls."""
    rules = list(service.catalogue.alerts.values())
    asked = [(rule, kpi) for rule in rules if rule.kpi and (kpi := service.catalogue.kpi(rule.kpi))]
    answers = service.ask([question(rule, kpi, now) for rule, kpi in asked])
    results = {rule.id: result for (rule, _), result in zip(asked, answers, strict=True)}
    states = {state.source.id: state for state in service.sources()}
    found: list[Reading] = []
    for rule in rules:
        if rule.id in results:
            found += told(rule, results[rule.id])
        elif rule.screens:
            found += [dark(rule, screen, now) for screen in screens]
        else:
            found += silence(rule, states.get(rule.source or ""), now)
    return found


def question(rule: Alert, kpi: Kpi, now: datetime) -> KpiQuery:
    """What a rule asks: the period its KPI is shown for, of the city or part by part."""
    return KpiQuery(kpi=kpi.id, period=named_period(kpi.period, now), grain=Grain(kpi.grain), by=rule.by)


def told(rule: Alert, result: KpiResult) -> Iterator[Reading]:
    """What a KPI says. A number whose source is lost says nothing: the silence is another rule's business."""
    at = None if result.freshness is Freshness.LOST or result.refusal else result.stamp.as_of
    values: Sequence[tuple[str, Value]] = [("", result.value)]
    if rule.by is not None:
        values = [(part.key, part.value) for part in result.parts]
    for part, value in values:
        if value.presence is not Presence.PRESENT or value.number is None:
            yield Reading(rule.id, part, at)
            continue
        worse = (-rule.margin if result.kpi.direction == "up" else rule.margin) / result.kpi.scale
        level = status.level(result.kpi, value)
        held = status.level(result.kpi, Value(value.number + worse))
        yield Reading(rule.id, part, at, value.number, int(level), int(held))


def silence(rule: Alert, state: SourceState | None, now: datetime) -> Iterator[Reading]:
    """How long nothing has come from a source, in seconds; a source that never told anything is silent."""
    if state is None:
        return
    silent = state.age is None or state.age > timedelta(seconds=rule.silent_for or 0)
    level = LEVELS.index(rule.least) if silent else 0
    age = None if state.age is None else state.age.total_seconds()
    yield Reading(rule.id, "", now, age, level, level)


def dark(rule: Alert, screen: Screen, now: datetime) -> Reading:
    """How long ago a screen has painted, in seconds: one that speaks and is frozen is as dark as one that is lost."""
    age = (now - (screen.frame_at or screen.paired_at)).total_seconds()
    level = LEVELS.index(rule.least) if age > (rule.silent_for or 0) else 0
    return Reading(rule.id, screen.choice.name, now, age, level, level)
