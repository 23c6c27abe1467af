"""Figures published of 2025, and of goals, in the November of `tests.kpis.november`."""

from __future__ import annotations

from datetime import datetime

from tests.kpis.delivered import Row

LAST = datetime(2025, 1, 1)


def published(item: str, value: float, status: str = "official") -> Row:
    """A figure of 2025."""
    told = {"status": status, "published_on": datetime(2026, 1, 15), "publication": "Niên giám"}
    return {"item": item, "year": LAST, "value": value} | told


PUBLISHED = [
    published("arrivals", 4800.0),
    published("arrivals", 5000.0, "revised"),  # stands below, so it is the later one
    published("international", 4000.0),
    published("lodging_guests", 900.0),
    published("guest_nights", 2000.0),
    published("occupancy", 0.47),
    published("tickets", 700.0),
    published("revenue", 4.1),
    published("flood_peak", 3.37),
    published("index_766", 82.8),
]
GOALS = {
    "clean_water": 0.91, "green_firms": 0.5, "compliant_firms": 0.9, "e_identity": 1.0, "dti": 0.69,
    "fibre_households": 0.8, "protected_coast": 4.4, "green_space": 9.8, "creative_households": 1812.0,
}  # fmt: skip
ROWS = {
    "published": PUBLISHED,
    "goal_figures": [{"item": item, "year": LAST, "value": value} for item, value in GOALS.items()],
}
