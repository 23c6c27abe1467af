"""Progress of a load, told on stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import ClassVar

from data.clock.sync import Batch


class Progress:
    """Says on stderr how far a load has come."""

    TOLD: ClassVar = {
        "lake.written": "writing rows",
        "mart.started": "rolling up",
        "compaction.started": "compacting",
        "publish.started": "publishing",
    }

    def __init__(self, quiet: bool = False, steps: Callable[[str], None] = lambda name: None) -> None:
        """``steps`` hears of every step as well."""
        self.quiet, self.total, self.done, self.steps = quiet, 0, 0, steps

    def announce(self, batch: Batch) -> None:
        """Deliveries that are about to be loaded."""
        self.total += sum(len(deliveries) for _, deliveries in batch)

    def step(self, name: str) -> None:
        """A step the writer reached."""
        self.steps(name)
        if name == "load.pulled":
            self.done += 1
        words = self.TOLD.get(name, "reading" if name == "load.pulled" else "")
        if words and self.total:
            self._show(f"{self.done}/{self.total} files, {words}")

    def simulated(self, department: str, share: float) -> None:
        """How far a simulation has come."""
        self._show(f"simulating three years of files: {share:.0%}")

    def _show(self, text: str) -> None:
        if self.quiet:
            return
        if sys.stderr.isatty():
            print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
        elif self.done in (0, self.total) or self.done % 50 == 0:
            print(text, file=sys.stderr, flush=True)

    def end(self, text: str) -> None:
        """The last word."""
        print(("\r\033[K" if sys.stderr.isatty() else "") + text, file=sys.stderr, flush=True)
