"""The assembly: settings -> city -> store -> service -> Dash -> server; and the command line."""

from __future__ import annotations

import gc
import sys
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

import flask

from callbacks import (
    acts,
    bundle,
    compression,
    download,
    emblem,
    entrance,
    exercises,
    first_paint,
    guard,
    headers,
    health,
    lectern,
    metrics,
    orders,
    pairing,
    palette,
    papers,
    preview,
    profile,
    provider,
    remarks,
    remote,
    screens,
    stream,
    trail,
    walls,
    workspaces,
)
from callbacks.first_paint import CityApp, frame
from callbacks.guard import Guard
from callbacks.lectern import Lectern
from callbacks.pages import Pages, drawn
from callbacks.press import Press
from callbacks.sheets import Sheets
from callbacks.stream import Watch
from callbacks.theatre import Theatre
from callbacks.walls import Walls
from data.accounts import Accounts, Limits, Sessions
from data.alerts.events import Events
from data.areas import outline
from data.catalogue import Catalogue, load
from data.clock.clock import Clock, SystemClock
from data.kpis.service import KpiService, open_service
from data.remarks.remarks import Remarks
from data.reports.notes import Notes
from data.reports.orders import Orders
from data.reports.papers import Papers
from data.settings import Settings, demonstrates, secret
from data.signin import OpenId
from data.state import State
from data.walls.screens import Screens

GENERATION = 20_000  # objects between two looks for garbage: a page makes and drops some hundred thousand
ASSETS = Path(__file__).parent / "assets"


def serve(
    catalogue: Catalogue,
    service: KpiService,
    clock: Clock,
    undo: str = "off",
    accounts: Accounts | None = None,
    providers: Mapping[str, OpenId] | None = None,
    settings: Settings | None = None,
    state: State | None = None,
) -> tuple[CityApp, Watch]:
    """The web application over a service, and the watch that pushes to its pages.

    ``undo`` as LANTERN_UNDO. Without ``accounts`` it is a demonstration, in which nobody signs in.
    """
    server = flask.Flask("lantern", static_folder=None)
    watchman = Guard(catalogue, clock, accounts, Screens(state) if state else None)
    guard.register(server, watchman)
    app = CityApp(
        "lantern",
        server=server,
        assets_folder=str(ASSETS),
        include_assets_files=False,  # they go out as bundles
        update_title=None,
        serve_locally=True,
        suppress_callback_exceptions=True,
    )
    app.layout = frame
    outlines, events = outline.load(catalogue.folder), Events(state) if state else None
    kept = Papers(state, settings.archive) if state and settings else None
    ordered = Orders(state) if state and settings else None
    home = settings.address if settings else ""
    written = Remarks(state) if state else None
    notes = Notes(written, accounts is not None) if written else None
    press = Press(service, watchman, kept, events, outlines, home, undo, ordered, notes)
    budget = settings.budget if settings else None
    every_page = Pages(service, outlines, undo, watchman, events, press, budget)
    remarking = remarks.Remarking(service, watchman, written, undo)
    app.lectern = Lectern(every_page, Sheets(partial(drawn, every_page)), watchman, remarking)
    app.watch = watch = Watch(service.reader, clock, [app.lectern.sheets.stop])
    lectern.register(app, app.lectern, watch)
    theatre = Theatre(service, every_page.events, every_page.outlines, state)
    showing = Walls(every_page, watch, watchman, theatre)
    watch.ends = [*watch.ends, showing.sheets.stop, showing.rehearsed.stop, theatre.close]
    walls.register(server, app, showing)
    pairing.register(server, app, showing)
    remote.register(server, app, showing)
    screens.register(server, watchman)
    exercises.register(server, watchman, theatre)
    download.register(server, service, outlines, events)
    palette.register(server, service)
    preview.register(server, press)
    orders.register(server, press)
    papers.register(server, press)
    acts.register(server, service, undo)
    stream.register(server, watch, watchman)
    entrance.register(server, watchman, app)
    profile.register(server, watchman)
    provider.register(server, watchman, app, dict(providers or {}))
    trail.register(server, watchman)
    workspaces.register(server, watchman)
    remarks.register(server, remarking)
    health.register(server, service, watchman, settings, ordered)
    metrics.register(server, service, watchman, watch, settings, ordered)
    bundle.register(server)
    first_paint.register(server, app)
    emblem.register(server)
    headers.register(server, app)
    compression.register(server)
    return app, watch


def worker(settings: Settings) -> tuple[CityApp, Watch]:
    """What one web worker runs: it only reads."""
    gc.freeze()  # what was imported is never garbage; looking through it at every start costs a tenth of it
    gc.set_threshold(GENERATION)
    catalogue = load(settings.city)
    clock = SystemClock(catalogue.city.timezone)
    limits = Limits(timedelta(minutes=settings.idle), timedelta(hours=settings.session))
    state = State.open(settings.state)
    accounts = None if demonstrates(settings, catalogue) else Accounts(state, Sessions(limits))
    service = open_service(catalogue, settings.store, clock)
    app, watch = serve(
        catalogue, service, clock, settings.undo, accounts, trusted(settings, catalogue), settings, state
    )
    if settings.proxies:
        guard.behind(app.server, settings.proxies)
    return app, watch


def trusted(settings: Settings, catalogue: Catalogue) -> dict[str, OpenId]:
    """The providers that may vouch for somebody, each with its secret if there is one."""
    zone, known = catalogue.city.timezone, catalogue.providers.values()
    return {one.id: OpenId(one, zone, secret(settings.secrets, one.id)) for one in known}


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point of the ``lantern`` command; returns its exit code."""
    from commands import run

    return run(sys.argv[1:] if arguments is None else list(arguments))


if __name__ == "__main__":
    sys.exit(main())
