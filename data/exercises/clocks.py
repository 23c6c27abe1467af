"""Clocks of an exercise: where the script has come to, which is not the time of the city."""

from __future__ import annotations

from datetime import datetime

from data.clock.clock import Clock
from data.store.reader import Reader


class ScriptClock:
    """Stands at a moment of the script until it is moved; spans and file times are the machine's."""

    def __init__(self, at: datetime, machine: Clock) -> None:
        self.at, self._machine = at, machine

    def now(self) -> datetime:
        """The moment of the script."""
        return self.at

    def monotonic(self) -> float:
        """Seconds that never go back."""
        return self._machine.monotonic()

    def epoch(self) -> float:
        """Seconds since 1970, as file times are."""
        return self._machine.epoch()


class FollowingClock(ScriptClock):
    """Shows the moment of the newest snapshot of a run: every worker that reads it stands at the same step."""

    def __init__(self, reader: Reader, machine: Clock) -> None:
        super().__init__(datetime.min, machine)
        self._reader = reader

    def now(self) -> datetime:
        """The moment of the script; NoSnapshot before the first step."""
        return datetime.fromisoformat(self._reader.snapshot().manifest.created_at)
