"""A reading: what one rule was told of one part at one tick."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Reading:
    """``at`` is event time, None where nothing is known. ``level`` is that of the number now, ``held`` the level it
    would have if it were worse by the rule's margin: what it has to fall below to be better. Both are None without a
    number, which is no zero."""

    rule: str
    part: str
    at: datetime | None
    number: float | None = None
    level: int | None = None
    held: int | None = None
