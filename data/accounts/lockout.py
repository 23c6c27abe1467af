"""Lock-out: whoever keeps guessing waits twice as long each time, by name and by address."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa

from data.state.tables import ATTEMPTS

FREE = 5
FIRST, LONGEST = timedelta(seconds=2), timedelta(minutes=15)
FORGET = timedelta(hours=24)


def keys(name: str, address: str) -> tuple[str, str]:
    """What failures are counted by. Names are told apart as they are at sign-in."""
    return (f"name:{name.casefold()[:64]}", f"from:{address[:64]}")


def wait(failures: int) -> timedelta:
    """How long to wait after so many failures: nothing up to five, then 2 s, 4 s, 8 s … at most 15 minutes."""
    if failures < FREE:
        return timedelta(0)
    return min(LONGEST, FIRST * 2 ** min(failures - FREE, 30))


def remaining(connection: sa.Connection, held: Iterable[str], now: datetime) -> timedelta:
    """How long whoever has these keys still waits; zero when they may try."""
    rows = connection.execute(sa.select(ATTEMPTS).where(ATTEMPTS.c.key.in_(list(held))))
    left = (row.last_at + wait(row.failures) - now for row in rows if now - row.last_at < FORGET)
    return max([timedelta(0), *left])


def failed(connection: sa.Connection, held: Iterable[str], now: datetime) -> None:
    """Count one more failure; the count starts over after a day without one."""
    for key in held:
        row = connection.execute(sa.select(ATTEMPTS).where(ATTEMPTS.c.key == key)).first()
        if row is None:
            connection.execute(ATTEMPTS.insert().values(key=key, failures=1, last_at=now))
            continue
        count = 1 if now - row.last_at >= FORGET else row.failures + 1
        connection.execute(ATTEMPTS.update().where(ATTEMPTS.c.key == key).values(failures=count, last_at=now))


def forget(connection: sa.Connection, key: str) -> None:
    """A right password clears the name, not the address others may be guessing from."""
    connection.execute(ATTEMPTS.delete().where(ATTEMPTS.c.key == key))
