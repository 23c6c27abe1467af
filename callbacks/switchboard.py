"""The switchboard: one thread speaks to everybody who listens, so that a wall that hangs there holds no thread.

A stream begins as any answer does; once its head is written the web worker lets go of the connection (`Handed`) and
the switchboard goes on with it: chunks of server-sent events, one to each listener whenever what it is told changes,
and one as a heartbeat. Who does not take what was sent, or left, is let go; a page calls again by itself.
"""

from __future__ import annotations

import contextlib
import errno
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from data.clock.clock import Clock

LONGEST = 600.0  # seconds: after them a listener calls again, which also ends what no one knows of
ASKED_EVERY = 30.0  # seconds between two looks whether a listener still may
MOST = 4_000
ENDED = b"0\r\n\r\n"


class Handed(OSError):
    """The connection is the switchboard's now. Of the kind a server drops without a word."""

    def __init__(self) -> None:
        super().__init__(errno.EPIPE, "handed over")


@dataclass(slots=True)
class Listener:
    """One connection: what it is ``told`` as text, the event of that, and whether it still ``lasts``."""

    line: socket.socket
    told: Callable[[], str]
    event: Callable[[str], str]
    lasts: Callable[[], bool]
    heartbeat: float
    began: float
    spoken: float = 0.0
    asked: float = 0.0
    seen: str = ""


@dataclass(slots=True)
class Switchboard:
    """Holds every listener of one process; ``changed`` is what others wait on for anything new to be told."""

    clock: Clock
    changed: threading.Condition
    _listeners: list[Listener] = field(default_factory=list)
    _new: list[Listener] = field(default_factory=list)
    _woken: bool = False
    _stopping: bool = False
    _thread: threading.Thread | None = None

    def __len__(self) -> int:
        return len(self._listeners) + len(self._new)

    def take(self, listener: Listener) -> bool:
        """Go on with a connection; False when there is no room for more, or the process ends."""
        with self.changed:
            if self._stopping or len(self) >= MOST:
                return False
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="switchboard", daemon=True)
                self._thread.start()
            listener.line.setblocking(False)
            self._new.append(listener)
            self.changed.notify_all()
        return True

    def wake(self) -> None:
        """Something new may be told: to every listener, and to whoever waits on ``changed``."""
        with self.changed:
            self._woken = True
            self.changed.notify_all()

    def stop(self) -> None:
        """End every stream in good order."""
        with self.changed:
            self._stopping = True
            self.changed.notify_all()
        if self._thread is not None:
            self._thread.join(timeout=5)

    def _run(self) -> None:
        while True:
            with self.changed:
                if not (self._woken or self._new or self._stopping):
                    self.changed.wait(self._quiet())
                self._woken = False
                self._listeners += self._new
                self._new = []
                if self._stopping:
                    break
            self._listeners = [one for one in self._listeners if self._spoken_to(one)]
        for one in self._listeners:
            _let_go(one, ENDED)
        self._listeners = []

    def _quiet(self) -> float:
        """Seconds until the next heartbeat is due."""
        now = self.clock.monotonic()
        return max(0.05, min((one.spoken + one.heartbeat - now for one in self._listeners), default=60.0))

    def _spoken_to(self, one: Listener) -> bool:
        """Tell a listener what is new, or that we are here; False once it is let go."""
        now = self.clock.monotonic()
        told = one.told()
        fresh = told != one.seen
        if not fresh and now - one.spoken < one.heartbeat:
            return True
        if now - one.began > LONGEST or not self._may(one, now, fresh):
            return _let_go(one, ENDED)
        one.seen, one.spoken = told, now
        return _send(one.line, one.event(told).encode()) or _let_go(one)

    def _may(self, one: Listener, now: float, fresh: bool) -> bool:
        if not fresh and now - one.asked < ASKED_EVERY:
            return True
        one.asked = now
        return one.lasts()


def _send(line: socket.socket, event: bytes) -> bool:
    """Whether all of an event was taken at once: who takes less has fallen behind."""
    chunk = b"%x\r\n%b\r\n" % (len(event), event)
    try:
        return line.send(chunk) == len(chunk)
    except OSError:
        return False


def _let_go(one: Listener, last: bytes = b"") -> bool:
    with contextlib.suppress(OSError):  # it may have hung up first
        if last:
            one.line.send(last)
        one.line.shutdown(socket.SHUT_RDWR)
    one.line.close()
    return False
