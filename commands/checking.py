"""``lantern check``: a city's pack, validated; and the SQL of a KPI."""

from __future__ import annotations

import argparse

from callbacks.boards import tile_query
from commands.refusal import Refused
from data.catalogue import Catalogue, load
from data.clock.clock import SystemClock
from data.kpis.question import Question
from data.kpis.scope import EVERYTHING
from data.kpis.statement import planned, written
from data.settings import Settings
from data.store.manifest import Manifest


def check(settings: Settings, options: argparse.Namespace) -> int:
    """Validate the pack; with ``--sql`` print what one KPI asks."""
    catalogue = load(settings.city)
    if options.sql:
        print(_sql(catalogue, options.sql))
        return 0
    counts = {name: len(getattr(catalogue, name)) for name in ("areas", "sources", "datasets", "kpis", "boards")}
    print(f"{settings.city}: " + ", ".join(f"{count} {name}" for name, count in counts.items()) + "; nothing wrong")
    return 0


def _sql(catalogue: Catalogue, name: str) -> str:
    found = catalogue.kpi(name)
    if found is None:
        raise Refused(f"there is no KPI '{name}'; known: {', '.join(catalogue.codes)}")
    now = SystemClock(catalogue.city.timezone).now()
    plan = planned([Question(catalogue, Manifest(), tile_query(found, now), now)])
    statements = plan.statements(lambda dataset, start, end: f"SELECT * FROM current_{dataset}", EVERYTHING)
    return written(statements)
