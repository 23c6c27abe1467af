"""Journeys: what is remembered of somebody who was sent to a provider, until they are back. Each is made once."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from data.accounts.session import digest
from data.state.state import State
from data.state.tables import JOURNEYS

LONGEST = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Journey:
    """A way to a provider: ``state`` and ``nonce`` have to come back, ``verifier`` proves that it was us who left.

    ``there`` is the page of ours they were going to.
    """

    provider: str
    state: str
    nonce: str
    verifier: str
    there: str

    @classmethod
    def to(cls, provider: str, there: str) -> Journey:
        """A new journey, every word of it unguessable."""
        return cls(provider, *(secrets.token_urlsafe(32) for _ in range(2)), secrets.token_urlsafe(48), there)


@dataclass(frozen=True, slots=True)
class Journeys:
    """Journeys under way; a browser holds a token that is stored as a digest."""

    held: State

    def begin(self, journey: Journey, now: datetime) -> str:
        """Remember a journey: the token of whoever makes it."""
        token = secrets.token_urlsafe(32)
        with self.held.writing() as connection:
            connection.execute(JOURNEYS.delete().where(JOURNEYS.c.began_at < now - LONGEST))
            connection.execute(JOURNEYS.insert().values(digest=digest(token), began_at=now, **asdict(journey)))
        return token

    def end(self, token: str, now: datetime) -> Journey | None:
        """The journey of a token, which is over now; None for one that is not known or took too long."""
        if not token:
            return None
        mine = JOURNEYS.c.digest == digest(token)
        with self.held.writing() as connection:
            row = connection.execute(JOURNEYS.select().where(mine)).first()
            connection.execute(JOURNEYS.delete().where(mine))
        if row is None or not timedelta(0) <= now - row.began_at <= LONGEST:
            return None
        return Journey(row.provider, row.state, row.nonce, row.verifier, row.there)
