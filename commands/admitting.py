"""``lantern user``: who may come in. The first admin of a city is made here; nothing has a default password."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from commands.refusal import Refused
from data.access.view import View, adds_up
from data.accounts import AccountError, Accounts, User, WeakPassword
from data.audit import Audit
from data.catalogue import Catalogue, load
from data.catalogue.faults.fault import near
from data.clock.clock import Clock, SystemClock
from data.settings import Settings
from data.state import State

CONSOLE = "console"


@dataclass(frozen=True, slots=True)
class Desk:
    """What a command about users needs; ``note`` writes into the audit trail who did it here."""

    catalogue: Catalogue
    accounts: Accounts
    audit: Audit
    clock: Clock

    def note(self, act: str, subject: str, **detail: Any) -> None:
        """One entry of whoever is signed in at the machine."""
        self.audit.add(self.clock.now(), f"{CONSOLE}:{getpass.getuser()}", CONSOLE, act, subject, **detail)


@contextmanager
def desk(settings: Settings) -> Iterator[Desk]:
    """The accounts of the city; what cannot be done is a refusal in one sentence."""
    catalogue = load(settings.city)
    state = State.open(settings.state)
    try:
        yield Desk(catalogue, Accounts(state), Audit(state), SystemClock(catalogue.city.timezone))
    except (AccountError, WeakPassword) as error:
        raise Refused(str(error)) from error
    except KeyError as error:
        raise Refused(f"there is no user '{error.args[0]}'; 'lantern user list' names those there are") from error
    finally:
        state.close()


def user_add(settings: Settings, options: argparse.Namespace) -> int:
    """Add a user, asking for a password unless another sign-in will vouch for them."""
    with desk(settings) as at:
        _known(at.catalogue, options)
        password = None if options.no_password else _password(options.password_stdin)
        given = {"organisation": options.organisation, "areas": options.area}
        user = at.accounts.add(options.name, options.display, options.role, at.clock.now(), password, **given)
        at.note("user_add", user.name, roles=list(user.roles), areas=user.areas)
        print(f"{user.name} may come in as {_roles(user)}.")
    return 0


def user_role(settings: Settings, options: argparse.Namespace) -> int:
    """Give a user other roles and areas."""
    with desk(settings) as at:
        _known(at.catalogue, options)
        before = at.accounts.user(options.name)
        user = at.accounts.set_roles(options.name, options.role, options.area, at.clock.now())
        at.note("role_change", user.name, before=list(before.roles), roles=list(user.roles), areas=user.areas)
        print(f"{user.name} is {_roles(user)} now and has to sign in again.")
    return 0


def user_disable(settings: Settings, options: argparse.Namespace) -> int:
    """Keep a user out, or let them in again."""
    with desk(settings) as at:
        user = at.accounts.set_disabled(options.name, options.disable, at.clock.now())
        at.note("user_change", user.name, disabled=user.disabled)
        print(f"{user.name} is kept out, and signed out everywhere." if user.disabled else f"{user.name} may come in.")
    return 0


def user_reset(settings: Settings, options: argparse.Namespace) -> int:
    """Give a user another password."""
    with desk(settings) as at:
        at.accounts.user(options.name)
        user = at.accounts.set_password(options.name, _password(options.password_stdin), at.clock.now())
        at.note("password_reset", user.name)
        print(f"{user.name} has another password and is signed out everywhere.")
    return 0


def user_link(settings: Settings, options: argparse.Namespace) -> int:
    """Tell by what name a provider knows a user, who may then come in through it."""
    with desk(settings) as at:
        known = at.catalogue.providers
        if options.provider not in known:
            raise Refused(f"there is no provider '{options.provider}' in {at.catalogue.folder}")
        user = at.accounts.user(options.name)
        at.accounts.link(user, known[options.provider].issuer, options.subject)
        at.note("user_change", user.name, provider=options.provider, subject=options.subject)
        print(f"{user.name} may come in through {options.provider}.")
    return 0


def user_list(settings: Settings, options: argparse.Namespace) -> int:
    """Every user with roles and areas."""
    with desk(settings) as at:
        users = at.accounts.all()
        if not users:
            print("nobody yet: lantern user add NAME --role admin")
        for user in users:
            areas = ", ".join(user.areas) if user.areas is not None else "all of their roles"
            print(f"{user.name:24} {_roles(user):32} areas: {areas}{'  kept out' if user.disabled else ''}")
    return 0


def _known(catalogue: Catalogue, options: argparse.Namespace) -> None:
    for kind, names, known in (("role", options.role, catalogue.roles), ("area", options.area or (), catalogue.areas)):
        for name in names:
            if name not in known:
                raise Refused(f"there is no {kind} '{name}' in {catalogue.folder}; {near(name, known)}")
    if not adds_up([View.of(catalogue.roles[name]) for name in options.role]):
        raise Refused(
            f"{', '.join(options.role)} show different parts of the city that are not one part together: "
            "give one of them, or write a role that says what is meant"
        )


def _password(piped: bool) -> str:
    if piped:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise Refused("there is no terminal to ask for a password; give it with --password-stdin")
    first = getpass.getpass("Password: ")
    if first != getpass.getpass("The same once more: "):
        raise Refused("the two differ; nothing was changed")
    return first


def _roles(user: User) -> str:
    return ", ".join(user.roles) or "nobody in particular"
