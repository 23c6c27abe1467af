"""Faults of outlooks: KPIs there are none of, and levels that have no threshold to come to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from data.catalogue.faults.fault import Fault, near

if TYPE_CHECKING:
    from data.catalogue.loader import Catalogue


def outlook_faults(catalogue: Catalogue) -> Iterator[Fault]:
    """What an outlook names has to be there, by the hour and with thresholds that are above it."""
    known = [*catalogue.codes, *catalogue.kpis]
    for outlook in catalogue.outlooks.values():
        kpi = catalogue.kpi(outlook.kpi)
        if kpi is None:
            yield Fault("outlooks", outlook.id, ("kpi",), f"no KPI '{outlook.kpi}'", near(outlook.kpi, known))
        elif kpi.grain != "hour" or kpi.direction != "down" or kpi.status.watch is None:
            message = f"{kpi.code} is no level that rises to a threshold by the hour"
            yield Fault("outlooks", outlook.id, ("kpi",), message, "give it grain: hour, direction: down and status")
        for place, upstream in enumerate(outlook.upstream):
            if catalogue.kpi(upstream.kpi) is None:
                path = ("upstream", place, "kpi")
                yield Fault("outlooks", outlook.id, path, f"no KPI '{upstream.kpi}'", near(upstream.kpi, known))
