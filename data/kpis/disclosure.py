"""Disclosure: a number of so few cases that it points at people is not told, nor left to be worked out.

The rules are those of statistical disclosure control for tables of counts: a threshold (primary suppression), and
further cells until what is hidden cannot be had by taking what is told from the total (complementary suppression).
A zero is told. Differences between answers to different questions are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from data.catalogue import Catalogue, Dataset
from data.catalogue.measure import Count, Distinct, Leaf, Measure, OpenAt, Ratio, Sum
from data.kpis.result import Composition, Presence, Value
from data.store.atom import cases

SUPPRESSED = Value(None, Presence.SUPPRESSED)
Cases = tuple[float, ...]  # how many cases a value stands on, count by count


def counted(measure: Measure, catalogue: Catalogue) -> tuple[Leaf, ...]:
    """What has to be counted to know how many cases a measure stands on, in the datasets that hide small counts."""
    found: dict[Leaf, None] = {}
    for leaf in measure.leaves():
        if guarded(catalogue.datasets[leaf.dataset]):
            found[cases(leaf)] = None
            if isinstance(leaf, Distinct):
                found[leaf] = None
    return tuple(found)


def guarded(dataset: Dataset) -> bool:
    """Whether a dataset hides small counts."""
    return dataset.minimum_cell is not None


def complements(measure: Measure) -> Iterator[Ratio]:
    """Shares of cases in a measure: what is left over is a count too, one of nine cases late tells of eight."""
    if isinstance(measure, Ratio) and all(map(_counts, measure.parts())):
        yield measure
    elif not isinstance(measure, Leaf):
        for part in measure.parts():
            yield from complements(part)


def _counts(measure: Measure) -> bool:
    if isinstance(measure, Sum):
        return all(map(_counts, measure.parts()))
    return isinstance(measure, Count) or (isinstance(measure, OpenAt) and measure.of is None)


def few(held: Iterable[float], least: int) -> bool:
    """Whether any count is of some cases, yet of fewer than ``least``."""
    return any(0 < number < least for number in held)


def hidden(cells: Sequence[Cases], least: int) -> frozenset[int]:
    """Which cells of a table whose total is told must not be.

    First those of few cases; then, while the cells hidden so far add up to few cases of any count, the smallest
    other cell that has some.
    """
    found = {index for index, cell in enumerate(cells) if few(cell, least)}
    while found and (count := _leak(cells, found, least)) is not None:
        others = [index for index, cell in enumerate(cells) if index not in found and cell[count] > 0]
        if not others:
            return frozenset(range(len(cells)))
        found.add(min(others, key=lambda index: (sum(cells[index]), index)))
    return frozenset(found)


def _leak(cells: Sequence[Cases], found: set[int], least: int) -> int | None:
    """The first count whose hidden cases could be had by subtraction and are few."""
    for count in range(len(cells[0])):
        if few([sum(cells[index][count] for index in found)], least):
            return count
    return None


def composed(composition: Composition | None, least: int) -> Composition | None:
    """What an index is made of, unless one of its parts stands on few cases."""
    if composition is None:
        return None
    shares = [part.value for part in composition.parts if part.value.denominator is not None]
    told = [(v.numerator or 0, v.denominator or 0, (v.denominator or 0) - (v.numerator or 0)) for v in shares]
    return None if any(few(numbers, least) for numbers in told) else composition
