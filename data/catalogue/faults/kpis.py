"""Faults of KPIs: measures, dimensions and comparisons their datasets cannot answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from data.catalogue.dataset import Dataset
from data.catalogue.faults.conditions import condition_faults
from data.catalogue.faults.fault import Fault, Path, near
from data.catalogue.faults.nodes import Located, node_faults
from data.catalogue.kpi import Kpi
from data.catalogue.measure import AirQuality, Leaf, Measure

if TYPE_CHECKING:
    from data.catalogue.loader import Catalogue

MOMENTS = ("date", "timestamp")
NUMBERS = ("integer", "number")
COUNTABLE = (*NUMBERS, "boolean")  # true is 1, false is 0
ROLES = {"time": "time", "of": "of", "entered": "from", "left": "to"}  # attribute: key in the file


def kpi_faults(catalogue: Catalogue) -> Iterator[Fault]:
    """Everything wrong with the KPIs."""
    for kpi in catalogue.kpis.values():
        for path, message, remedy in _kpi(kpi, catalogue):
            yield Fault("kpis", kpi.id, path, message, remedy)


def _kpi(kpi: Kpi, catalogue: Catalogue) -> Located:
    for path, measure in _measures(kpi.measure, ("measure",)):
        if isinstance(measure, Leaf):
            dataset = catalogue.datasets.get(measure.dataset)
            if dataset is None:
                remedy = near(measure.dataset, [*catalogue.datasets])
                yield (*path, measure.kind), f"no dataset '{measure.dataset}'", remedy
            else:
                yield from _leaf(measure, path, dataset)
        else:
            yield from node_faults(measure, path, catalogue)
    if not kpi.datasets:
        yield ("measure",), "the measure reads no dataset", "count, sum or read something"
    if isinstance(kpi.measure, AirQuality) and kpi.grain not in ("hour", "day"):
        yield ("grain",), f"vn_aqi has no value of a {kpi.grain}", "write grain: hour or grain: day"
    if kpi.target_path == "linear" and len(kpi.target) < 2:
        yield ("target_path",), "a line needs two targets", "add the point it starts from, or remove target_path"
    yield from _dimensions(kpi, catalogue)
    if kpi.compare == "lunar" and not catalogue.city.lunar:
        yield ("compare",), "the city keeps no lunar calendar", "write lunar: true in city.yaml, or compare otherwise"


def _measures(measure: Measure, path: Path) -> Iterator[tuple[Path, Measure]]:
    """A measure and all below it, with where they stand."""
    yield path, measure
    for step, part in () if isinstance(measure, Leaf) else measure.placed():
        yield from _measures(part, (*path, *step))


def _leaf(leaf: Leaf, path: Path, dataset: Dataset) -> Located:
    yield from _roles(leaf, path, dataset)
    stock = leaf.kind == "open_at"
    for index, condition in enumerate(leaf.where):
        for message, remedy in condition_faults(condition, dataset, stock):
            yield (*path, "where", index), message, remedy
    if stock and leaf.entered == leaf.left:
        yield (*path, "to"), f"open_at enters and leaves at the same column '{leaf.left}'", "name two columns"
    if leaf.kind == "last" and dataset.kind != "reading":
        message = f"last reads a dataset of kind reading, '{dataset.id}' is {dataset.kind}"
        yield (*path, "last"), message, "use count, sum or open_at"


def _roles(leaf: Leaf, path: Path, dataset: Dataset) -> Located:
    """The columns a leaf names exist and have a type that can play their part."""
    known = [*dataset.columns, *dataset.derive]
    for role, key in ROLES.items():
        column = getattr(leaf, role, None)
        if column is None:
            continue
        if column not in known:
            yield (*path, key), f"dataset '{dataset.id}' has no column '{column}'", near(column, known)
            continue
        types, held = _wanted(leaf, role), dataset.column_type(column)
        if types and held not in types:
            yield (*path, key), f"column '{column}' is {held}, not {' or '.join(types)}", "choose another column"


def _wanted(leaf: Leaf, role: str) -> tuple[str, ...]:
    """Types a column may have in a role; empty if any will do."""
    if role != "of":
        return MOMENTS
    return {"distinct": (), "quantile": NUMBERS}.get(leaf.kind, COUNTABLE)


def _dimensions(kpi: Kpi, catalogue: Catalogue) -> Located:
    """A dimension has to be one of every dataset read, or parts would not add up to the whole."""
    for dataset in filter(None, map(catalogue.datasets.get, kpi.datasets)):
        for index, name in enumerate(kpi.dimensions):
            if name == "area" and dataset.area_column is None:
                yield ("dimensions", index), f"dataset '{dataset.id}' has no area column", "remove area"
            elif name != "area" and name not in dataset.dimensions:
                message = f"'{name}' is no dimension of '{dataset.id}'"
                yield ("dimensions", index), message, near(name, ["area", *dataset.dimensions])
