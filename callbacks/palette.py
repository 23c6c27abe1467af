"""What the palette lists, for whoever may see it."""

from __future__ import annotations

import flask

from callbacks.asker import asker
from callbacks.session import session
from data.kpis.service import KpiService
from data.kpis.sight import Sight
from layouts.gazetteer import entries
from layouts.shell import REGISTERS


def register(server: flask.Flask, service: KpiService) -> None:
    """Serve the entries at /palette.json, in the reader's language."""

    @server.get("/palette.json", endpoint="palette")
    def palette() -> flask.Response:
        seen = Sight(service, asker().grant.scope)
        language = session(seen.catalogue.city.language).language
        answer = flask.jsonify(entries(seen.catalogue, tuple(REGISTERS), language))
        answer.headers["Cache-Control"] = "no-store"
        return answer
