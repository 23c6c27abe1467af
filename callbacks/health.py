"""Health: whether this worker can answer, for a supervisor or a proxy."""

from __future__ import annotations

import flask

from data.kpis.service import KpiService
from data.store.reader import NoSnapshot


def register(server: flask.Flask, service: KpiService) -> None:
    """Serve /health: 200 with the snapshot, or 503 while there is none."""

    @server.get("/health")
    def health() -> tuple[dict[str, object], int]:
        try:
            manifest = service.reader.snapshot().manifest
        except NoSnapshot:
            return {"status": "waiting", "snapshot": None}, 503
        return {"status": "ok", "snapshot": manifest.snapshot, "created_at": manifest.created_at}, 200
