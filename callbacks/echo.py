"""Echo: one answer for all who ask the same thing at the same time, made by the first of them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

MOST = 64


@dataclass(slots=True)
class Echo:
    """A bounded store of answers with single flight."""

    _held: OrderedDict[Hashable, bytes] = field(default_factory=OrderedDict)
    _flights: dict[Hashable, threading.Lock] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def at(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """The answer to a question; ``make`` is called where nobody has asked it yet."""
        found = self._held.get(key)
        if found is not None:
            return found
        with self._lock:
            flight = self._flights.setdefault(key, threading.Lock())
        try:
            with flight:
                found = self._held.get(key)
                if found is None:
                    found = make()
                    self._hold(key, found)
                return found
        finally:
            with self._lock:
                self._flights.pop(key, None)

    def _hold(self, key: Hashable, answer: bytes) -> None:
        with self._lock:
            self._held[key] = answer
            while len(self._held) > MOST:
                self._held.popitem(last=False)
