"""Atoms: the columns of a roll-up, derived from what the KPIs measure.

A KPI's leaf asks for one or two atoms; KPIs that ask the same thing share one. Counts, sums
and flows add over time, areas and dimensions. A *flow* is how a stock becomes additive: +1
where a row enters, -1 where it leaves, so the level at t is the sum of all flows before t.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal

from data.catalogue import BucketValue, Catalogue, Condition, Dataset, Kpi
from data.catalogue.measure import Count, Last, Leaf, Mean, OpenAt, Total

AtomKind = Literal["count", "sum", "flow", "last"]

LAYOUT = 2  # raised when marts are laid out anew, so that older ones are rebuilt


@dataclass(frozen=True)
class Atom:
    """One column. ``times`` are the columns of which the greatest is when a row enters;
    for a flow, ``left`` are the columns of which the least is when it leaves, and rows count
    with ``column`` if it names one."""

    dataset: str
    kind: AtomKind
    times: tuple[str, ...]
    column: str | None = None
    left: tuple[str, ...] = ()
    where: tuple[Condition, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether it counts whole rows and no column of theirs."""
        return self.column is None

    @cached_property
    def name(self) -> str:
        """A column name that stays the same as long as the meaning does."""
        text = repr((self.dataset, self.kind, self.times, self.column, self.left, self.where))
        return f"{self.kind}_{hashlib.sha256(text.encode()).hexdigest()[:10]}"


def atoms(leaf: Leaf) -> tuple[Atom, ...]:
    """Atoms of a leaf; empty for those answered from rows (distinct, quantile)."""
    if isinstance(leaf, Count):
        return (Atom(leaf.dataset, "count", (leaf.time,), where=leaf.where),)
    if isinstance(leaf, Total):
        return (Atom(leaf.dataset, "sum", (leaf.time,), leaf.of, where=leaf.where),)
    if isinstance(leaf, Mean):
        given = (*leaf.where, Condition(column=leaf.of, operator="not_null"))
        total = Atom(leaf.dataset, "sum", (leaf.time,), leaf.of, where=given)
        return (total, Atom(leaf.dataset, "count", (leaf.time,), where=given))
    if isinstance(leaf, Last):
        given = (*leaf.where, Condition(column=leaf.of, operator="not_null"))
        return (Atom(leaf.dataset, "last", (leaf.time,), leaf.of, where=given),)
    if isinstance(leaf, OpenAt):
        return (_flow(leaf),)
    return ()


def _flow(leaf: OpenAt) -> Atom:
    """A condition on the bucket's end moves the moment of entering or leaving."""
    ends = [c for c in leaf.where if isinstance(c.value, BucketValue)]
    entered = (leaf.entered, *(c.column for c in ends if c.operator == "lt"))
    left = (leaf.left, *(c.column for c in ends if c.operator == "ge"))
    rest = tuple(c for c in leaf.where if not isinstance(c.value, BucketValue))
    return Atom(leaf.dataset, "flow", entered, leaf.of, left, rest)


@cache
def witness(leaf: Total) -> Count:
    """How many rows a sum is of: a figure that was not delivered is missing, never zero."""
    given = Condition(column=leaf.of, operator="not_null")
    return Count(count=leaf.dataset, time=leaf.time, where=(*leaf.where, given))


@cache
def cases(leaf: Leaf) -> Leaf:
    """How many rows a leaf reads: a count at the same time of the same rows, or how many are open."""
    if isinstance(leaf, Count):
        return leaf
    if isinstance(leaf, OpenAt):
        return leaf if leaf.of is None else leaf.model_copy(update={"of": None})
    given = Condition(column=leaf.of, operator="not_null")
    return Count(count=leaf.dataset, time=leaf.time, where=(*leaf.where, given))


@dataclass(frozen=True, slots=True)
class Shape:
    """The roll-up of one dataset: its dimensions and atoms, in a stable order."""

    dataset: Dataset
    dimensions: tuple[str, ...]
    atoms: tuple[Atom, ...]

    @property
    def additive(self) -> tuple[Atom, ...]:
        """Atoms that add: all but the last values."""
        return tuple(atom for atom in self.atoms if atom.kind != "last")

    @property
    def lasts(self) -> tuple[Atom, ...]:
        """Atoms that keep the latest reading per key."""
        return tuple(atom for atom in self.atoms if atom.kind == "last")

    @property
    def event_times(self) -> tuple[str, ...]:
        """Columns that tell when something happened: never a due date."""
        roles = [atom.times[0] for atom in self.atoms] + [a.left[0] for a in self.atoms if a.left]
        return tuple(dict.fromkeys([self.dataset.time, *roles]))

    @property
    def keyed(self) -> bool:
        """Whether rows replace earlier rows of the same key."""
        return self.dataset.kind in ("entity", "figure") and bool(self.dataset.key)


def shapes(catalogue: Catalogue) -> dict[str, Shape]:
    """The roll-up shape of every dataset of a catalogue."""
    reading = defaultdict[str, list[tuple[Kpi, Leaf]]](list)
    for kpi in catalogue.kpis.values():
        for leaf in kpi.measure.leaves():
            reading[leaf.dataset].append((kpi, leaf))
    return {dataset.id: _shape(dataset, reading[dataset.id]) for dataset in catalogue.datasets.values()}


def _shape(dataset: Dataset, leaves: list[tuple[Kpi, Leaf]]) -> Shape:
    wanted = {name for kpi, _ in leaves for name in kpi.dimensions}
    wanted.add(dataset.organisation_column or "")
    read = [leaf for _, leaf in leaves]
    if dataset.kind == "figure":
        read += [witness(leaf) for leaf in read if isinstance(leaf, Total)]
    if dataset.minimum_cell is not None:
        read += [cases(leaf) for leaf in read]
    found = {atom.name: atom for leaf in read for atom in atoms(leaf)}
    dimensions = tuple(name for name in dataset.dimensions if name in wanted)
    return Shape(dataset, dimensions, tuple(found[name] for name in sorted(found)))


def digest(shapes_: Iterable[Shape]) -> str:
    """Changes when any roll-up would have to be rebuilt from the lake."""
    text = repr([LAYOUT, *((_form(s.dataset), s.dimensions, [a.name for a in s.atoms]) for s in shapes_)])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _form(dataset: Dataset) -> tuple:
    """What of a dataset the roll-ups depend on: how it is named or described is left out."""
    derived = {name: item.model_dump(exclude={"name"}) for name, item in dataset.derive.items()}
    columns = {name: (item.type, item.area, item.dimension) for name, item in dataset.columns.items()}
    return (dataset.id, dataset.kind, dataset.key, dataset.time, dataset.grain, columns, derived)
