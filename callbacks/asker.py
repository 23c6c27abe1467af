"""The asker: who sends the current request, and what they may do and see. Set by the guard, before anything else."""

from __future__ import annotations

from dataclasses import dataclass

import flask

from data.access import Grant
from data.accounts import Session as SignedIn
from data.catalogue import ACTIONS
from data.kpis.scope import EVERYTHING
from data.reports.order import NOBODY
from data.walls.screens import Screen


@dataclass(frozen=True, slots=True)
class Asker:
    """``session`` is None for the demonstration, whose asker has no account, and for a ``screen`` on a wall."""

    grant: Grant
    session: SignedIn | None = None
    screen: Screen | None = None

    @property
    def name(self) -> str:
        """The name in the audit trail."""
        if self.screen is not None:
            return f"screen:{self.screen.choice.name}"
        return self.session.user.name if self.session else NOBODY

    @property
    def display(self) -> str:
        """The name as others read it; "" in a demonstration, whose asker has none."""
        return self.session.user.display or self.session.user.name if self.session else ""


DEMONSTRATION = Asker(Grant(frozenset(ACTIONS) - {"manage_users"}, EVERYTHING))


def asker() -> Asker:
    """The asker of the current request; LookupError where no guard has looked at it."""
    found = flask.g.get("asker")
    if found is None:
        raise LookupError("no guard has let this request in")
    return found
