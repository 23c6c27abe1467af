"""The line to whoever sent a request: whether they still hold it. Who hangs up wants no answer any more."""

from __future__ import annotations

import select
import socket
from collections.abc import Callable
from functools import partial

import flask

from data.kpis.budget import waits

SOCKETS = ("gunicorn.socket", "werkzeug.socket")


def hung_up() -> Callable[[], bool]:
    """Tells, whenever it is asked, whether the client of the current request has gone; outside of one nobody has."""
    environ = flask.request.environ if flask.has_request_context() else {}
    found = next((environ[name] for name in SOCKETS if environ.get(name) is not None), None)
    return waits if found is None else partial(_closed, found)


def _closed(line: socket.socket) -> bool:
    """Whether the other end was closed; what it may have sent meanwhile is left where it is."""
    try:
        poll = select.poll()
        poll.register(line, select.POLLIN)
        return bool(poll.poll(0)) and line.recv(1, socket.MSG_PEEK) == b""
    except (OSError, ValueError):  # it is gone, with its descriptor
        return True
