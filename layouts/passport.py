"""A passport: what the profile page knows of its reader. Values only; accounts are the business of callbacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Stay:
    """One place a reader is signed in at; ``here`` is the one they ask from."""

    id: int
    began_at: datetime
    seen_at: datetime
    address: str
    agent: str
    here: bool = False


@dataclass(frozen=True, slots=True)
class Passport:
    """``name`` is what is typed at the entrance, ``display`` what is read. ``areas`` None is the whole city."""

    name: str
    display: str
    roles: tuple[str, ...]
    actions: tuple[str, ...]
    areas: tuple[str, ...] | None = None
    personal: bool = False
    language: str | None = None
    theme: str | None = None
    landing: str | None = None
    stays: tuple[Stay, ...] = ()
