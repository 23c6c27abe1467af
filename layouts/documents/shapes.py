"""Shapes: the schematic outlines of areas in degrees, for files of maps.

The outlines are a drawing of the city's own, not a survey; every file says so.
"""

from __future__ import annotations

from data.areas.outline import Outlines, Ring

DECIMALS = 6  # of a degree: a tenth of a metre
Position = tuple[float, float]  # longitude, latitude
Polygon = list[list[Position]]


def polygons(area: str, outlines: Outlines) -> list[Polygon]:
    """Every ring of an area a polygon of its own, closed and against the clock; none for an area without an outline."""
    return [[_closed(ring, outlines)] for ring in outlines.areas.get(area, ())]


def _closed(ring: Ring, outlines: Outlines) -> list[Position]:
    turned = ring if _area(ring) > 0 else ring[::-1]
    points = [outlines.degrees(at) for at in (*turned, turned[0])]
    return [(round(longitude, DECIMALS), round(latitude, DECIMALS)) for latitude, longitude in points]


def _area(ring: Ring) -> float:
    """Twice the signed area: positive against the clock."""
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, (*ring[1:], ring[0]), strict=True))
