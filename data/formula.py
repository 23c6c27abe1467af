"""Formulas in files that a spreadsheet opens: a cell that might be taken for one is disarmed."""

from __future__ import annotations

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def disarmed(cell: object) -> object:
    """The cell itself, or its text behind an apostrophe where a spreadsheet would compute it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
