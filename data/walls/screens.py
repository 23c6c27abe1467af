"""Screens: what hangs on walls. One is paired by the code it shows, and known from then on by a token of its own.

The token is given to the screen alone and kept as its digest; it opens walls to look at and nothing else.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import sqlalchemy as sa

from data.state.state import State
from data.state.tables import SCREENS

CODE_LASTS = timedelta(minutes=5)
FORGOTTEN = timedelta(hours=1)  # after which a screen nobody paired is not waited for any longer
MOST_WAITING = 100
LOST_AFTER = timedelta(seconds=90)
THEMES = ("dark", "light", "daylight")  # daylight: light from 6:00 to 17:30
Standing = Literal["live", "frozen", "lost"]


@dataclass(frozen=True, slots=True)
class Choice:
    """What an operator decides for a screen: its playlist, or the ``place`` it has in a room, "room/letter". ``room``
    says in words where it hangs."""

    name: str
    playlist: str
    theme: str = "dark"
    language: str = "vi"
    room: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """A paired screen: ``seen_at`` when it last spoke, ``frame_at`` when it last painted, ``scene`` what."""

    id: int
    choice: Choice
    paired_at: datetime
    paired_by: str
    seen_at: datetime | None
    frame_at: datetime | None
    scene: str
    size: str

    def standing(self, now: datetime) -> Standing:
        """Live while it speaks and paints; one that speaks and no longer paints is frozen."""
        if now - (self.seen_at or self.paired_at) > LOST_AFTER:
            return "lost"
        return "frozen" if now - (self.frame_at or self.paired_at) > LOST_AFTER else "live"


class ScreenError(ValueError):
    """A code that is not waited for, or a name that is taken."""


@dataclass(frozen=True, slots=True)
class Screens:
    """Every screen of a city, in its state."""

    state: State

    def announce(self, now: datetime) -> tuple[str, str]:
        """A new screen that waits to be paired: its token and the code it shows."""
        token, code = secrets.token_urlsafe(32), _code()
        with self.state.writing() as connection:
            gone = sa.and_(SCREENS.c.paired_at.is_(None), SCREENS.c.made_at < now - FORGOTTEN)
            connection.execute(SCREENS.delete().where(gone))
            asked = sa.select(sa.func.count()).where(SCREENS.c.paired_at.is_(None))
            if connection.execute(asked).scalar_one() >= MOST_WAITING:
                raise ScreenError("too many screens wait to be paired")
            row = {"digest": _digest(token), "made_at": now, "code": code, "code_until": now + CODE_LASTS}
            connection.execute(SCREENS.insert().values(**row))
        return token, code

    def code(self, token: str, now: datetime) -> tuple[str, datetime] | None:
        """The code a waiting screen shows and until when, a new one when the old is over; None if it does not wait."""
        mine = sa.and_(SCREENS.c.digest == _digest(token), SCREENS.c.paired_at.is_(None))
        with self.state.writing() as connection:
            found = connection.execute(sa.select(SCREENS.c.code, SCREENS.c.code_until).where(mine)).one_or_none()
            if found is None:
                return None
            if found.code_until > now:
                return found.code, found.code_until
            row = {"code": _code(), "code_until": now + CODE_LASTS, "made_at": now}
            connection.execute(SCREENS.update().where(mine).values(**row))
        return row["code"], row["code_until"]

    def pair(self, code: str, choice: Choice, by: str, now: datetime) -> Screen:
        """Pair the screen that shows ``code``; ScreenError when none does or the name is taken."""
        waits = sa.and_(SCREENS.c.code == code, SCREENS.c.code_until > now, SCREENS.c.paired_at.is_(None))
        with self.state.writing() as connection:
            number = connection.execute(sa.select(SCREENS.c.id).where(waits)).scalar_one_or_none()
            if number is None:
                raise ScreenError("code")
            self._free(connection, choice.name, number)
            row = _columns(choice) | {"code": None, "code_until": None, "paired_at": now, "paired_by": by}
            connection.execute(SCREENS.update().where(SCREENS.c.id == number).values(**row, seen_at=now, frame_at=now))
        return self.screen(number)

    def change(self, number: int, choice: Choice) -> Screen:
        """Give a screen another name, playlist, theme, language or room; KeyError for one there is none of."""
        self.screen(number)
        with self.state.writing() as connection:
            self._free(connection, choice.name, number)
            connection.execute(SCREENS.update().where(SCREENS.c.id == number).values(**_columns(choice)))
        return self.screen(number)

    def revoke(self, number: int, now: datetime) -> Screen:
        """End what a screen may see: at its next word it shows a code again. KeyError for one there is none of."""
        found = self.screen(number)
        with self.state.writing() as connection:
            connection.execute(SCREENS.update().where(SCREENS.c.id == number).values(revoked_at=now))
        return found

    def known(self, token: str) -> Screen | None:
        """The paired screen that holds a token; None when none does, or no longer."""
        rows = self._found(SCREENS.c.digest == _digest(token)) if token else []
        return rows[0] if rows else None

    def beat(self, number: int, now: datetime, painted: bool, scene: str, size: str) -> None:
        """A screen says that it is there, what it shows, and whether it has painted since."""
        row = {"seen_at": now, "scene": scene[:64], "size": size[:16]} | ({"frame_at": now} if painted else {})
        with self.state.writing() as connection:
            connection.execute(SCREENS.update().where(SCREENS.c.id == number).values(**row))

    def screen(self, number: int) -> Screen:
        """One paired screen; KeyError if there is none."""
        rows = self._found(SCREENS.c.id == number)
        if not rows:
            raise KeyError(number)
        return rows[0]

    def all(self) -> Sequence[Screen]:
        """Every paired screen by its name."""
        return self._found(sa.true())

    def revision(self) -> str:
        """What changes whenever a screen is given something else to show."""
        held = [(one.id, one.choice) for one in self.all()]
        return hashlib.sha256(repr(held).encode()).hexdigest()[:8]

    def _found(self, which: sa.ColumnElement[bool]) -> list[Screen]:
        paired = sa.and_(which, SCREENS.c.paired_at.is_not(None), SCREENS.c.revoked_at.is_(None))
        with self.state.reading() as connection:
            rows = connection.execute(sa.select(SCREENS).where(paired).order_by(SCREENS.c.name)).all()
        return [
            Screen(
                row.id, Choice(row.name, row.playlist, row.theme, row.language, row.room or "", row.place or ""),
                row.paired_at, row.paired_by, row.seen_at, row.frame_at, row.scene or "", row.size or "",
            )
            for row in rows
        ]  # fmt: skip

    @staticmethod
    def _free(connection: sa.Connection, name: str, number: int) -> None:
        same = sa.and_(SCREENS.c.name == name, SCREENS.c.id != number, SCREENS.c.revoked_at.is_(None))
        if connection.execute(sa.select(SCREENS.c.id).where(same)).first() is not None:
            raise ScreenError("name")


def _columns(choice: Choice) -> dict[str, str | None]:
    if not choice.name.strip() or choice.theme not in THEMES:
        raise ScreenError("name" if choice.theme in THEMES else "theme")
    return {
        "name": choice.name.strip()[:64], "playlist": choice.playlist, "theme": choice.theme,
        "language": choice.language, "room": choice.room.strip()[:64], "place": choice.place or None,
    }  # fmt: skip


def _code() -> str:
    return f"{secrets.randbelow(1_000_000):06d}"


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
