"""One fault of a pack, and the remedy that names the closest known word."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import NamedTuple

Path = tuple[str | int, ...]


class Fault(NamedTuple):
    """What is wrong at ``path`` inside the entry ``id`` of a kind, and what to do about it."""

    kind: str
    id: str
    path: Path
    message: str
    remedy: str


def near(name: str, known: Sequence[str]) -> str:
    """A remedy that names the closest known word, if there is one."""
    close = get_close_matches(name, known, n=1)
    return f"did you mean '{close[0]}'?" if close else "known: " + (", ".join(sorted(known)[:8]) or "none yet")
