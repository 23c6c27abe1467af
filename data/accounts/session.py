"""Sessions: kept on the server, known to a browser by a token that is told once and stored as a digest."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from data.accounts.user import User
from data.state.tables import SESSIONS, USERS

TOUCH = timedelta(seconds=30)  # a session is seen to the half minute, not at every request
LONGEST_AGENT = 200


@dataclass(frozen=True, slots=True)
class Limits:
    """A session ends after ``idle`` without a request, and ``whole`` after it began."""

    idle: timedelta = timedelta(minutes=30)
    whole: timedelta = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in of one user. ``seen_at`` is exact to half a minute."""

    id: int
    user: User
    began_at: datetime
    seen_at: datetime
    address: str
    agent: str


@dataclass(frozen=True, slots=True)
class Sessions:
    """The sessions of a city within their limits; every method works inside the caller's transaction."""

    limits: Limits = Limits()

    def begin(self, connection: sa.Connection, user: int, address: str, agent: str, now: datetime) -> str:
        """A new session of a user: its token, which is kept nowhere."""
        token = secrets.token_urlsafe(32)
        connection.execute(
            SESSIONS.insert().values(
                digest=digest(token), user_id=user, began_at=now, seen_at=now, address=address,
                agent=agent[:LONGEST_AGENT],
            )
        )  # fmt: skip
        return token

    def of(self, connection: sa.Connection, token: str, now: datetime) -> Session | None:
        """The session of a token while it lasts; None for one that ended, or of a user who is disabled."""
        asked = self._asked().where(SESSIONS.c.digest == digest(token))
        row = connection.execute(asked).first()
        return self._session(row, now) if row is not None else None

    def touch(self, connection: sa.Connection, session: Session, now: datetime) -> None:
        """A request was made: the idle limit counts from now on."""
        connection.execute(SESSIONS.update().where(SESSIONS.c.id == session.id).values(seen_at=now))

    def due(self, session: Session, now: datetime) -> bool:
        """Whether that it was seen is worth writing down."""
        return now - session.seen_at >= TOUCH

    def all(self, connection: sa.Connection, user: int, now: datetime) -> Sequence[Session]:
        """What a user is signed in with, the newest first."""
        asked = self._asked().where(SESSIONS.c.user_id == user).order_by(SESSIONS.c.began_at.desc())
        return [found for row in connection.execute(asked) if (found := self._session(row, now)) is not None]

    def end(self, connection: sa.Connection, user: int, now: datetime, session: int | None = None) -> int:
        """End one session of a user, or all; how many there were."""
        ended = SESSIONS.update().where(SESSIONS.c.user_id == user, SESSIONS.c.ended_at.is_(None))
        if session is not None:
            ended = ended.where(SESSIONS.c.id == session)
        return connection.execute(ended.values(ended_at=now)).rowcount

    @staticmethod
    def _asked() -> sa.Select:
        held = (SESSIONS.c.id.label("session"), SESSIONS.c.began_at, SESSIONS.c.seen_at, SESSIONS.c.address,
                SESSIONS.c.agent)  # fmt: skip
        joined = SESSIONS.join(USERS, SESSIONS.c.user_id == USERS.c.id)
        return sa.select(*held, USERS).select_from(joined).where(SESSIONS.c.ended_at.is_(None), ~USERS.c.disabled)

    def _session(self, row: sa.Row, now: datetime) -> Session | None:
        # A clock set back makes nothing older, nor keeps anything alive for longer than it lasts.
        idle, whole = abs(now - row.seen_at), abs(now - row.began_at)
        if idle > self.limits.idle or whole > self.limits.whole:
            return None
        return Session(row.session, User.of(row), row.began_at, row.seen_at, row.address, row.agent)


def digest(token: str) -> str:
    """What is stored of a token: 256 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
