"""The heart of the process that loads: it beats while that process is alive, and goes on after a failure."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Sequence
from pathlib import Path

from data.clock.clock import Clock
from data.clock.sync import Sync
from data.health.pulse import Pulse
from data.store.ledger import Load
from data.store.writer import FAILURES

LOG = logging.getLogger(__name__)
EVERY = 5.0  # seconds between two beats
RETRY = 5.0  # seconds until what failed is tried again


class Heart:
    """Runs a sync. What cannot be written, as on a full disk, leaves the store as it was and is tried again."""

    def __init__(self, store: Path, clock: Clock) -> None:
        self.store, self.clock = store, clock
        self.error = ""
        self._waiting = 0
        self._last: float | None = None

    def run(self, sync: Sync) -> Sequence[Load]:
        """One round: what was loaded."""
        try:
            loads = sync.tick()
        except FAILURES as error:
            LOG.error("nothing was loaded: %s; it is tried again in %s seconds", error, RETRY)
            self.error, loads = str(error).split("\n")[0], []
        else:
            self.error = ""
        self.beat(sync.waiting)
        return loads

    def step(self, name: str) -> None:
        """A step of a long load was reached."""
        self.beat(self._waiting)

    def beat(self, waiting: int = 0) -> None:
        """Say that this process is alive, if that was not said just now or something is new."""
        now, same = self.clock.monotonic(), waiting == self._waiting and not self.error
        if self._last is not None and same and now - self._last < EVERY:
            return
        self._last, self._waiting = now, waiting
        with contextlib.suppress(OSError):  # the disk may be full, and that is what has to be told
            Pulse(self.clock.now().isoformat(timespec="seconds"), os.getpid(), waiting, self.error).write(self.store)
