"""Faults of providers: roles there are none of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from data.catalogue.faults.fault import Fault, near

if TYPE_CHECKING:
    from data.catalogue.loader import Catalogue


def provider_faults(catalogue: Catalogue) -> Iterator[Fault]:
    """The roles a provider's groups are given have to be there."""
    for provider in catalogue.providers.values():
        for group, names in provider.roles.items():
            for index, name in enumerate(names):
                if name not in catalogue.roles:
                    place = ("roles", group, index)
                    yield Fault("providers", provider.id, place, f"no role '{name}'", near(name, catalogue.roles))
