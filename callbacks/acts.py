"""Acts: taking a load back and giving it back, asked by a form and left to the writing process.

The web process writes no data: it leaves a job in the store and answers with the page again.
A form of another site is refused: a browser names the origin of every POST, and it has to be ours.
"""

from __future__ import annotations

from functools import partial
from urllib.parse import urlsplit

import flask

from callbacks.asker import asker
from data.kpis import inspection
from data.kpis.record import Standing
from data.kpis.service import KpiService
from data.kpis.sight import Sight
from data.settings import loopback
from data.store import jobs
from data.store.jobs import Job, Kind
from data.store.reader import NoSnapshot
from layouts.sources import source_href

NEEDS: dict[Kind, Standing] = {"undo": Standing.COUNTS, "restore": Standing.UNDONE}
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")


def allowed(undo: str) -> bool:
    """Whether whoever sends the current request may act: by their roles, in a demonstration by LANTERN_UNDO."""
    found = asker()
    if found.session is not None:
        return found.grant.may("edit_catalogue")
    return undo == "on" or (undo == "local" and at_this_machine())


def at_this_machine() -> bool:
    """Whether the current request was sent from this machine, and not through a proxy on it."""
    request = flask.request
    if any(name in request.headers for name in FORWARDED):
        return False
    return loopback(request.remote_addr or "") and loopback(urlsplit(f"//{request.host}").hostname or "")


def act(service: KpiService, undo: str, name: str, load: int, kind: Kind) -> flask.Response:
    """Leave the job and show the page of the source again: 403 for who may not, 404 for no such load,
    409 when the load is not as the form took it to be."""
    if not allowed(undo):
        flask.abort(403)
    try:
        inspection.whole(Sight(service, asker().grant.scope), name)
        standing = inspection.standing(service, name, load)
    except (NoSnapshot, KeyError):
        flask.abort(404)
    if standing is None:
        flask.abort(404)
    if standing is not NEEDS[kind]:
        flask.abort(409)
    asked_at = service.clock.now().isoformat(timespec="seconds")
    jobs.hand(service.reader.store, Job(kind, load, asked_at, flask.request.remote_addr or ""))
    return flask.redirect(source_href(name), 303)


def register(server: flask.Flask, service: KpiService, undo: str) -> None:
    """Serve the forms of a source's page."""
    for kind in jobs.KINDS:
        server.add_url_rule(
            f"/sources/<name>/loads/<int:load>/{kind}", f"load_{kind}", partial(act, service, undo, kind=kind),
            methods=["POST"],
        )  # fmt: skip
