"""An event: from when a rule left the normal until it came back to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Event:
    """``id`` is made of rule, part and moment, so that it is the same whoever finds it, and however often.

    ``level`` is the level now, or the last one; ``peak`` the highest. ``number`` is that of the last change, in the
    stored unit. ``ended_at`` is None while it lasts.
    """

    id: str
    rule: str
    part: str
    began_at: datetime
    level: int
    peak: int
    number: float | None
    changed_at: datetime
    ended_at: datetime | None = None


def event_id(rule: str, part: str, began_at: datetime) -> str:
    """The name of an event."""
    return f"{rule}:{part}:{began_at.isoformat()}"
