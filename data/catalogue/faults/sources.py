"""Faults of sources: where files are looked for, and what their headings feed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from data.catalogue.dataset import Dataset
from data.catalogue.faults.city import known_timezone, nearest_timezone
from data.catalogue.faults.fault import Fault, near
from data.catalogue.source import Source

if TYPE_CHECKING:
    from data.catalogue.loader import Catalogue

BELOW = "write a path below the drop folder, such as dossiers/*.csv"


def source_faults(catalogue: Catalogue) -> Iterator[Fault]:
    """Everything wrong with the sources."""
    for source in catalogue.sources.values():
        yield from _path(source)
        if source.authority == "simulated" and not catalogue.city.demonstration:
            remedy = "write what its data is: measured, provisional or official; or demonstration: true in city.yaml"
            yield Fault("sources", source.id, ("authority",), "a real city has no simulated source", remedy)
        zone = source.read.timezone
        if zone is not None and not known_timezone(zone):
            message = f"no timezone '{zone}'"
            yield Fault("sources", source.id, ("read", "timezone"), message, nearest_timezone(zone))
        dataset = catalogue.datasets.get(source.dataset)
        if dataset is None:
            remedy = near(source.dataset, [*catalogue.datasets])
            yield Fault("sources", source.id, ("dataset",), f"no dataset '{source.dataset}'", remedy)
            continue
        yield from _columns(source, dataset)
        yield from _required(source, dataset)
        yield from _filled(source, dataset)


def _path(source: Source) -> Iterator[Fault]:
    parts = re.split(r"[/\\]", source.path)
    if not source.path.strip():
        yield Fault("sources", source.id, ("path",), "the path is empty", BELOW)
    elif ".." in parts or parts[0] in ("", "~") or re.match("[A-Za-z]:", source.path):
        message = f"the path '{source.path}' leaves the drop folder"
        yield Fault("sources", source.id, ("path",), message, BELOW)


def _columns(source: Source, dataset: Dataset) -> Iterator[Fault]:
    """Headings and constants feed columns the dataset has, each column once."""
    named = [(("columns", heading), column) for heading, column in source.columns.items()]
    named += [(("join", column), column) for column in source.join]
    named += [(("constants", column), column) for column in source.constants]
    fed: dict[str, str] = {}
    for path, column in named:
        if column not in dataset.columns:
            message = f"dataset '{dataset.id}' has no column '{column}'"
            yield Fault("sources", source.id, path, message, near(column, [*dataset.columns]))
        elif column in fed:
            message = f"column '{column}' is fed by '{fed[column]}' already"
            yield Fault("sources", source.id, path, message, "keep one of the two")
        fed.setdefault(column, path[1] if path[0] == "columns" else path[0])
        if path[0] == "join" and column in dataset.columns:
            yield from _joinable(source, dataset, column)


def _filled(source: Source, dataset: Dataset) -> Iterator[Fault]:
    """Cells are filled from the rows above, so those must come with the same delivery."""
    known = source.headings or tuple(dataset.columns)
    for heading in source.read.fill_down:
        if heading not in known:
            yield Fault("sources", source.id, ("read", "fill_down"), f"no heading '{heading}'", near(heading, known))
    if source.read.fill_down and source.connector == "csv" and source.deliver == "append":
        message = "rows taken as they are appended cannot be filled from the rows above them"
        yield Fault("sources", source.id, ("read", "fill_down"), message, "write deliver: replace or deliver: period")


def _joinable(source: Source, dataset: Dataset, column: str) -> Iterator[Fault]:
    """Numbers are never put together: 1 and 5 are neither 15 nor 6."""
    kind = dataset.columns[column].type
    if kind not in ("date", "timestamp", "text"):
        message = f"column '{column}' is of type {kind} and cannot be joined"
        yield Fault("sources", source.id, ("join", column), message, "join cells of dates, times or text")


def _required(source: Source, dataset: Dataset) -> Iterator[Fault]:
    supplied = {*source.columns.values(), *source.join, *source.constants}
    if not source.headings:
        supplied |= set(dataset.columns)
    for name, column in dataset.columns.items():
        if column.required and name not in supplied:
            message = f"required column '{name}' is not mapped"
            yield Fault("sources", source.id, ("columns",), message, f"map a heading to '{name}'")
