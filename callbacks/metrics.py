"""Metrics of this worker in the text format of Prometheus (exposition format 0.0.4)."""

from __future__ import annotations

import hmac
import os
import resource
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

import flask

from callbacks.acts import at_this_machine
from callbacks.guard import Guard
from callbacks.health import examination
from callbacks.stream import Watch
from data.health.check import LEVELS
from data.kpis.service import KpiService
from data.reports.orders import Orders
from data.settings import Settings, secret

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds
SECRET = "metrics"
TYPE = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(slots=True)
class Tally:
    """Requests answered since this worker began, by address and status, and how long they took."""

    answered: Counter = field(default_factory=Counter)
    took: Counter = field(default_factory=Counter)
    seconds: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, endpoint: str, status: int, seconds: float) -> None:
        """One more answer."""
        with self.lock:
            self.answered[endpoint, status] += 1
            self.took.update(bound for bound in BOUNDS if seconds <= bound)
            self.seconds += seconds

    def lines(self) -> Iterator[str]:
        """What was noted."""
        with self.lock:
            answered, took, seconds = dict(self.answered), dict(self.took), self.seconds
        yield "# TYPE lantern_requests_total counter"
        for (endpoint, status), count in sorted(answered.items()):
            yield f'lantern_requests_total{{endpoint="{_quoted(endpoint)}",status="{status}"}} {count}'
        yield "# TYPE lantern_request_seconds histogram"
        total = sum(answered.values())
        for bound in BOUNDS:
            yield f'lantern_request_seconds_bucket{{le="{bound}"}} {took.get(bound, 0)}'
        yield f'lantern_request_seconds_bucket{{le="+Inf"}} {total}'
        yield f"lantern_request_seconds_sum {seconds:.6f}"
        yield f"lantern_request_seconds_count {total}"


def metrics(
    service: KpiService, guard: Guard, watch: Watch, tally: Tally, settings: Settings | None, orders: Orders | None
) -> flask.Response:
    """Everything measured, to who is at this machine or has the secret; to anybody else there is no such address."""
    if not (at_this_machine() or _trusted(settings)):
        flask.abort(404)
    looked = examination(service, guard, settings, orders)
    gauges = {
        "lantern_worker_process": os.getpid(),
        "lantern_streams": watch.streams,
        "lantern_statements_total": service.statements,
        "lantern_resident_bytes_most": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "lantern_snapshot": looked.manifest.snapshot if looked.manifest else 0,
    }
    lines = [f"{name} {value}" for name, value in gauges.items()]
    for check in looked.checks():
        lines.append(f'lantern_check_level{{check="{check.name}"}} {LEVELS.index(check.level)}')
        if check.value is not None:
            lines.append(f'lantern_check_value{{check="{check.name}",unit="{check.unit}"}} {check.value}')
    return flask.Response("\n".join([*lines, *tally.lines()]) + "\n", content_type=TYPE)


def _trusted(settings: Settings | None) -> bool:
    held = secret(settings.secrets, SECRET) if settings else None
    given = flask.request.headers.get("Authorization", "").removeprefix("Bearer ")
    return held is not None and hmac.compare_digest(held.encode(), given.encode())


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def register(
    server: flask.Flask,
    service: KpiService,
    guard: Guard,
    watch: Watch,
    settings: Settings | None,
    orders: Orders | None = None,
) -> None:
    """Count every answer and serve /metrics."""
    tally = Tally()

    @server.before_request
    def begin() -> None:
        flask.g.began = service.clock.monotonic()

    @server.after_request
    def end(response: flask.Response) -> flask.Response:
        took = service.clock.monotonic() - flask.g.get("began", service.clock.monotonic())
        tally.note(flask.request.endpoint or "none", response.status_code, took)
        return response

    server.add_url_rule("/metrics", "metrics", partial(metrics, service, guard, watch, tally, settings, orders))
