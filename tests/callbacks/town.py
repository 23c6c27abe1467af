"""Hội An with one user for each role, and how somebody comes in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from argon2 import PasswordHasher
from flask.testing import FlaskClient

from app import serve
from callbacks.guard import COOKIE
from data.accounts import Accounts, Passwords
from data.audit import Audit
from data.clock.clock import FixedClock
from data.kpis.service import KpiService
from data.settings import Settings
from data.state import State
from tests.kpis.delivered import NOW, hoian
from tests.state.fresh import fresh

GOOD = "đèn lồng trên sông Hoài"
QUICK = Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
HERE = {"Origin": "http://localhost"}
ROLES = tuple(hoian().roles)
WAYS = ("signed out", "expired", "revoked", "disabled", "forged", *ROLES)


def users(state: State) -> None:
    """One user for each role."""
    accounts = Accounts(state, passwords=QUICK)
    for role in ROLES:
        accounts.add(role, role, [role], NOW, GOOD)


class Town:
    """Hội An with one user for each role."""

    def __init__(
        self,
        service: KpiService,
        folder: Path,
        begin: Callable[[State], None] = users,
        settings: Settings | None = None,
    ) -> None:
        self.clock = FixedClock(NOW)
        self.service = service
        self.state = fresh(folder / "state.db", begin)
        self.accounts = Accounts(self.state, passwords=QUICK)
        self.server = serve(
            service.catalogue, service, self.clock, "local", self.accounts, settings=settings, state=self.state
        )[0].server
        self.audit = Audit(self.state)

    def token(self, role: str, at: datetime = NOW) -> str:
        return self.accounts.sign_in(role, GOOD, "", "", at).token

    def client(self, token: str = "") -> FlaskClient:
        client = self.server.test_client()
        if token:
            client.set_cookie(COOKIE, token)
        return client

    def by(self, way: str) -> FlaskClient:
        """Somebody who comes in one of `WAYS`."""
        if way in ROLES:
            return self.client(self.token(way))
        if way == "expired":
            return self.client(self.token("admin", NOW - timedelta(hours=13)))
        if way == "forged":
            return self.client("x" * 43)
        if way == "signed out":
            return self.client()
        user = self.accounts.add(way, way, ["admin"], NOW, GOOD)
        client = self.client(self.token(way))
        if way == "revoked":
            self.accounts.end(user, NOW)
        else:
            self.accounts.set_disabled(way, True, NOW)
        return client


def enter(client: FlaskClient, password: str = GOOD, there: str = "", name: str = "admin"):
    where = "/sign-in" + (f"?next={there}" if there else "")
    return client.post(where, data={"name": name, "password": password}, headers=HERE)
