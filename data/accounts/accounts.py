"""Accounts of a city: added, changed, signed in and out. Nobody has a password nobody chose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from data.accounts import lockout
from data.accounts.identity import Identity
from data.accounts.password import Passwords, normal
from data.accounts.session import Session, Sessions
from data.accounts.user import User
from data.state.state import State
from data.state.tables import IDENTITIES, USERS

NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}", re.ASCII)
PREFERENCES = frozenset({"language", "theme", "landing"})


class AccountError(ValueError):
    """An account that cannot be what is asked; the message says why."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """How a sign-in went: a token for who came in, or how long to ``wait`` before the next try may succeed.

    A wrong password, an unknown name and a disabled account look the same.
    """

    token: str | None = None
    user: User | None = None
    wait: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Received:
    """How it went with somebody a provider vouched for: ``user`` None for who is not known and has no role, no
    ``token`` for who may not come in. ``before`` are the roles they had, None for a new user."""

    token: str | None = None
    user: User | None = None
    before: tuple[str, ...] | None = None


def _free(connection: sa.Connection, wanted: str) -> str:
    """A name nobody has, like the one wanted."""
    plain = re.sub(r"[^a-z0-9._@-]", "-", wanted.casefold()).lstrip("._@-")[:56] or "user"
    plain = plain if len(plain) > 1 else f"{plain}-1"
    names = [plain, *(f"{plain}-{number}" for number in range(2, 1000))]
    taken = set(connection.execute(sa.select(USERS.c.name).where(USERS.c.name.in_(names))).scalars())
    return next(name for name in names if name not in taken)


@dataclass(frozen=True, slots=True)
class Accounts:
    """Users and sessions in the state; KeyError for a user there is none of."""

    state: State
    sessions: Sessions = field(default_factory=Sessions)
    passwords: Passwords = field(default_factory=Passwords)

    # -- users -------------------------------------------------------------------------

    def add(
        self, name: str, display: str, roles: Sequence[str], now: datetime, password: str | None = None, **given: Any
    ) -> User:
        """A new user; ``given`` may hold organisation and areas. AccountError for a name that is taken or not one.

        Without a password a user can only come in through another sign-in.
        """
        name = name.casefold()
        if not NAME.fullmatch(name):
            raise AccountError(f"'{name}' is no name: 2 to 64 of a-z, 0-9, dot, @, - and _, a letter or digit first")
        kept = self.passwords.keep(password, name) if password is not None else None
        row = {"name": name, "display": display or name, "roles": list(roles), "password": kept, "disabled": False}
        with self.state.writing() as connection:
            if connection.execute(sa.select(USERS.c.id).where(USERS.c.name == name)).first():
                raise AccountError(f"there is a user '{name}' already; choose another name")
            connection.execute(USERS.insert().values(**row, created_at=now, **given))
            return self._named(connection, name)

    def all(self) -> Sequence[User]:
        """Every user, by name."""
        with self.state.reading() as connection:
            return [User.of(row) for row in connection.execute(sa.select(USERS).order_by(USERS.c.name))]

    def user(self, name: str) -> User:
        """The user of a name."""
        with self.state.reading() as connection:
            return self._named(connection, name)

    def set_roles(self, name: str, roles: Sequence[str], areas: Sequence[str] | None, now: datetime) -> User:
        """Give a user other roles and areas (None for all their roles see); what they are signed in with ends."""
        held = None if areas is None else list(areas)
        return self._change(name, now, roles=list(roles), areas=held)

    def set_disabled(self, name: str, disabled: bool, now: datetime) -> User:
        """Keep a user out, or let them in again."""
        return self._change(name, now, disabled=disabled)

    def set_password(self, name: str, password: str, now: datetime) -> User:
        """Give a user another password; what they are signed in with ends, and so does a lock-out of the name."""
        user = self._change(name, now, password=self.passwords.keep(password, name.casefold()))
        with self.state.writing() as connection:
            lockout.forget(connection, lockout.keys(name, "")[0])
        return user

    def prefer(self, user: User, **chosen: str | None) -> User:
        """Keep what a user prefers: language, theme, landing."""
        if unknown := chosen.keys() - PREFERENCES:
            raise AccountError(f"nobody prefers {', '.join(sorted(unknown))}")
        with self.state.writing() as connection:
            connection.execute(USERS.update().where(USERS.c.id == user.id).values(**chosen))
            return self._named(connection, user.name)

    def _change(self, name: str, now: datetime, **values: Any) -> User:
        with self.state.writing() as connection:
            user = self._named(connection, name)
            connection.execute(USERS.update().where(USERS.c.id == user.id).values(**values))
            self.sessions.end(connection, user.id, now)
            return self._named(connection, name)

    @staticmethod
    def _named(connection: sa.Connection, name: str) -> User:
        row = connection.execute(sa.select(USERS).where(USERS.c.name == name.casefold())).first()
        if row is None:
            raise KeyError(name)
        return User.of(row)

    # -- sign-in -----------------------------------------------------------------------

    def sign_in(self, name: str, password: str, address: str, agent: str, now: datetime) -> SignIn:
        """Try a password. The work of checking it is done outside the transaction, so that a slow hash stops nobody."""
        held = lockout.keys(name, address)
        with self.state.reading() as connection:
            wait = lockout.remaining(connection, held, now)
            row = connection.execute(sa.select(USERS).where(USERS.c.name == name.casefold())).first()
        if wait > timedelta(0):
            return SignIn(wait=wait)
        right = self.passwords.fits(row.password if row else None, password)
        with self.state.writing() as connection:
            # Whoever tried a hundred at once is told to wait as if they had come one after another.
            wait = lockout.remaining(connection, held, now)
            if wait > timedelta(0):
                return SignIn(wait=wait)
            if not right or row.disabled:
                lockout.failed(connection, held, now)
                return SignIn(wait=lockout.remaining(connection, held, now))
            lockout.forget(connection, held[0])
            if self.passwords.outdated(row.password):
                kept = self.passwords.hasher.hash(normal(password))
                connection.execute(USERS.update().where(USERS.c.id == row.id).values(password=kept))
            return SignIn(self.sessions.begin(connection, row.id, address, agent, now), User.of(row))

    def receive(self, identity: Identity, address: str, agent: str, now: datetime) -> Received:
        """Let in whom a provider vouches for, with the roles it gives them now; somebody new gets an account.

        Nobody without a role comes in, nor does who is disabled; an account of the same name is not theirs.
        """
        known = sa.and_(IDENTITIES.c.issuer == identity.issuer, IDENTITIES.c.subject == identity.subject)
        joined = IDENTITIES.join(USERS, IDENTITIES.c.user_id == USERS.c.id)
        with self.state.writing() as connection:
            row = connection.execute(sa.select(USERS).select_from(joined).where(known)).first()
            if row is None:
                if not identity.roles:
                    return Received()
                user, before = self._new(connection, identity, now), None
            else:
                before = tuple(row.roles)
                user = self._follow(connection, User.of(row), identity, now)
            if user.disabled or not user.roles:
                return Received(None, user, before)
            return Received(self.sessions.begin(connection, user.id, address, agent, now), user, before)

    def _new(self, connection: sa.Connection, identity: Identity, now: datetime) -> User:
        name = _free(connection, identity.name)
        row = {"name": name, "display": identity.display, "roles": list(identity.roles or ()), "disabled": False}
        connection.execute(USERS.insert().values(**row, organisation=identity.organisation, created_at=now))
        user = self._named(connection, name)
        held = {"issuer": identity.issuer, "subject": identity.subject, "user_id": user.id}
        connection.execute(IDENTITIES.insert().values(**held))
        return user

    def _follow(self, connection: sa.Connection, user: User, identity: Identity, now: datetime) -> User:
        """Give a user the roles and organisation their provider tells of; with other roles older sessions end."""
        changed: dict[str, Any] = {}
        if identity.roles is not None and identity.roles != user.roles:
            changed["roles"] = list(identity.roles)
            self.sessions.end(connection, user.id, now)
        if identity.organisation is not None and identity.organisation != user.organisation:
            changed["organisation"] = identity.organisation
        if changed:
            connection.execute(USERS.update().where(USERS.c.id == user.id).values(**changed))
        return self._named(connection, user.name)

    def link(self, user: User, issuer: str, subject: str) -> None:
        """Remember by what name another sign-in knows a user; AccountError when it is another's."""
        with self.state.writing() as connection:
            held = sa.and_(IDENTITIES.c.issuer == issuer, IDENTITIES.c.subject == subject)
            owner = connection.execute(sa.select(IDENTITIES.c.user_id).where(held)).scalar()
            if owner not in (None, user.id):
                raise AccountError(f"{issuer} knows somebody else by that name")
            if owner is None:
                connection.execute(IDENTITIES.insert().values(issuer=issuer, subject=subject, user_id=user.id))

    # -- sessions ----------------------------------------------------------------------

    def session(self, token: str, now: datetime) -> Session | None:
        """The session of a token, if it lasts; that it was seen is noted twice a minute at most."""
        with self.state.reading() as connection:
            session = self.sessions.of(connection, token, now)
        if session is not None and self.sessions.due(session, now):
            with self.state.writing() as connection:
                self.sessions.touch(connection, session, now)
        return session

    def sessions_of(self, user: User, now: datetime) -> Sequence[Session]:
        """What a user is signed in with."""
        with self.state.reading() as connection:
            return self.sessions.all(connection, user.id, now)

    def end(self, user: User, now: datetime, session: int | None = None) -> int:
        """Sign a user out of one session, or of all; how many ended."""
        with self.state.writing() as connection:
            return self.sessions.end(connection, user.id, now, session)
