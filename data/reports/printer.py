"""A printer: a process that makes orders one after another, and what its foreman knows of it.

It is told the number of each order on its standard input, and ends when nobody is there any more to tell it one.
"""

from __future__ import annotations

import contextlib
import subprocess
from dataclasses import dataclass
from datetime import datetime

from data.reports.order import Order


@dataclass(slots=True)
class Printer:
    """``order`` is what it makes now; without one it has been free since ``since``."""

    process: subprocess.Popen
    since: datetime
    order: Order | None = None

    @property
    def gone(self) -> bool:
        """Whether the process has ended, whoever ended it."""
        return self.process.poll() is not None

    def give(self, order: Order) -> None:
        """Tell it to make an order. Nothing is said of one that has just died: whoever looks next sees it gone."""
        assert self.process.stdin is not None  # nosec B101: whoever starts a printer opens the pipe it is told by
        with contextlib.suppress(OSError):
            self.process.stdin.write(b"%d\n" % order.id)
            self.process.stdin.flush()
        self.order = order

    def free(self, now: datetime) -> None:
        """It has nothing more to do for now."""
        self.order, self.since = None, now

    def end(self) -> None:
        """End it. Nothing it writes is there before it is whole, so that may be at any moment."""
        self.process.kill()
        self.process.wait()
        if self.process.stdin is not None:
            with contextlib.suppress(OSError):
                self.process.stdin.close()
