"""A user: one person, by the name they sign in with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class User:
    """``roles`` are names of the city's roles. ``areas`` narrows what is seen, None leaves it to the roles.

    ``language``, ``theme`` and ``landing`` (a board) are what the user prefers, None for the city's own.
    """

    id: int
    name: str
    display: str
    roles: tuple[str, ...]
    organisation: str | None = None
    areas: tuple[str, ...] | None = None
    disabled: bool = False
    language: str | None = None
    theme: str | None = None
    landing: str | None = None

    @classmethod
    def of(cls, row: Any) -> User:
        """A row of the table of users."""
        return cls(
            id=row.id,
            name=row.name,
            display=row.display,
            roles=tuple(row.roles),
            organisation=row.organisation,
            areas=None if row.areas is None else tuple(row.areas),
            disabled=row.disabled,
            language=row.language,
            theme=row.theme,
            landing=row.landing,
        )
