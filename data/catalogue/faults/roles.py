"""Faults of roles: areas and datasets there are none of, and a city nobody administers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from data.catalogue.faults.fault import Fault, near

if TYPE_CHECKING:
    from data.catalogue.loader import Catalogue


def role_faults(catalogue: Catalogue) -> Iterator[Fault]:
    """What roles name has to be there, and somebody has to be able to let the others in."""
    for role in catalogue.roles.values():
        for index, area in enumerate(role.areas or ()):
            if area not in catalogue.areas:
                yield Fault("roles", role.id, ("areas", index), f"no area '{area}'", near(area, catalogue.areas))
        for index, dataset in enumerate(role.datasets or ()):
            if dataset not in catalogue.datasets:
                message = f"no dataset '{dataset}'"
                yield Fault("roles", role.id, ("datasets", index), message, near(dataset, catalogue.datasets))
    if not any("manage_users" in role.may for role in catalogue.roles.values()):
        first = next(iter(catalogue.roles))
        yield Fault("roles", first, (), "no role may manage users", "write manage_users among the actions of one")
