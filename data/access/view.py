"""A view: which part of a city's rows a role shows, and how views of several roles become one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from data.catalogue.role import Role

Names = frozenset[str] | None  # None is everything
SETS = ("areas", "datasets", "organisations")


@dataclass(frozen=True, slots=True)
class View:
    """Rows of some areas, datasets and organisations, with or without small counts and personal columns."""

    areas: Names = None
    datasets: Names = None
    organisations: Names = None
    small: bool = False
    personal: bool = False

    @classmethod
    def of(cls, role: Role, organisation: str | None = None) -> View:
        """What a role shows to somebody of an organisation; somebody of none has no own rows."""
        mine = frozenset({organisation} if organisation else ()) if role.own_organisation else None
        small = role.small_counts or role.personal
        return cls(_set(role.areas), _set(role.datasets), mine, small, role.personal)

    def within(self, areas: Sequence[str] | None) -> View:
        """The view cut to some areas."""
        return replace(self, areas=_met(self.areas, _set(areas)))

    def holds(self, other: View) -> bool:
        """Whether everything in another view is in this one."""
        sets = all(_holds(getattr(self, name), getattr(other, name)) for name in SETS)
        return sets and self.small >= other.small and self.personal >= other.personal


def together(views: Sequence[View]) -> View:
    """One view of all; where several do not add up to one, what all of them show: never more than any of them.

    Somebody who sees everything of one area and one dataset of all areas would otherwise be shown every dataset of
    every area.
    """
    exact = _exact(views)
    if exact is None:
        small, personal = all(view.small for view in views), all(view.personal for view in views)
        exact = _exact([replace(view, small=small, personal=personal) for view in views])
    return exact or _in_all(views)


def adds_up(views: Sequence[View]) -> bool:
    """Whether views are one view together."""
    return _exact(views) is not None


def _exact(views: Sequence[View]) -> View | None:
    """The view that holds every row of all and no other; None where there is none."""
    wide = [view for view in dict.fromkeys(views) if not any(o.holds(view) for o in views if o != view)]
    if len(wide) == 1:
        return wide[0]
    differ = [name for name in (*SETS, "small", "personal") if len({getattr(view, name) for view in wide}) > 1]
    if len(differ) != 1 or differ[0] not in SETS:
        return None
    name = differ[0]
    return replace(wide[0], **{name: frozenset().union(*(getattr(view, name) for view in wide))})


def _in_all(views: Sequence[View]) -> View:
    found = views[0]
    for view in views[1:]:
        sets = {name: _met(getattr(found, name), getattr(view, name)) for name in SETS}
        found = View(**sets, small=found.small and view.small, personal=found.personal and view.personal)
    return found


def _set(names: Sequence[str] | None) -> Names:
    return None if names is None else frozenset(names)


def _met(a: Names, b: Names) -> Names:
    """What is in both."""
    if a is None or b is None:
        return b if a is None else a
    return a & b


def _holds(a: Names, b: Names) -> bool:
    return a is None or (b is not None and a >= b)
