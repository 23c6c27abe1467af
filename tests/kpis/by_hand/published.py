"""Whole years and goals: what `november_published` says of 2025."""

from __future__ import annotations

from data.kpis.result import Level

BY_HAND: dict[str, tuple[float, float | None, float | None]] = {
    "DL-40": (5000, None, None),  # the revised figure, not the first and not both
    "DL-41": (0.8, 4000, 5000),
    "DL-42": (900, None, None),
    "DL-43": (2000, None, None),
    "DL-44": (0.47, None, None),
    "DL-45": (700, None, None),
    "DL-46": (4.1, None, None),
    "HT-70": (3.37, None, None),
    "DVC-38": (82.8, None, None),
    "MTC-01": (0.91, None, None),
    "MTC-02": (0.5, None, None),
    "MTC-03": (0.9, None, None),
    "MTC-04": (1.0, None, None),
    "MTC-05": (0.69, None, None),
    "MTC-06": (0.8, None, None),
    "MTC-07": (4.4, None, None),
    "MTC-08": (9.8, None, None),
    "MTC-09": (1812, None, None),
}
LEVELS: dict[str, Level] = {}
