"""A member: somebody as workspaces know them."""

from __future__ import annotations

from dataclasses import dataclass

from data.accounts.user import User


@dataclass(frozen=True, slots=True)
class Member:
    """``edits`` says whether they may change what belongs to their organisation."""

    user: User
    edits: bool = False
