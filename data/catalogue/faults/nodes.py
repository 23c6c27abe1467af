"""Faults of measures made of measures: buckets, spans and parts their datasets do not have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from data.catalogue.dataset import Dataset
from data.catalogue.faults.fault import Path
from data.catalogue.measure import AirQuality, Average, Change, Measure, Node, Peak

if TYPE_CHECKING:
    from data.catalogue.loader import Catalogue

Located = Iterator[tuple[Path, str, str]]
GRAINS = ("hour", "day", "month", "quarter", "year")
HELD = {"hour": "hours", "day": "days", "month": "months", "quarter": "quarters", "year": "years"}
SECONDS = {"hour": 3600, "day": 86400}
LEVELS = ("last", "open_at")
CONCENTRATIONS = ("mean", "last", "quantile")


def node_faults(node: Node, path: Path, catalogue: Catalogue) -> Located:
    """(path, message, remedy) for what is wrong with a node itself, not with the measures below it."""
    if isinstance(node, Peak | Average):
        yield from _every(node, path, catalogue)
    elif isinstance(node, Change):
        yield from _change(node, path, catalogue)
    elif isinstance(node, AirQuality):
        yield from _air(node, path, catalogue)


def _datasets(measure: Measure, catalogue: Catalogue) -> list[Dataset]:
    """The datasets read below that exist, without repeats."""
    names = dict.fromkeys(leaf.dataset for leaf in measure.leaves())
    return [catalogue.datasets[name] for name in names if name in catalogue.datasets]


def _every(node: Peak | Average, path: Path, catalogue: Catalogue) -> Located:
    for dataset in _datasets(node, catalogue):
        if GRAINS.index(dataset.grain) > GRAINS.index(node.every):
            message = f"dataset '{dataset.id}' has {HELD[dataset.grain]}, not {HELD[node.every]}"
            yield (*path, "every"), message, f"write every: {dataset.grain}, or give the dataset grain: {node.every}"


def _change(node: Change, path: Path, catalogue: Catalogue) -> Located:
    for leaf in node.leaves():
        if leaf.kind not in LEVELS:
            yield (*path, "change"), f"change reads levels, {leaf.kind} is none", "use last or open_at"
    for dataset in _datasets(node, catalogue):
        step = SECONDS.get(dataset.grain)
        if step is None or node.over % step:
            message = f"over is no whole number of the {HELD[dataset.grain]} of dataset '{dataset.id}'"
            yield (*path, "over"), message, "write whole hours, or whole days for a dataset of days"


def _air(node: AirQuality, path: Path, catalogue: Catalogue) -> Located:
    if path != ("measure",):
        yield (*path, "index"), "vn_aqi stands alone", "make it the measure of a KPI of its own"
    if not {"pm25", "pm10"} & set(node.named):
        yield (*path, "parts"), "vn_aqi needs pm25 or pm10", "add one of the two"
    for name, part in node.named.items():
        for leaf in part.leaves():
            if leaf.kind not in CONCENTRATIONS:
                message = f"vn_aqi reads concentrations, {leaf.kind} is none"
                yield (*path, "parts", name), message, "use mean or last"
    for dataset in _datasets(node, catalogue):
        if dataset.grain != "hour":
            message = f"vn_aqi is made of hours, dataset '{dataset.id}' has {HELD[dataset.grain]}"
            yield (*path, "parts"), message, "give the dataset grain: hour"
