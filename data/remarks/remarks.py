"""Remarks in the state: who writes, sees, changes and takes back which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from data.accounts.user import User
from data.kpis.scope import EVERYTHING, Scope
from data.remarks.remark import Remark, Wording
from data.state.state import State
from data.state.tables import REMARKS, USERS

MOST = 200  # remarks one author may leave on one KPI
UNDO = timedelta(minutes=10)  # how long a change is offered to be taken back


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes and reads: a ``user``, or nobody with a name in a demonstration. A ``keeper`` may change what others
    wrote, as far as they see it; ``scope`` is what they see of the city."""

    user: User | None = None
    scope: Scope = EVERYTHING
    keeper: bool = False

    @property
    def organisation(self) -> str:
        """Their organisation, "" for who has none."""
        return (self.user.organisation or "") if self.user else ""


@dataclass(frozen=True, slots=True)
class Remarks:
    """Every method is asked by somebody. KeyError for a remark they do not see, or may not change: to them there is
    no such thing. ``kpi`` is always the id of a KPI, which outlives its code."""

    state: State

    def of(self, author: Author, kpi: str, now: datetime) -> tuple[Remark, ...]:
        """The remarks of a KPI somebody sees, the latest days first; what they took away just now is among them."""
        with self.state.reading() as connection:
            asked = _asked(author).where(REMARKS.c.kpi == kpi)
            rows = connection.execute(asked.order_by(REMARKS.c.first.desc(), REMARKS.c.id.desc())).all()
        found = (_remark(row, author, now) for row in rows if _inside(author, row.area))
        return tuple(one for one in found if not one.removed or one.undoable)

    def public(
        self, scope: Scope, signed: bool, kpis: Sequence[str], first: date, last: date
    ) -> dict[str, tuple[Remark, ...]]:
        """By KPI, the remarks for everybody inside a scope that touch a period of days, both included, the earliest
        first: ``signed`` by who wrote them, or those of a demonstration, where nobody has a name."""
        author = Author(scope=scope)
        touching = (REMARKS.c.audience == "everybody", REMARKS.c.first <= last, REMARKS.c.last >= first)
        standing = (REMARKS.c.removed_at.is_(None), REMARKS.c.kpi.in_(list(kpis)))
        written = REMARKS.c.user_id.is_not(None) if signed else REMARKS.c.user_id.is_(None)
        asked = _joined().where(written, *touching, *standing)
        with self.state.reading() as connection:
            rows = connection.execute(asked.order_by(REMARKS.c.first, REMARKS.c.id)).all()
        found: dict[str, tuple[Remark, ...]] = {}
        for row in rows:
            if _inside(author, row.area):
                one = replace(_remark(row, author, row.changed_at), mine=False, undoable=False)
                found[row.kpi] = (*found.get(row.kpi, ()), one)
        return found

    def revision(self) -> str:
        """What changes whenever a remark for everybody does."""
        numbers = (sa.func.count(), sa.func.total(REMARKS.c.id), sa.func.max(REMARKS.c.changed_at))
        standing = (REMARKS.c.audience == "everybody", REMARKS.c.removed_at.is_(None))
        with self.state.reading() as connection:
            count, total, changed = connection.execute(sa.select(*numbers).where(*standing)).one()
        return f"{count}-{total:.0f}-{changed:%y%m%d%H%M%S%f}" if changed else "0"

    def write(self, author: Author, kpi: str, wording: Wording, now: datetime) -> int:
        """Keep a remark: its number. ValueError for an audience the author does not have, or when there are too many;
        KeyError for an area they do not see."""
        self._check(author, wording)
        with self.state.writing() as connection:
            own = (REMARKS.c.kpi == kpi, REMARKS.c.removed_at.is_(None), _by(author))
            held = connection.execute(sa.select(sa.func.count()).select_from(REMARKS).where(*own)).scalar_one()
            if held >= MOST:
                raise ValueError("full")
            row = {"kpi": kpi, "user_id": author.user.id if author.user else None, "written_at": now,
                   "organisation": author.organisation, "changed_at": now}  # fmt: skip
            return connection.execute(REMARKS.insert().values(**row, **_columns(wording))).inserted_primary_key[0]

    def change(self, author: Author, kpi: str, remark: int, wording: Wording, now: datetime) -> None:
        """Put another wording in its place; what it said before can be had back."""
        self._check(author, wording)
        with self.state.writing() as connection:
            row = self._mine(connection, author, kpi, remark)
            if row.removed_at is not None:
                raise KeyError(remark)
            self._set(connection, remark, **_columns(wording), before=_said(row), changed_at=now)

    def remove(self, author: Author, kpi: str, remark: int, now: datetime) -> None:
        """Take a remark away; it can be had back."""
        with self.state.writing() as connection:
            self._mine(connection, author, kpi, remark)
            self._set(connection, remark, removed_at=now, changed_at=now)

    def undo(self, author: Author, kpi: str, remark: int, now: datetime) -> None:
        """Take the last change back: what was taken away is there, what was changed says what it said before."""
        with self.state.writing() as connection:
            row = self._mine(connection, author, kpi, remark)
            if row.removed_at is not None:
                self._set(connection, remark, removed_at=None, changed_at=now)
            elif row.before is not None:
                was = row.before | {name: date.fromisoformat(row.before[name]) for name in ("first", "last")}
                self._set(connection, remark, **was, before=_said(row), changed_at=now)
            else:
                raise KeyError(remark)

    # -- inside a transaction ----------------------------------------------------------

    @staticmethod
    def _check(author: Author, wording: Wording) -> None:
        if wording.audience == "organisation" and not author.organisation:
            raise ValueError("audience")
        if wording.audience != "everybody" and author.user is None:
            raise ValueError("audience")
        if not _inside(author, wording.area):
            raise KeyError(wording.area)

    @staticmethod
    def _mine(connection: sa.Connection, author: Author, kpi: str, remark: int) -> Any:
        asked = _asked(author).where(REMARKS.c.id == remark, REMARKS.c.kpi == kpi)
        row = connection.execute(asked).first()
        if row is None or not _inside(author, row.area) or not _changes(author, row):
            raise KeyError(remark)
        return row

    @staticmethod
    def _set(connection: sa.Connection, remark: int, **values: Any) -> None:
        connection.execute(REMARKS.update().where(REMARKS.c.id == remark).values(**values))


