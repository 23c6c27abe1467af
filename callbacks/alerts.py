"""The page of alerts, as far as its reader may see what they are of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from dash.development.base_component import Component

from callbacks.search import terms
from data.alerts.event import Event
from data.alerts.events import Events
from data.calendar.almanac import Almanac
from data.catalogue import LANGUAGES, Kpi
from data.catalogue.alert import Alert
from data.kpis.query import Compare
from data.kpis.sight import Sight
from layouts import alerts as layout

LOOKED_BACK = timedelta(days=2)
MOST = 200


def page(sight: Sight, events: Events | None, language: str) -> Component | None:
    """What lasts and what ended of late; None where nobody writes events."""
    if events is None:
        return None
    now = sight.clock.now()
    lasting = notices(sight, events.open(), language)
    ended = notices(sight, events.ended(now - LOOKED_BACK), language)
    rules = sum(_seen(sight, rule) for rule in sight.catalogue.alerts.values())
    return layout.alerts(lasting, ended, rules, now, language)


def almanac(sight: Sight, events: Events | None, asked: str = "", kpi: Kpi | None = None) -> Almanac:
    """The occasions a reader may name: with the newest alerts of KPIs they may know of, those of ``kpi`` first, and
    with the one that the address ``asked`` names, however old it is."""
    city = sight.catalogue.city
    if events is None:
        return Almanac(city)
    named = terms(asked).get("compare", "").removeprefix(f"{Compare.EVENT}:")
    found = {event.id: event for event in (*events.newest(MOST), *events.named(named))}
    told = zip(*(notices(sight, found.values(), language) for language in LANGUAGES), strict=True)
    today = sight.clock.now().date()
    said = [layout.occasion(dict(zip(LANGUAGES, one, strict=True)), today) for one in told if one[0].kpi is not None]
    mine = {rule.id for rule in sight.catalogue.alerts.values() if kpi and rule.kpi in (kpi.id, kpi.code)}
    return Almanac(city, tuple(sorted(said, key=lambda one: one.kind.partition(":")[0] not in mine)))


def notices(sight: Sight, events: Iterable[Event], language: str) -> list[layout.Notice]:
    """Events as far as their reader may know of them, each with its rule, KPI and owner."""
    rules = sight.catalogue.alerts
    return [
        _notice(sight, event, rules[event.rule], language)
        for event in events
        if event.rule in rules and _seen(sight, rules[event.rule], event.part)
    ]


def _seen(sight: Sight, rule: Alert, part: str | None = None) -> bool:
    """Whether a reader may know of a rule, and of an event of one of its parts.

    Of a city that is seen in part, only parts that are areas of theirs; a rule of all parts is told if any part may be.
    """
    scope, catalogue = sight.scope, sight.catalogue
    if rule.source is not None:
        source = catalogue.sources.get(rule.source)
        return source is not None and not scope.parts(source.dataset)
    if rule.screens:
        return scope.areas is None
    kpi = catalogue.kpi(rule.kpi or "")
    if kpi is None:
        return False
    if not scope.small and any(catalogue.datasets[name].minimum_cell for name in kpi.datasets):
        return False
    if not any(scope.parts(name) for name in kpi.datasets):
        return True
    owned = any(scope.owner(name) for name in kpi.datasets)
    return rule.by == "area" and not owned and (part is None or scope.holds(part))


def _notice(sight: Sight, event: Event, rule: Alert, language: str) -> layout.Notice:
    catalogue = sight.catalogue
    kpi = catalogue.kpi(rule.kpi) if rule.kpi else None
    part = event.part
    if rule.by == "area" and part in catalogue.areas:
        part = catalogue.areas[part].name.get(language)
    elif kpi is not None and rule.by is not None and part:
        label = catalogue.datasets[kpi.datasets[0]].columns[rule.by].values.get(part)
        part = label.get(language) if label else part
    owner = rule.owner or (catalogue.sources[rule.source].owner if rule.source else None)
    return layout.Notice(event, rule, kpi, part, owner.get(language) if owner else "")
