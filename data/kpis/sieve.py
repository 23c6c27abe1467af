"""A sieve: what the cells of one column must hold for a row to be listed. It never changes a number."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

Bound = float | date | None


@dataclass(frozen=True, slots=True)
class Sieve:
    """``text`` that is in the cells of ``column``, capitals and marks aside ("1" or "0" of yes and no), or bounds of
    numbers or days, both included."""

    column: str
    text: str = ""
    low: Bound = None
    high: Bound = None


def folded(text: str) -> str:
    """A text without capitals and marks; đ is d."""
    parts = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in parts if not unicodedata.combining(letter)).replace("đ", "d").strip()
