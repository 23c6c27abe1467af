"""Runs in the state of the city: at most one plays at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import sqlalchemy as sa

from data.alerts.event import Event
from data.catalogue.exercise import FASTEST, SLOWEST, Exercise
from data.exercises.run import Run, Why, lasts
from data.state.state import State
from data.state.tables import EXERCISE_RUNS

COLUMNS = (
    "id", "exercise", "playlist", "speed", "began_at", "until", "began_by", "ended_at", "ended_by", "why",
)  # fmt: skip
KEPT = 20


class RunError(ValueError):
    """Why no exercise can begin: ``playing`` another does, ``speed`` cannot be played, ``alert`` a real one lasts."""

    def __init__(self, why: Literal["playing", "speed", "alert"]) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Runs:
    """Every run there was."""

    state: State

    def start(
        self, exercise: Exercise, playlist: str, speed: int, by: str, now: datetime, real: Event | None = None
    ) -> Run:
        """Begin an exercise; RunError when another plays, it cannot be that fast, or a ``real`` event forbids it."""
        if real is not None:
            raise RunError("alert")
        if not SLOWEST <= speed <= FASTEST:
            raise RunError("speed")
        row = {
            "exercise": exercise.id, "playlist": playlist, "speed": speed, "began_at": now, "began_by": by,
            "until": now + lasts(exercise, speed), "ended_by": "",
        }  # fmt: skip
        plays = sa.and_(EXERCISE_RUNS.c.ended_at.is_(None), EXERCISE_RUNS.c.until > now)
        with self.state.writing() as connection:
            if connection.execute(sa.select(EXERCISE_RUNS.c.id).where(plays)).first() is not None:
                raise RunError("playing")
            number = connection.execute(EXERCISE_RUNS.insert().values(**row)).inserted_primary_key[0]
        return self.run(number)

    def end(self, number: int, now: datetime, why: Why, by: str) -> Run | None:
        """End a run; None if it had ended already. KeyError for one there is none of."""
        self.run(number)
        here = sa.and_(EXERCISE_RUNS.c.id == number, EXERCISE_RUNS.c.ended_at.is_(None))
        with self.state.writing() as connection:
            row = {"ended_at": now, "why": why, "ended_by": by[:200]}
            changed = connection.execute(EXERCISE_RUNS.update().where(here).values(**row)).rowcount
        return self.run(number) if changed else None

    def run(self, number: int) -> Run:
        """One run; KeyError if there is none."""
        found = self._found(EXERCISE_RUNS.c.id == number, 1)
        if not found:
            raise KeyError(number)
        return found[0]

    def newest(self, most: int = KEPT) -> Sequence[Run]:
        """The newest first."""
        return self._found(sa.true(), most)

    def last(self) -> Run | None:
        """The newest of all: the one that plays, if one does."""
        found = self._found(sa.true(), 1)
        return found[0] if found else None

    def _found(self, which: sa.ColumnElement[bool], most: int) -> list[Run]:
        asked = sa.select(*(EXERCISE_RUNS.c[name] for name in COLUMNS)).where(which)
        with self.state.reading() as connection:
            return [Run(*row) for row in connection.execute(asked.order_by(EXERCISE_RUNS.c.id.desc()).limit(most))]
