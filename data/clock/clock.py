"""The only place that asks the machine for the time; everything else is handed a clock."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


class Clock(Protocol):
    """Local time of the city, and a steady count of seconds for measuring spans."""

    def now(self) -> datetime:
        """Naive local datetime of the city."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go back; only differences mean something."""
        ...

    def epoch(self) -> float:
        """Seconds since 1970, as file times are."""
        ...


class SystemClock:
    """The machine's clock read in the city's ``timezone``; ValueError if there is no such zone."""

    def __init__(self, timezone: str) -> None:
        try:
            self._zone = ZoneInfo(timezone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"no timezone '{timezone}'; write one such as Asia/Ho_Chi_Minh") from error

    def now(self) -> datetime:
        """Naive local datetime of the city."""
        return datetime.now(self._zone).replace(tzinfo=None)

    def monotonic(self) -> float:
        """Seconds that never go back."""
        return time.monotonic()

    def epoch(self) -> float:
        """Seconds since 1970."""
        return time.time()


class FixedClock:
    """A clock that stands still until it is moved: for tests and for asking "as of"."""

    def __init__(self, at: datetime) -> None:
        self._at = at
        self._seconds = 0.0

    def now(self) -> datetime:
        """The moment it stands at."""
        return self._at

    def monotonic(self) -> float:
        """Seconds it has been moved since it was made."""
        return self._seconds

    def advance(self, span: timedelta) -> None:
        """Move forward by ``span``; ValueError if that would be back."""
        if span < timedelta(0):
            raise ValueError("a clock does not go back")
        self._at += span
        self._seconds += span.total_seconds()
