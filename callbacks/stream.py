"""Push: every worker watches the snapshot pointer and tells the pages that hold a stream."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import flask

from callbacks.guard import COOKIE, Guard
from callbacks.switchboard import LONGEST, Handed, Listener, Switchboard
from data.clock.clock import Clock
from data.store.reader import Reader

LOOK_EVERY = 0.2
HEARTBEAT = 15.0
AGAIN = "retry: 2000\n\n"
LINE = "gunicorn.socket"  # where the web server keeps the connection of a request
REVISED_EVERY = 1.0


class Watch:
    """Follows a reader's snapshot in a thread and wakes whoever waits for the next one; ``ends`` are called
    when it stops."""

    def __init__(self, reader: Reader, clock: Clock, ends: Sequence[Callable[[], None]] = ()) -> None:
        self.reader, self.clock, self.ends = reader, clock, ends
        self.revisions: dict[str, Callable[[], str]] = {}  # what else wakes whoever waits, looked at once a second
        self._held: dict[str, str] = {}
        self._changed = threading.Condition()
        self._stopping = threading.Event()
        self._threads = 0  # streams that hold one
        self.switchboard = Switchboard(clock, self._changed)
        self._thread = threading.Thread(target=self._follow, name="watch", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """End every stream and stop looking."""
        self._stopping.set()
        with self._changed:
            self._changed.notify_all()
        if self._thread.is_alive():
            self._thread.join(timeout=5)
        self.switchboard.stop()
        for end in self.ends:
            end()

    def _follow(self) -> None:
        told = self._revised()
        seen = (self.reader.number, told)
        looked = self.clock.monotonic()
        while not self._stopping.wait(LOOK_EVERY):
            self.reader.refresh()
            if self.clock.monotonic() - looked >= REVISED_EVERY:
                looked, told = self.clock.monotonic(), self._revised()
            if seen != (self.reader.number, told):  # whoever opened it: a request may have been the first
                seen = (self.reader.number, told)
                self.switchboard.wake()

    def wake(self) -> None:
        """Look at once, after this process has changed something itself; others see it within a second."""
        self._revised()
        self.switchboard.wake()

    def _revised(self) -> dict[str, str]:
        self._held = {name: look() for name, look in self.revisions.items()}
        return self._held

    @property
    def revised(self) -> dict[str, str]:
        """The revisions as last looked at, a second ago at most; looked at now while nobody follows."""
        return self._held if self._thread.is_alive() and self._held else self._revised()

    def lines(
        self,
        lasts: Callable[[], bool] = lambda: True,
        told: Callable[[], str] | None = None,
        heartbeat: float = HEARTBEAT,
    ) -> Iterator[str]:
        """Server-sent events: what is ``told`` (which data and minute it is), whenever that changes and as a heartbeat.

        They end when whoever listens may listen no longer: when it no longer ``lasts``.

        The minute travels too, because a number grows older without any new data.
        """
        self._open(1)
        try:
            yield from self._lines(lasts, told or self.mark, heartbeat)
        finally:
            self._open(-1)

    def _open(self, more: int) -> None:
        with self._changed:
            self._threads += more

    @property
    def streams(self) -> int:
        """How many listen now."""
        return self._threads + len(self.switchboard)

    def _lines(self, lasts: Callable[[], bool], told: Callable[[], str], heartbeat: float) -> Iterator[str]:
        began, seen = self.clock.monotonic(), ""
        yield AGAIN
        while not self._stopping.is_set() and self.clock.monotonic() - began < LONGEST and lasts():
            with self._changed:
                if seen == told():
                    self._changed.wait(heartbeat)
            seen = told()
            yield _event(seen)

    def answer(
        self,
        lasts: Callable[[], bool],
        told: Callable[[], str] | None = None,
        heartbeat: float = HEARTBEAT,
        also: Callable[[], str] = str,
    ) -> flask.Response:
        """A stream as the answer to the current request; ``also`` is said after what is told.

        Where the web server lets its connection go no thread is held; elsewhere one is.
        """
        told = told or self.mark
        line: socket.socket | None = flask.request.environ.get(LINE)
        if line is None or flask.request.environ["SERVER_PROTOCOL"] != "HTTP/1.1":
            lines = (_also(one, also()) for one in self.lines(lasts, told, heartbeat))
        else:
            said = partial(_said, also)
            lines = self._handed(Listener(line, told, said, lasts, heartbeat, self.clock.monotonic()))
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return flask.Response(lines, mimetype="text/event-stream", headers=headers)

    def _handed(self, listener: Listener) -> Iterator[str]:
        yield AGAIN
        if self.switchboard.take(listener):
            raise Handed

    @property
    def number(self) -> int:
        """Number of the snapshot in use; who comes first opens it, so that what they are told is not old at once."""
        if not self.reader.number:
            self.reader.refresh()
        return self.reader.number

    def mark(self) -> str:
        """What a page shows, as text: snapshot number and minute."""
        return f"{self.number}.{self.clock.now():%H%M}"


def register(server: flask.Flask, watch: Watch, guard: Guard) -> None:
    """Serve the stream at /stream."""

    @server.get("/stream")
    def stream() -> flask.Response:
        token = flask.request.cookies.get(COOKIE, "")
        return watch.answer(lambda: guard.asker(token) is not None)


def _event(seen: str) -> str:
    return f"id: {seen}\ndata: {seen}\n\n"


def _said(also: Callable[[], str], seen: str) -> str:
    return _also(_event(seen), also())


def _also(event: str, also: str) -> str:
    """An event with something more to say; how soon to call again is said alone."""
    return event if event == AGAIN or not also else event.removesuffix("\n\n") + f" {also}\n\n"
