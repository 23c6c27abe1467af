"""Horizons: from when to when the datasets of a measure tell anything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from data.catalogue.measure import AirQuality, First, Leaf, Measure

Known = Callable[[str], datetime | None]


def newest(measure: Measure, at: Known) -> datetime | None:
    """Newest moment told of: common to all datasets of a measure; of several that could answer, the best.

    ``at`` is the newest moment of a dataset, None if there is none.
    """
    if isinstance(measure, Leaf):
        return at(measure.dataset)
    times = [newest(part, at) for part in measure.parts() if any(part.leaves())]
    if isinstance(measure, First):
        return max((time for time in times if time is not None), default=None)
    return None if None in times else min(times, default=None)  # type: ignore[type-var]


def oldest(measure: Measure, at: Known) -> datetime | None:
    """Oldest moment told of, likewise; ``at`` is the oldest moment of a dataset."""
    if isinstance(measure, Leaf):
        return at(measure.dataset)
    times = [oldest(part, at) for part in measure.parts() if any(part.leaves())]
    if isinstance(measure, First):
        return min((time for time in times if time is not None), default=None)
    return None if None in times else max(times, default=None)  # type: ignore[type-var]


def came(measure: Measure, told: Callable[[str], bool]) -> bool:
    """Whether there is anything to count: one of the parts that could answer, of all others every one.

    ``told`` says it of a dataset. The air quality index does with any pollutant.
    """
    if isinstance(measure, Leaf):
        return told(measure.dataset)
    choose = any if isinstance(measure, First | AirQuality) else all
    return choose(came(part, told) for part in measure.parts() if any(part.leaves()))


def chooses(measure: Measure) -> bool:
    """Whether a measure takes the first of several that could answer."""
    if isinstance(measure, Leaf):
        return False
    return isinstance(measure, First) or any(map(chooses, measure.parts()))
