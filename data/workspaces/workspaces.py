"""Workspaces in the state: who keeps, sees, changes, shares, copies and proposes which view."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from data.state.state import State
from data.state.tables import SHARES, USERS, VIEWS
from data.workspaces.member import Member
from data.workspaces.view import SavedView, Share

LONGEST_TITLE, LONGEST_ADDRESS = 200, 2000
MOST = 500  # views one owner may keep


@dataclass(frozen=True, slots=True)
class Workspaces:
    """Every method is asked by somebody. KeyError for a view they do not see, or may not change: to them there is
    no such thing. ValueError for a title or an address that cannot be kept, or when there are too many."""

    state: State

    def visible(self, member: Member) -> Sequence[SavedView]:
        """What somebody sees, pinned ones first, then by title; those taken away are left out."""
        with self.state.reading() as connection:
            rows = connection.execute(self._asked(member).where(VIEWS.c.removed_at.is_(None))).all()
            return self._views(connection, member, rows)

    def proposals(self, member: Member) -> Sequence[tuple[SavedView, SavedView]]:
        """What others offer back to somebody: the view as it is proposed, and the one it would change."""
        with self.state.reading() as connection:
            own = {view.id: view for view in self._own(connection, member)}
            asked = _joined().where(VIEWS.c.proposed, VIEWS.c.removed_at.is_(None), VIEWS.c.origin.in_(own))
            offered = self._views(connection, member, connection.execute(asked).all())
            return [(view, own[view.origin]) for view in offered if view.origin is not None]

    def save(self, member: Member, title: str, address: str, now: datetime, whole: bool = False) -> int:
        """Keep a view, of one's own or (``whole``) of one's organisation: its number."""
        if whole and not (member.edits and member.user.organisation):
            raise KeyError("organisation")
        owner = {"organisation": member.user.organisation} if whole else {"user_id": member.user.id}
        row = {
            "title": _title(title),
            "address": _address(address),
            "pinned": False,
            "changed_at": now,
            "proposed": False,
        }
        with self.state.writing() as connection:
            return self._add(connection, owner | row)

    def rename(self, member: Member, view: int, title: str, now: datetime) -> None:
        """Give a view another title."""
        self._change(member, view, title=_title(title), changed_at=now)

    def pin(self, member: Member, view: int, pinned: bool) -> None:
        """Let a view stand first, or no longer."""
        self._change(member, view, pinned=pinned)

    def remove(self, member: Member, view: int, now: datetime) -> None:
        """Take a view away; it can be given back."""
        self._change(member, view, removed_at=now)

    def restore(self, member: Member, view: int) -> None:
        """Give a view back that was taken away."""
        self._change(member, view, removed_at=None)

    def share(self, member: Member, view: int, share: Share) -> None:
        """Let a person, a role or an organisation see a view. ValueError for a person there is none of."""
        with self.state.writing() as connection:
            self._mine(connection, member, view)
            person = sa.select(USERS.c.id).where(USERS.c.name == share.name)
            if share.kind == "person" and connection.execute(person).first() is None:
                raise ValueError(share.name)
            held = sa.select(SHARES).where(*_share(view, share))
            if connection.execute(held).first() is None:
                connection.execute(SHARES.insert().values(view_id=view, kind=share.kind, name=share.name))

    def unshare(self, member: Member, view: int, share: Share) -> None:
        """Share a view no longer."""
        with self.state.writing() as connection:
            self._mine(connection, member, view)
            connection.execute(SHARES.delete().where(*_share(view, share)))

    def copy(self, member: Member, view: int, now: datetime) -> int:
        """Keep a view one sees as one's own: the number of the copy, which knows where it comes from."""
        with self.state.writing() as connection:
            held = self._seen(connection, member, view)
            row = {"title": held.title, "address": held.address, "pinned": False, "changed_at": now, "proposed": False}
            return self._add(connection, {"user_id": member.user.id, "origin": view} | row)

    def propose(self, member: Member, view: int) -> None:
        """Offer one's copy back to whoever keeps the original, if one still sees that."""
        with self.state.writing() as connection:
            held = self._mine(connection, member, view)
            if held.origin is None:
                raise KeyError(view)
            self._seen(connection, member, held.origin)
            connection.execute(VIEWS.update().where(VIEWS.c.id == view).values(proposed=True))

    def decide(self, member: Member, view: int, accepted: bool, now: datetime) -> None:
        """Take title and address of a proposal over into the original, or leave it as it is."""
        with self.state.writing() as connection:
            row = connection.execute(sa.select(VIEWS).where(VIEWS.c.id == view, VIEWS.c.proposed)).first()
            if row is None or row.origin is None or row.removed_at is not None:
                raise KeyError(view)
            self._mine(connection, member, row.origin)
            if accepted:
                taken = {"title": row.title, "address": row.address, "changed_at": now}
                connection.execute(VIEWS.update().where(VIEWS.c.id == row.origin).values(**taken))
            connection.execute(VIEWS.update().where(VIEWS.c.id == view).values(proposed=False))

    # -- inside a transaction ----------------------------------------------------------

    def _change(self, member: Member, view: int, **values: Any) -> None:
        with self.state.writing() as connection:
            self._mine(connection, member, view)
            connection.execute(VIEWS.update().where(VIEWS.c.id == view).values(**values))

    @staticmethod
    def _add(connection: sa.Connection, row: dict[str, Any]) -> int:
        owner = VIEWS.c.user_id == row["user_id"] if "user_id" in row else VIEWS.c.organisation == row["organisation"]
        kept = sa.select(sa.func.count()).select_from(VIEWS).where(owner, VIEWS.c.removed_at.is_(None))
        if connection.execute(kept).scalar_one() >= MOST:
            raise ValueError("full")
        return connection.execute(VIEWS.insert().values(**row)).inserted_primary_key[0]

    def _mine(self, connection: sa.Connection, member: Member, view: int) -> Any:
        row = connection.execute(sa.select(VIEWS).where(VIEWS.c.id == view, _changes(member))).first()
        if row is None:
            raise KeyError(view)
        return row

    def _seen(self, connection: sa.Connection, member: Member, view: int) -> Any:
        asked = self._asked(member).where(VIEWS.c.id == view, VIEWS.c.removed_at.is_(None))
        row = connection.execute(asked).first()
        if row is None:
            raise KeyError(view)
        return row

    def _own(self, connection: sa.Connection, member: Member) -> Sequence[SavedView]:
        asked = _joined().where(_changes(member), VIEWS.c.removed_at.is_(None))
        return self._views(connection, member, connection.execute(asked).all())

    @staticmethod
    def _asked(member: Member) -> sa.Select:
        """Views somebody sees: their own, their organisation's, and those shared with them."""
        user = member.user
        to = [sa.and_(SHARES.c.kind == "person", SHARES.c.name == user.name),
              sa.and_(SHARES.c.kind == "role", SHARES.c.name.in_(user.roles))]  # fmt: skip
        if user.organisation:
            to.append(sa.and_(SHARES.c.kind == "organisation", SHARES.c.name == user.organisation))
        shared = sa.select(SHARES.c.view_id).where(sa.or_(*to))
        mine = [VIEWS.c.user_id == user.id, VIEWS.c.id.in_(shared)]
        if user.organisation:
            mine.append(VIEWS.c.organisation == user.organisation)
        return _joined().where(sa.or_(*mine)).order_by(VIEWS.c.pinned.desc(), VIEWS.c.title, VIEWS.c.id)

    @staticmethod
    def _views(connection: sa.Connection, member: Member, rows: Sequence[Any]) -> list[SavedView]:
        shares: dict[int, list[Share]] = defaultdict(list)
        held = sa.select(SHARES).where(SHARES.c.view_id.in_([row.id for row in rows]))
        for row in connection.execute(held.order_by(SHARES.c.kind, SHARES.c.name)):
            shares[row.view_id].append(Share(row.kind, row.name))
        return [_view(row, member, shares[row.id]) for row in rows]


