"""Standing: which loads count after one is taken back, and after it is given back."""

from __future__ import annotations

from collections.abc import Mapping

from data.catalogue import Source
from data.store.ledger import Load

BY_HAND = 0
Undone = Mapping[int, int]


class Overtaken(Exception):
    """A later delivery holds what this load held; ``by`` is its number."""

    def __init__(self, load: int, by: int) -> None:
        super().__init__(f"load {load} was overtaken by load {by}, which came after it was taken back")
        self.by = by


def taken_back(undone: Undone, load: int) -> dict[int, int]:
    """``undone`` without what ``load`` had replaced, and with ``load`` itself, by hand."""
    return {number: by for number, by in undone.items() if by != load} | {load: BY_HAND}


def given_back(undone: Undone, loads: Mapping[int, Load], source: Source, load: int) -> dict[int, int]:
    """``undone`` as it was before ``load`` was taken back: it counts, and what it replaced does not.

    KeyError unless ``load`` was taken back by hand; Overtaken when a later load holds the same.
    """
    if undone.get(load) != BY_HAND:
        raise KeyError(load)
    own = loads[load]
    later = [
        item for item in loads.values() if item.source == own.source and item.load > load and item.load not in undone
    ]
    by = next((item.load for item in later if _holds(item, own, source)), None)
    if by is not None:
        raise Overtaken(load, by)
    rest = {number: by for number, by in undone.items() if number != load}
    return rest | {number: load for number in own.supersedes if number not in rest}


def _holds(later: Load, own: Load, source: Source) -> bool:
    """Whether a later load is of all rows of the source, of the same bytes or of the same months."""
    if source.deliver == "replace" or set(later.months) & set(own.months):
        return True
    return later.path == own.path and later.start < own.end
