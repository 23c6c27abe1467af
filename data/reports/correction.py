"""A correction: a load that touched the period of a report and does not count any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Correction:
    """A load taken back, or ``replaced`` by a later one; ``first`` and ``last`` are event times in it."""

    source: str
    first: datetime
    last: datetime
    rows: int
    loaded_at: datetime
    replaced: bool
