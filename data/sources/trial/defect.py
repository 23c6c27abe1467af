"""Defects: what a reader of the numbers should know before trusting them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing noticed: its kind, the rows (cells for ``sentinel``) it concerns, and a sentence."""

    kind: str
    count: int
    text: str
    columns: tuple[str, ...] = ()


def counted(count: int, noun: str = "row") -> str:
    """A count with its noun."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def listed(values: dict[str, int]) -> str:
    """Values with their counts, the most frequent first."""
    some = list(values.items())[:4]
    return ", ".join(f"'{shortened(value)}' ({count:,})" for value, count in some)


def named(columns: list[str]) -> str:
    """Some column names."""
    more = len(columns) - 6
    return ", ".join(f"'{name}'" for name in columns[:6]) + (f" and {more} more" if more > 0 else "")


def shortened(text: str, width: int = 32) -> str:
    """Text on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1] + "…"