def _joined() -> sa.Select:
    return sa.select(VIEWS, USERS.c.name.label("keeper")).select_from(
        VIEWS.outerjoin(USERS, VIEWS.c.user_id == USERS.c.id)
    )


def _changes(member: Member) -> sa.ColumnElement[bool]:
    """What somebody may change: their own, and their organisation's if they edit."""
    own = VIEWS.c.user_id == member.user.id
    if not (member.edits and member.user.organisation):
        return own
    return sa.or_(own, VIEWS.c.organisation == member.user.organisation)


def _share(view: int, share: Share) -> list[sa.ColumnElement[bool]]:
    return [SHARES.c.view_id == view, SHARES.c.kind == share.kind, SHARES.c.name == share.name]


def _view(row: Any, member: Member, shares: Sequence[Share]) -> SavedView:
    whole = row.organisation is not None
    mine = row.user_id == member.user.id or (whole and member.edits and row.organisation == member.user.organisation)
    return SavedView(
        row.id, row.organisation or row.keeper, whole, row.title, row.address, row.pinned, row.changed_at, mine,
        row.removed_at is not None, row.origin, row.proposed, tuple(shares) if mine else (),
    )  # fmt: skip


def _title(title: str) -> str:
    plain = " ".join(title.split())[:LONGEST_TITLE]
    if not plain:
        raise ValueError("title")
    return plain


def _address(address: str) -> str:
    if not address.startswith("/") or address.startswith("//") or len(address) > LONGEST_ADDRESS:
        raise ValueError("address")
    return address
