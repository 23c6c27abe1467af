"""A grant: the actions and the scope of one user, made of all their roles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from data.access.view import View, together
from data.catalogue import Catalogue
from data.kpis.scope import Scope, scope_of


@dataclass(frozen=True, slots=True)
class Grant:
    """What may be done (``actions``) and what may be seen (``scope``). Nobody's grant has neither."""

    actions: frozenset[str]
    scope: Scope

    def may(self, action: str) -> bool:
        """Whether an action is allowed."""
        return action in self.actions


NOTHING = Grant(frozenset(), Scope(frozenset(), None, frozenset()))


def grant(
    catalogue: Catalogue, roles: Iterable[str], areas: Sequence[str] | None = None, organisation: str | None = None
) -> Grant:
    """The grant of somebody of an organisation with these roles, cut to their own ``areas`` if they have any.

    Actions of all roles add up, and so do views, as far as together they are one view again (`together`). A role
    the city no longer has gives nothing, and an area it no longer has shows nothing.
    """
    held = [catalogue.roles[name] for name in roles if name in catalogue.roles]
    if not held:
        return NOTHING
    actions = frozenset(action for role in held for action in role.may)
    view = together([View.of(role, organisation) for role in held]).within(areas)
    known = None if view.areas is None else [area for area in view.areas if area in catalogue.areas]
    return Grant(actions, scope_of(catalogue, known, view.datasets, view.personal, view.small, view.organisations))
