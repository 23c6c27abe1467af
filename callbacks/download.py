"""Downloads: what is on the screen, as a file that carries its own definition."""

from __future__ import annotations

from functools import partial

import flask

from callbacks.session import session
from data.kpis.quarantine import faults
from data.kpis.service import KpiService
from layouts.delimited import document, fault_lines
from layouts.view import parse

MOST_FAULTS = 100_000


def delimited(service: KpiService, code: str) -> flask.Response:
    """The view at /kpi/<code>.csv?…: 404 for a KPI there is none of."""
    kpi = service.catalogue.kpi(code)
    if kpi is None:
        flask.abort(404)
    reader = session(service.catalogue.city.language)
    now = service.clock.now()
    view = parse("?" + flask.request.query_string.decode("utf-8", "replace"), kpi, service.catalogue, now.date())
    result, *parts = service.ask([view.query(), *(view.query(by) for by in view.splits(kpi))])
    text = document(result, tuple(parts), view, service.catalogue, reader.language, now)
    name = f"{kpi.code}_{view.first.isoformat()}_{view.last.isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return flask.Response("\ufeff" + text, mimetype="text/csv", headers=headers)


def quarantine(service: KpiService, name: str) -> flask.Response:
    """Every row in quarantine at /sources/<name>/quarantine.csv: 404 for a source there is none of."""
    if name not in service.catalogue.sources:
        flask.abort(404)
    language = session(service.catalogue.city.language).language
    page = faults(service, name, 0, MOST_FAULTS)
    headers = {"Content-Disposition": f'attachment; filename="{name}_quarantine.csv"', "Cache-Control": "no-store"}
    return flask.Response("\ufeff" + fault_lines(page, language), mimetype="text/csv", headers=headers)


def register(server: flask.Flask, service: KpiService) -> None:
    """Serve the downloads."""
    server.add_url_rule("/kpi/<code>.csv", "kpi_csv", partial(delimited, service))
    server.add_url_rule("/sources/<name>/quarantine.csv", "quarantine_csv", partial(quarantine, service))
