"""A clock that stands: what is shown does not depend on when the test runs."""

from __future__ import annotations

import time
from datetime import datetime


class StandingClock:
    """Shows one moment, so that no minute passes in a test; spans and file times are real."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        """The moment shown."""
        return self._at

    def monotonic(self) -> float:
        """Seconds that never go back."""
        return time.monotonic()

    def epoch(self) -> float:
        """Seconds since 1970, as the file system counts them."""
        return time.time()
