"""References between entries: every name must lead somewhere, every column must exist."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

from data.catalogue.condition import BucketValue
from data.catalogue.measure import Leaf, OpenAt

if TYPE_CHECKING:
    from data.catalogue.dataset import Dataset
    from data.catalogue.kpi import Kpi
    from data.catalogue.loader import Catalogue

Fault = tuple[str, str, tuple[str | int, ...], str, str]
NUMERIC = ("integer", "number", "boolean")
MOMENTS = ("date", "timestamp")


def references(catalogue: Catalogue) -> Iterator[Fault]:
    """Yield (kind, id, path, message, remedy) for every reference that does not hold."""
    yield from _city(catalogue)
    yield from _areas(catalogue)
    yield from _sources(catalogue)
    for kpi in catalogue.kpis.values():
        yield from _kpi(catalogue, kpi)
    for board in catalogue.boards.values():
        for row, tiles in enumerate(board.rows):
            for index, tile in enumerate(tiles):
                name = getattr(tile, "kpi", None) or getattr(tile, "map", None)
                if name and catalogue.kpi(name) is None:
                    known = [*catalogue.codes, *catalogue.kpis]
                    yield "boards", board.id, ("rows", row, index), f"no KPI '{name}'", near(name, known)


def near(name: str, known: list[str] | tuple[str, ...]) -> str:
    """A remedy that names the closest known word, if there is one."""
    close = get_close_matches(name, known, n=1)
    return f"did you mean '{close[0]}'?" if close else "known: " + (", ".join(sorted(known)[:8]) or "none yet")


def _city(catalogue: Catalogue) -> Iterator[Fault]:
    if catalogue.city.scope not in catalogue.areas:
        yield (
            "city",
            "city",
            ("scope",),
            f"no area '{catalogue.city.scope}'",
            near(catalogue.city.scope, [*catalogue.areas]),
        )


def _areas(catalogue: Catalogue) -> Iterator[Fault]:
    for area in catalogue.areas.values():
        named = [(("parent",), area.parent)] if area.parent else []
        named += [(("becomes", i, "area"), s.area) for i, s in enumerate(area.becomes)]
        named += [(("was", i, "area"), s.area) for i, s in enumerate(area.was)]
        for path, name in named:
            if name not in catalogue.areas:
                yield "areas", area.id, path, f"no area '{name}'", near(name, [*catalogue.areas])
        for key in ("becomes", "was"):
            total = sum(s.weight for s in getattr(area, key))
            if getattr(area, key) and abs(total - 1) > 1e-6:
                yield "areas", area.id, (key,), f"weights add up to {total:g}", "make them add up to 1"


def _sources(catalogue: Catalogue) -> Iterator[Fault]:
    for source in catalogue.sources.values():
        dataset = catalogue.datasets.get(source.dataset)
        if dataset is None:
            yield (
                "sources",
                source.id,
                ("dataset",),
                f"no dataset '{source.dataset}'",
                near(source.dataset, [*catalogue.datasets]),
            )
            continue
        for heading, column in source.columns.items():
            if column not in dataset.columns:
                yield (
                    "sources",
                    source.id,
                    ("columns", heading),
                    f"dataset '{dataset.id}' has no column '{column}'",
                    near(column, [*dataset.columns]),
                )
        supplied = {*source.columns.values(), *source.constants} if source.columns else set(dataset.columns)
        for name, column in dataset.columns.items():
            if column.required and name not in supplied:
                yield (
                    "sources",
                    source.id,
                    ("columns",),
                    f"required column '{name}' is not mapped",
                    f"map a heading to '{name}'",
                )


def _kpi(catalogue: Catalogue, kpi: Kpi) -> Iterator[Fault]:
    for leaf in kpi.measure.leaves():
        dataset = catalogue.datasets.get(leaf.dataset)
        if dataset is None:
            yield (
                "kpis",
                kpi.id,
                ("measure",),
                f"no dataset '{leaf.dataset}'",
                near(leaf.dataset, [*catalogue.datasets]),
            )
            continue
        for message, remedy in _leaf(leaf, dataset):
            yield "kpis", kpi.id, ("measure",), message, remedy
        for name in kpi.dimensions:
            if name == "area" and dataset.area_column is None:
                yield "kpis", kpi.id, ("dimensions",), f"dataset '{dataset.id}' has no area column", "remove area"
            elif name != "area" and name not in dataset.dimensions:
                yield (
                    "kpis",
                    kpi.id,
                    ("dimensions",),
                    f"'{name}' is no dimension of '{dataset.id}'",
                    near(name, ["area", *dataset.dimensions]),
                )


def _leaf(leaf: Leaf, dataset: Dataset) -> Iterator[tuple[str, str]]:
    known = [*dataset.columns, *dataset.derive]
    roles = {"entered": MOMENTS, "left": MOMENTS, "time": MOMENTS, "of": NUMERIC}
    if leaf.kind == "distinct":
        roles.pop("of")
    named = {c for condition in leaf.where for c in condition.columns} | {leaf.of for _ in [0] if hasattr(leaf, "of")}
    for role, types in roles.items():
        column = getattr(leaf, role, None)
        if column in known and dataset.column_type(column) not in types:
            yield (
                f"column '{column}' is {dataset.column_type(column)}, not {' or '.join(types)}",
                "choose another column",
            )
        named |= {column} if column else set()
    for column in sorted(named):
        if column not in known:
            yield f"dataset '{dataset.id}' has no column '{column}'", near(column, known)
    if any(isinstance(c.value, BucketValue) for c in leaf.where) and not isinstance(leaf, OpenAt):
        yield "{bucket: end} is for open_at only", "compare two columns instead"
    if leaf.kind == "last" and dataset.kind != "reading":
        yield f"last reads a dataset of kind reading, '{dataset.id}' is {dataset.kind}", "use count, sum or open_at"
