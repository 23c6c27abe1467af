"""A lens: how a plane of kilometres falls on the drawing of a map."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from data.areas.outline import XY, Ring

WIDTH, HEIGHT = 440, 340


@dataclass(frozen=True, slots=True)
class Lens:
    """``centre`` in km stands in the middle of the drawing, a km is ``scale`` of its units."""

    centre: XY
    scale: float

    def xy(self, at: XY) -> tuple[float, float]:
        """Where a point of the plane is drawn, y downwards."""
        return (
            WIDTH / 2 + (at[0] - self.centre[0]) * self.scale,
            HEIGHT / 2 - (at[1] - self.centre[1]) * self.scale,
        )

    def path(self, ring: Ring, close: str = "Z") -> str:
        """A ring, or with ``close`` empty a line, as data of an SVG path."""
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in map(self.xy, ring)) + close

    def rings(self, rings: Iterable[Ring]) -> str:
        """Several rings as one path."""
        return "".join(map(self.path, rings))


def around(points: Iterable[XY], least: float = 0.05) -> Lens:
    """The lens that shows all points and ``least`` km, with room at the sides for names and at the foot for words."""
    xs, ys = zip(*points, strict=True)
    middle = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
    wide, high = max(max(xs) - min(xs), least), max(max(ys) - min(ys), least)
    return Lens(middle, min((WIDTH - 170) / wide, (HEIGHT - 150) / high))
