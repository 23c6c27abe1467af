"""Faults of alerts: KPIs, parts, sources and boards there are none of, and levels no number reaches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from data.catalogue.alert import Alert
from data.catalogue.faults.fault import Fault, near

if TYPE_CHECKING:
    from data.catalogue.loader import Catalogue

LEVELS = ("watch", "alert", "emergency")


def alert_faults(catalogue: Catalogue) -> Iterator[Fault]:
    """What an alert names has to be there, and has to be able to happen."""
    for alert in catalogue.alerts.values():
        if alert.kpi is not None:
            yield from _number(catalogue, alert, alert.kpi)
        if alert.source is not None and alert.source not in catalogue.sources:
            message = f"no source '{alert.source}'"
            yield Fault("alerts", alert.id, ("source",), message, near(alert.source, catalogue.sources))
        if alert.scene is not None and alert.scene not in catalogue.boards:
            message = f"no board '{alert.scene}'"
            yield Fault("alerts", alert.id, ("scene",), message, near(alert.scene, catalogue.boards))


def _number(catalogue: Catalogue, alert: Alert, name: str) -> Iterator[Fault]:
    kpi = catalogue.kpi(name)
    if kpi is None:
        yield Fault("alerts", alert.id, ("kpi",), f"no KPI '{name}'", near(name, [*catalogue.codes, *catalogue.kpis]))
        return
    if alert.by is not None and alert.by not in kpi.dimensions:
        message = f"'{alert.by}' is no dimension of {kpi.code}"
        yield Fault("alerts", alert.id, ("by",), message, near(alert.by, kpi.dimensions))
    reached = LEVELS[LEVELS.index(alert.least) :]
    if kpi.direction == "none" or all(getattr(kpi.status, level) is None for level in reached):
        message = f"{kpi.code} never reaches the level {alert.least}"
        yield Fault("alerts", alert.id, ("kpi",), message, "give it thresholds and a direction, or a lower least")
