"""Faults of datasets: names of columns that clash, and rules that cannot work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from data.catalogue.dataset import Dataset
from data.catalogue.faults.conditions import condition_faults
from data.catalogue.faults.fault import Fault, Path

if TYPE_CHECKING:
    from data.catalogue.loader import Catalogue

RESERVED = ("bucket", "part", "rows")  # columns of roll-ups and answers, as are all that start with "_"


def dataset_faults(catalogue: Catalogue) -> Iterator[Fault]:
    """Everything wrong with the datasets."""
    for dataset in catalogue.datasets.values():
        yield from _names(dataset)
        for index, rule in enumerate(dataset.rules):
            for message, remedy in condition_faults(rule, dataset, stock=False):
                yield Fault("datasets", dataset.id, ("rules", index), message, remedy)


def _names(dataset: Dataset) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for path, name in _columns(dataset):
        if name.startswith("_") or name.lower() in RESERVED:
            yield Fault("datasets", dataset.id, path, f"the name '{name}' is reserved", "choose another name")
        elif name == "area" and name in dataset.dimensions and dataset.area_column != name:
            message = "'area' as a dimension means the area of a row"
            yield Fault("datasets", dataset.id, path, message, "write area: true, or choose another name")
        other = seen.setdefault(name.lower(), name)
        if path[0] == "derive" and name in dataset.columns:
            yield Fault("datasets", dataset.id, path, f"column '{name}' is delivered too", "choose another name")
        elif other != name:
            message = f"'{name}' and '{other}' differ only by case"
            yield Fault("datasets", dataset.id, path, message, "choose another name")


def _columns(dataset: Dataset) -> list[tuple[Path, str]]:
    """Every column, delivered and derived, and where it stands."""
    return [((key, name), name) for key in ("columns", "derive") for name in getattr(dataset, key)]
