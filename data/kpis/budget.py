"""A budget: how long a batch of questions may take, and whether anybody still waits for the answer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil, inf

import duckdb

LOOK = 0.1  # seconds between two looks at what is under way


def waits() -> bool:
    """Whoever asked is not gone: nobody says so."""
    return False


class Budget:
    """Of one asker: ``seconds`` for each batch, None for as long as it takes; ``gone`` tells that they have left.

    ``spent`` says that the last batch was broken off.
    """

    def __init__(self, seconds: float | None = None, gone: Callable[[], bool] = waits) -> None:
        self.looks = inf if seconds is None else ceil(seconds / LOOK)
        self.gone, self.spent = gone, False

    @contextmanager
    def over(self, cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
        """What ``cursor`` does inside is broken off, by duckdb.InterruptException, when the budget is spent."""
        self.spent = False
        if self.looks == inf and self.gone is waits:
            yield
            return
        done = threading.Event()
        watcher = threading.Thread(target=self._watch, args=(cursor, done), name="budget", daemon=True)
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()

    def _watch(self, cursor: duckdb.DuckDBPyConnection, done: threading.Event) -> None:
        looked = 0
        while not done.wait(LOOK):
            looked += 1
            self.spent = self.spent or looked >= self.looks or self.gone()
            if self.spent:
                cursor.interrupt()  # again and again: between two statements there is nothing to break off
