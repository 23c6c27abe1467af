"""A grant: the actions and the scope of one user, made of all their roles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from data.catalogue import Catalogue
from data.kpis.scope import Scope, scope_of

Names = frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Grant:
    """What may be done (``actions``) and what may be seen (``scope``). Nobody's grant has neither."""

    actions: frozenset[str]
    scope: Scope

    def may(self, action: str) -> bool:
        """Whether an action is allowed."""
        return action in self.actions


NOTHING = Grant(frozenset(), Scope(frozenset(), None, frozenset()))


def grant(catalogue: Catalogue, roles: Iterable[str], areas: Sequence[str] | None = None) -> Grant:
    """The grant of somebody with these roles, cut to their own ``areas`` if they have any.

    Roles add up: what one of them shows or allows is shown or allowed. A role the city no longer has gives nothing,
    and an area it no longer has shows nothing.
    """
    held = [catalogue.roles[name] for name in roles if name in catalogue.roles]
    if not held:
        return NOTHING
    actions = frozenset(action for role in held for action in role.may)
    seen = _met(_together([_set(role.areas) for role in held]), _set(areas))
    known = None if seen is None else [area for area in seen if area in catalogue.areas]
    datasets = _together([_set(role.datasets) for role in held])
    return Grant(actions, scope_of(catalogue, known, datasets, any(role.personal for role in held)))


def _set(names: Sequence[str] | None) -> Names:
    return None if names is None else frozenset(names)


def _together(sets: Sequence[Names]) -> Names:
    """All of any; None is everything."""
    found: set[str] = set()
    for names in sets:
        if names is None:
            return None
        found |= names
    return frozenset(found)


def _met(a: Names, b: Names) -> Names:
    """What is in both; None is everything."""
    if a is None or b is None:
        return b if a is None else a
    return a & b
