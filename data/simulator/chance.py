"""Chance that can be repeated: one stream of numbers for each purpose and day."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

Item = TypeVar("Item")


def stream(seed: int, *names: object) -> Random:
    """A generator that depends on nothing but the seed and the names."""
    return Random("/".join(map(str, (seed, *names))))


def about(random: Random, mean: float) -> int:
    """A whole number around ``mean`` that scatters like a count of independent arrivals."""
    return max(0, round(random.gauss(mean, mean**0.5))) if mean > 0 else 0


class Weighted(Generic[Item]):
    """Items with weights, drawn fast."""

    def __init__(self, pairs: Sequence[tuple[Item, float]]) -> None:
        self.items = [item for item, _ in pairs]
        self._sums = list(accumulate(weight for _, weight in pairs))

    def draw(self, random: Random) -> Item:
        """One item, by weight."""
        return self.items[bisect(self._sums, random.random() * self._sums[-1], 0, len(self.items) - 1)]
