"""What the asker may see. An argument of the planner, so that no query exists without it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """``areas`` the asker may see rows of, None for all."""

    areas: frozenset[str] | None = None


EVERYTHING = Scope()
