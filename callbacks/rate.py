"""Rates: how many requests one address may make, as a bucket that fills by the second."""

from __future__ import annotations

import threading
from collections import OrderedDict

from data.clock.clock import Clock

EACH_SECOND, AT_ONCE = 100.0, 600.0
MOST_ADDRESSES = 10_000


class Rate:
    """A bucket for each address; the one not seen for longest is forgotten when there are too many."""

    def __init__(self, clock: Clock, each_second: float = EACH_SECOND, at_once: float = AT_ONCE) -> None:
        self.clock, self.each_second, self.at_once = clock, each_second, at_once
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def admits(self, address: str) -> bool:
        """Whether one more request of an address may go on."""
        now = self.clock.monotonic()
        with self._lock:
            left, seen = self._buckets.pop(address, (self.at_once, now))
            left = min(self.at_once, left + (now - seen) * self.each_second)
            admitted = left >= 1
            self._buckets[address] = (left - 1 if admitted else left, now)
            if len(self._buckets) > MOST_ADDRESSES:
                self._buckets.popitem(last=False)
        return admitted
