"""What the asker may see. An argument of the planner, so that no query exists without it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from data.areas.vintage import restatements
from data.catalogue import Catalogue

WHOLE = 1 - 1e-9


@dataclass(frozen=True, slots=True)
class Scope:
    """``areas`` the asker may see rows of, areas that are no more and their parts included; None for all.

    Rows of ``located`` datasets have an area and are cut by it, None for every dataset; the others are of the whole
    city. ``datasets`` may be asked at all, None for every one. ``personal`` shows personal columns.
    """

    areas: frozenset[str] | None = None
    located: frozenset[str] | None = None
    datasets: frozenset[str] | None = None
    personal: bool = False

    def cuts(self, dataset: str) -> bool:
        """Whether rows of a dataset are cut to some areas."""
        return self.areas is not None and (self.located is None or dataset in self.located)

    def allows(self, datasets: Iterable[str]) -> bool:
        """Whether all of these datasets may be asked."""
        return self.datasets is None or self.datasets.issuperset(datasets)

    def holds(self, area: str) -> bool:
        """Whether an area lies inside what may be seen."""
        return self.areas is None or area in self.areas


EVERYTHING = Scope()


def scope_of(
    catalogue: Catalogue,
    areas: Iterable[str] | None = None,
    datasets: Iterable[str] | None = None,
    personal: bool = False,
) -> Scope:
    """The scope of somebody who may see some areas and datasets; KeyError for an area there is none of.

    An area brings what lies in it, and an area of the time before it when all of that now counts towards those seen.
    """
    located = frozenset(
        dataset.id for dataset in catalogue.datasets.values() if any(c.area for c in dataset.columns.values())
    )
    held = None if datasets is None else frozenset(datasets)
    if areas is None:
        return Scope(None, located, held, personal)
    wanted = frozenset(catalogue.areas[area].id for area in areas)
    if catalogue.city.scope in wanted:
        return Scope(None, located, held, personal)
    return Scope(_inside(catalogue, wanted), located, held, personal)


def _inside(catalogue: Catalogue, wanted: frozenset[str]) -> frozenset[str]:
    """Areas all of whose rows count towards the wanted ones, told in the areas of today."""
    restated = [item for item in restatements(catalogue.areas, catalogue.city.since) if not item.old]
    found = set(wanted)
    for area in catalogue.areas:
        shares: dict[str, float] = {}
        for item in restated:
            if item.recorded == area and item.area in wanted:
                shares[item.area] = item.weight
        if sum(shares.values()) >= WHOLE:
            found.add(area)
    return frozenset(found)
