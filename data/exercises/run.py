"""A run of an exercise: who began it when, how fast it goes, on whose walls, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from data.catalogue.exercise import Exercise

STORE, STATE = "store", "state.db"  # in the folder of a run: what readers open

Why = Literal["script", "stopped", "alert", "gone"]
SAID = timedelta(minutes=2)  # how long a wall says that an exercise is over


@dataclass(frozen=True, slots=True)
class Run:
    """``until`` is when the script ends at this ``speed``, by the city's clock. ``why`` it ended: by its script, by
    somebody, by a real alert, or because the pack no longer has it; ``ended_by`` is who, or the event."""

    id: int
    exercise: str
    playlist: str
    speed: int
    began_at: datetime
    until: datetime
    began_by: str
    ended_at: datetime | None = None
    ended_by: str = ""
    why: Why | None = None

    def plays(self, now: datetime) -> bool:
        """Whether it is still on: nobody has to be there to end it."""
        return self.ended_at is None and now < self.until

    def moment(self, exercise: Exercise, now: datetime) -> datetime:
        """How far the script has come: a function of its beginning, the speed and the clock alone."""
        return min(exercise.end, exercise.start + (now - self.began_at) * self.speed)

    def folder(self, store: Path) -> Path:
        """Where a run keeps what is its own: beside the store of the city, never in it."""
        return stage(store) / f"{self.id}-{self.began_at:%Y%m%d%H%M%S}"

    def over(self, now: datetime) -> tuple[datetime, Why] | None:
        """Since when and why it is over; None while it plays."""
        if self.ended_at is not None:
            return self.ended_at, self.why or "stopped"
        return None if now < self.until else (self.until, "script")


def stage(store: Path) -> Path:
    """The folder of all runs of a city."""
    return store.with_name(f"{store.name}-exercise")


def lasts(exercise: Exercise, speed: int) -> timedelta:
    """How long an exercise takes at a speed."""
    return (exercise.end - exercise.start) / speed
