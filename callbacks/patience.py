"""Patience: a client that takes too long to say what it wants is hung up on, so that it holds no thread for long; one
that listens for hours is handed to the switchboard and holds none.

Head and body are read whole before the application is asked; only then may an answer take its time, as a stream does.
"""

from __future__ import annotations

import contextlib
import io
import socket
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from callbacks.guard import LARGEST_BODY
from callbacks.switchboard import Handed
from data.clock.clock import SystemClock

LONGEST = 20.0  # seconds from the first byte of a request to the last
CLOCK = SystemClock("UTC")


class PatientWorker(ThreadWorker):
    """A threaded worker that looks once a second for requests that do not come to an end."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.reading: dict[Any, float] = {}
        self.handed: set[Any] = set()

    def handle(self, conn: Any) -> Any:
        """One request of a connection, from its first byte."""
        self.reading[conn] = CLOCK.monotonic() + LONGEST
        try:
            return super().handle(conn)
        finally:
            self.reading.pop(conn, None)

    def handle_request(self, req: Any, conn: Any) -> Any:
        """The head is there: read the body, as far as any may go, then let the application answer."""
        body = req.body.read(LARGEST_BODY + 1)
        if len(body) > LARGEST_BODY:
            req.force_close()
        req.body = io.BytesIO(body)
        self.reading.pop(conn, None)
        try:
            return super().handle_request(req, conn)
        except Handed:
            self.handed.add(conn)
            raise

    def finish_request(self, conn: Any, fs: Any) -> None:
        """Called by the main thread: what was handed over is no longer ours to close."""
        if conn not in self.handed:
            super().finish_request(conn, fs)
            return
        self.handed.discard(conn)
        self.nr_conns -= 1

    def murder_pending(self) -> None:
        """Called by the main thread in every round of its loop."""
        super().murder_pending()
        now = CLOCK.monotonic()
        for conn, latest in list(self.reading.items()):
            if now > latest:
                self.reading.pop(conn, None)
                with contextlib.suppress(OSError):  # it may have hung up itself
                    conn.sock.shutdown(socket.SHUT_RDWR)
