"""Push: every worker watches the snapshot pointer and tells the pages that hold a stream."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence

import flask

from callbacks.guard import COOKIE, Guard
from data.clock.clock import Clock
from data.store.reader import Reader

LOOK_EVERY = 0.2
HEARTBEAT = 15.0
LONGEST = 600.0
REVISED_EVERY = 1.0


class Watch:
    """Follows a reader's snapshot in a thread and wakes whoever waits for the next one; ``ends`` are called
    when it stops."""

    def __init__(self, reader: Reader, clock: Clock, ends: Sequence[Callable[[], None]] = ()) -> None:
        self.reader, self.clock, self.ends = reader, clock, ends
        self.revisions: list[Callable[[], str]] = []  # what else wakes whoever waits, looked at once a second
        self.stirs: list[Callable[[], str]] = []  # the same, of what is no part of a mark
        self._held: tuple[str, ...] = ()
        self._changed = threading.Condition()
        self._stopping = threading.Event()
        self.streams = 0  # open now
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
        for end in self.ends:
            end()

    def _follow(self) -> None:
        told = self._stirred()
        seen = (self.reader.number, told)
        looked = self.clock.monotonic()
        while not self._stopping.wait(LOOK_EVERY):
            self.reader.refresh()
            if self.clock.monotonic() - looked >= REVISED_EVERY:
                looked, told = self.clock.monotonic(), self._stirred()
            if seen != (self.reader.number, told):  # whoever opened it: a request may have been the first
                seen = (self.reader.number, told)
                with self._changed:
                    self._changed.notify_all()

    def _stirred(self) -> tuple[str, ...]:
        return (*self._revised(), *(look() for look in self.stirs))

    def _revised(self) -> tuple[str, ...]:
        self._held = tuple(look() for look in self.revisions)
        return self._held

    @property
    def revised(self) -> tuple[str, ...]:
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
            self.streams += more

    def _lines(self, lasts: Callable[[], bool], told: Callable[[], str], heartbeat: float) -> Iterator[str]:
        began, seen = self.clock.monotonic(), ""
        yield "retry: 2000\n\n"
        while not self._stopping.is_set() and self.clock.monotonic() - began < LONGEST and lasts():
            with self._changed:
                if seen == told():
                    self._changed.wait(heartbeat)
            seen = told()
            yield f"id: {seen}\ndata: {seen}\n\n"

    def mark(self) -> str:
        """What a page shows, as text: snapshot number and minute."""
        return f"{self.reader.number}.{self.clock.now():%H%M}"


def register(server: flask.Flask, watch: Watch, guard: Guard) -> None:
    """Serve the stream at /stream."""

    @server.get("/stream")
    def stream() -> flask.Response:
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        token = flask.request.cookies.get(COOKIE, "")
        lines = watch.lines(lambda: guard.asker(token) is not None)
        return flask.Response(lines, mimetype="text/event-stream", headers=headers)
