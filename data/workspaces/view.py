"""A saved view: an address of ours with a title. What it shows is cut to whoever opens it, not to who kept it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["person", "role", "organisation"]
KINDS: tuple[Kind, ...] = Kind.__args__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Share:
    """Whom a view is shared with: a person or a role by name, or an organisation."""

    kind: Kind
    name: str


@dataclass(frozen=True, slots=True)
class SavedView:
    """``owner`` is the name of a user, or of an organisation when ``whole``. ``mine``: the reader may change it.

    ``origin`` is the view it was copied from, ``proposed`` that its owner offers it back.
    """

    id: int
    owner: str
    whole: bool
    title: str
    address: str
    pinned: bool
    changed_at: datetime
    mine: bool
    removed: bool = False
    origin: int | None = None
    proposed: bool = False
    shares: tuple[Share, ...] = ()
