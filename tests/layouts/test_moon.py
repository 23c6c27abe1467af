"""The moon: dark when new, whole when full, lit on the right while it grows."""

from __future__ import annotations

import math
import re

import pytest

from layouts.moon import MONTH, moon


def lit(age: float) -> tuple[float, float]:
    """How much of the disc is lit to the left and to the right of its middle, in areas of the path drawn."""
    path = re.search(r'moon-lit" d="M12 3A9 9 0 0 (\d) 12 21A([\d.]+) 9 0 0 (\d) 12 3Z"', moon(age).html)
    outer, axis, inner = int(path[1]), float(path[2]), int(path[3])
    half, ellipse = math.pi * 81 / 2, math.pi * 9 * axis / 2
    right = half if outer == 1 else 0.0
    left = 0.0 if outer == 1 else half
    # From the foot back to the head: sweep 1 goes by the left side, 0 by the right.
    if inner == 1:
        left, right = (left + ellipse, right) if outer == 1 else (left - ellipse, right)
    else:
        left, right = (left, right - ellipse) if outer == 1 else (left, right + ellipse)
    return left / half, right / half


@pytest.mark.parametrize(
    ("share", "left", "right"),
    [(0.001, 0, 0), (0.125, 0, 0.29), (0.25, 0, 1), (0.375, 0.71, 1), (0.5, 1, 1), (0.625, 1, 0.71), (0.75, 1, 0),
     (0.875, 0.29, 0)],
)  # fmt: skip
def test_the_lit_part_at_eight_points_of_a_month(share, left, right):
    assert lit(share * MONTH) == pytest.approx((left, right), abs=0.02)
