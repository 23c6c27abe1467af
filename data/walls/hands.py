"""Hands in the state: one for a room, and the last one laid on it wins."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from datetime import datetime

import sqlalchemy as sa

from data.state.state import State
from data.state.tables import HANDS
from data.walls.hand import Hand

COLUMNS = tuple(HANDS.c[field.name] for field in fields(Hand))


@dataclass(frozen=True, slots=True)
class Hands:
    """Who holds the remote of which room."""

    state: State

    def of(self, room: str, now: datetime) -> Hand | None:
        """The hand on a room; None when there is none, or it has ended."""
        with self.state.reading() as connection:
            return _held(connection, room, now)

    def lay(self, room: str, now: datetime, laid: Callable[[Hand | None], Hand]) -> Hand:
        """Put the hand that is ``laid`` upon the one that is there, both in one transaction."""
        with self.state.writing() as connection:
            hand = laid(_held(connection, room, now))
            connection.execute(HANDS.delete().where(HANDS.c.room == room))
            connection.execute(HANDS.insert().values(room=room, **asdict(hand)))
        return hand

    def release(self, room: str) -> None:
        """Give a room back to the clock."""
        with self.state.writing() as connection:
            connection.execute(HANDS.delete().where(HANDS.c.room == room))

    def revision(self) -> str:
        """What changes whenever a hand is laid or lifted."""
        with self.state.reading() as connection:
            rows = connection.execute(sa.select(HANDS).order_by(HANDS.c.room)).all()
        return hashlib.sha256(repr([tuple(row) for row in rows]).encode()).hexdigest()[:8]


def _held(connection: sa.Connection, room: str, now: datetime) -> Hand | None:
    row = connection.execute(sa.select(*COLUMNS).where(HANDS.c.room == room)).one_or_none()
    hand = None if row is None else Hand(*row)
    return hand if hand is not None and hand.holds(now) else None
