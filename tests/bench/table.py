"""The table: what was measured, against which bar, and whether it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement. ``bar`` is the most that is allowed, None where the figure is only told."""

    what: str
    measured: float
    unit: str = "x"
    bar: float | None = None

    @property
    def holds(self) -> bool:
        """Whether the measurement is within its bar."""
        return self.bar is None or self.measured <= self.bar

    def cells(self) -> tuple[str, str, str, str]:
        """The row as text."""
        bar = "" if self.bar is None else f"<= {_short(self.bar)} {self.unit}"
        return (
            self.what,
            f"{_short(self.measured)} {self.unit}",
            bar,
            "" if self.bar is None else "ok" if self.holds else "MISSED",
        )


def _short(number: float) -> str:
    return f"{number:,.0f}" if number == int(number) or number >= 100 else f"{number:.3g}"


def text(rows: Sequence[Row]) -> str:
    """The table with columns as wide as they must be."""
    lines = [("what", "measured", "bar", "ok"), *(row.cells() for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(4)]
    return "\n".join(f"{a:<{widths[0]}}  {b:>{widths[1]}}  {c:>{widths[2]}}  {d}".rstrip() for a, b, c, d in lines)
