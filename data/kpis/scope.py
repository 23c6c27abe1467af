"""What the asker may see. An argument of the planner, so that no query exists without it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from data.areas.vintage import restatements
from data.catalogue import Catalogue

WHOLE = 1 - 1e-9


@dataclass(frozen=True, slots=True)
class Scope:
    """``areas`` the asker may see rows of, areas that are no more and their parts included; None for all.

    Rows of ``located`` datasets have an area and are cut by it, None for every dataset; the others are of the whole
    city. ``datasets`` may be asked at all, None for every one. Rows of datasets in ``owned`` belong to the
    organisation a column of theirs names, and only those of ``organisations`` are seen, None for all.
    ``small`` shows numbers of few cases and the rows under them, ``personal`` personal columns.
    """

    areas: frozenset[str] | None = None
    located: frozenset[str] | None = None
    datasets: frozenset[str] | None = None
    personal: bool = False
    small: bool = False
    organisations: frozenset[str] | None = None
    owned: frozenset[tuple[str, str]] = frozenset()

    def owner(self, dataset: str) -> str | None:
        """The column whose organisations rows of a dataset are cut to, if they are."""
        if self.organisations is None:
            return None
        return next((column for name, column in self.owned if name == dataset), None)

    def parts(self, dataset: str) -> bool:
        """Whether only a part of a dataset's rows may be seen."""
        return self.cuts(dataset) or self.owner(dataset) is not None

    def cuts(self, dataset: str) -> bool:
        """Whether rows of a dataset are cut to some areas."""
        return self.areas is not None and (self.located is None or dataset in self.located)

    def allows(self, datasets: Iterable[str]) -> bool:
        """Whether all of these datasets may be asked."""
        return self.datasets is None or self.datasets.issuperset(datasets)

    def holds(self, area: str) -> bool:
        """Whether an area lies inside what may be seen."""
        return self.areas is None or area in self.areas


EVERYTHING = Scope(small=True)


def scope_of(
    catalogue: Catalogue,
    areas: Iterable[str] | None = None,
    datasets: Iterable[str] | None = None,
    personal: bool = False,
    small: bool = False,
    organisations: Iterable[str] | None = None,
) -> Scope:
    """The scope of somebody who may see some areas, datasets and organisations' rows; KeyError for an area there is
    none of.

    An area brings what lies in it, and an area of the time before it when all of that now counts towards those seen.
    Whoever sees personal columns sees small counts.
    """
    every = catalogue.datasets.values()
    seen = Scope(
        located=frozenset(dataset.id for dataset in every if dataset.area_column),
        datasets=None if datasets is None else frozenset(datasets),
        personal=personal,
        small=small or personal,
        organisations=None if organisations is None else frozenset(organisations),
        owned=frozenset((dataset.id, dataset.organisation_column) for dataset in every if dataset.organisation_column),
    )
    if areas is None:
        return seen
    wanted = frozenset(catalogue.areas[area].id for area in areas)
    return seen if catalogue.city.scope in wanted else replace(seen, areas=_inside(catalogue, wanted))


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
