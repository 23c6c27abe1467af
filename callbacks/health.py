"""Health: whether this worker can answer, for a supervisor or a proxy; all checks for who runs the city."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial

import flask

from callbacks.acts import at_this_machine
from callbacks.guard import COOKIE, Guard
from data.health import Examination, worst
from data.kpis.service import KpiService
from data.reports.orders import Orders
from data.settings import Settings
from data.store.reader import NoSnapshot


def examination(
    service: KpiService, guard: Guard, settings: Settings | None, orders: Orders | None = None
) -> Examination:
    """What there is to look at from here."""
    try:
        manifest = service.reader.snapshot().manifest
    except NoSnapshot:
        manifest = None
    store = service.reader.store
    state = guard.accounts.state if guard.accounts is not None else None
    return Examination(store, settings.drop if settings else store, service.clock, manifest, state, orders)


def health(
    service: KpiService, guard: Guard, settings: Settings | None, orders: Orders | None = None
) -> tuple[dict[str, object], int]:
    """200 while this worker has something to show, else 503. Who may manage screens is told every check."""
    looked = examination(service, guard, settings, orders)
    manifest = looked.manifest
    told: dict[str, object] = {
        "status": "ok" if manifest else "waiting",
        "snapshot": manifest.snapshot if manifest else None,
    }
    if manifest:
        told["created_at"] = manifest.created_at
    if initiated(guard):
        checks = looked.checks()
        told |= {"level": worst(checks), "checks": [asdict(check) for check in checks]}
    return told, 200 if manifest else 503


def initiated(guard: Guard) -> bool:
    """Whether whoever asks may know how the machine is: somebody at it, or who may manage screens."""
    found = guard.asker(flask.request.cookies.get(COOKIE, ""))
    return at_this_machine() or (found is not None and found.session is not None and found.grant.may("manage_screens"))


def register(
    server: flask.Flask, service: KpiService, guard: Guard, settings: Settings | None, orders: Orders | None = None
) -> None:
    """Serve /health."""
    server.add_url_rule("/health", "health", partial(health, service, guard, settings, orders))