def _joined() -> sa.Select:
    named = (USERS.c.name, USERS.c.display)
    return sa.select(REMARKS, *named).select_from(REMARKS.outerjoin(USERS, REMARKS.c.user_id == USERS.c.id))


def _asked(author: Author) -> sa.Select:
    """Remarks somebody sees: their own, their organisation's, and those for everybody.

    What was written in a demonstration, where nobody has a name, is seen in a demonstration only.
    """
    if author.user is None:
        return _joined().where(REMARKS.c.user_id.is_(None))
    seen = [REMARKS.c.user_id == author.user.id, REMARKS.c.audience == "everybody"]
    if author.organisation:
        ours = REMARKS.c.organisation == author.organisation
        seen.append(sa.and_(REMARKS.c.audience == "organisation", ours))
    return _joined().where(REMARKS.c.user_id.is_not(None), sa.or_(*seen))


def _by(author: Author) -> sa.ColumnElement[bool]:
    return REMARKS.c.user_id.is_(None) if author.user is None else REMARKS.c.user_id == author.user.id


def _changes(author: Author, row: Any) -> bool:
    """Whether somebody may change a remark they see."""
    return author.keeper or row.user_id == (author.user.id if author.user else None)


def _inside(author: Author, area: str | None) -> bool:
    return area is None or author.scope.holds(area)


def _columns(wording: Wording) -> dict[str, Any]:
    return {"text": wording.text, "first": wording.first, "last": wording.last, "area": wording.area,
            "audience": wording.audience}  # fmt: skip


def _said(row: Any) -> dict[str, Any]:
    """What a remark says, as it is kept for who wants it back."""
    held = {name: getattr(row, name) for name in ("text", "area", "audience")}
    return held | {"first": row.first.isoformat(), "last": row.last.isoformat()}


def _remark(row: Any, author: Author, now: datetime) -> Remark:
    mine = _changes(author, row)
    changed = row.removed_at is not None or row.before is not None
    wording = Wording(row.text, row.first, row.last, row.area, row.audience)
    return Remark(
        row.id, wording, row.display or row.name or "", row.organisation, row.written_at, mine,
        row.removed_at is not None, mine and changed and now - row.changed_at <= UNDO,
    )  # fmt: skip
