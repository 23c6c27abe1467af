"""References between entries: every name must lead somewhere, every column must exist."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from data.catalogue.faults.areas import area_faults
from data.catalogue.faults.city import city_faults
from data.catalogue.faults.datasets import dataset_faults
from data.catalogue.faults.fault import Fault, near
from data.catalogue.faults.kpis import kpi_faults
from data.catalogue.faults.sources import source_faults

if TYPE_CHECKING:
    from data.catalogue.loader import Catalogue

__all__ = ["Fault", "near", "references"]


def references(catalogue: Catalogue) -> Iterator[Fault]:
    """Every fault between the entries of a catalogue, in the order a pack is written."""
    checks = (city_faults, area_faults, dataset_faults, source_faults, kpi_faults, _boards)
    return chain.from_iterable(check(catalogue) for check in checks)


def _boards(catalogue: Catalogue) -> Iterator[Fault]:
    known = [*catalogue.codes, *catalogue.kpis]
    for board in catalogue.boards.values():
        for row, tiles in enumerate(board.rows):
            for index, tile in enumerate(tiles):
                name = getattr(tile, "kpi", None) or getattr(tile, "map", None)
                if name and catalogue.kpi(name) is None:
                    yield Fault("boards", board.id, ("rows", row, index), f"no KPI '{name}'", near(name, known))
