"""Car parks around the Old Town: places and free places every ten minutes, in JSON lines.

Sixty days are kept. They fill with the Old Town; sizes are assumptions.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from data.simulator.chance import stream
from data.simulator.crowd import PEAK, Cameras
from data.simulator.feed import Line
from data.simulator.places import code

KEEPS, COARSE = 60, 60
# Car park: ward, places, how fast it fills.
PARKS = {
    "P1": ("minh_an", 90, 1.05),
    "P2": ("cam_pho", 160, 0.95),
    "P3": ("son_phong", 120, 0.9),
    "P4": ("cam_nam", 140, 0.75),
    "P5": ("cam_chau", 220, 0.6),
}
BAD = 0.001


@dataclass(frozen=True, slots=True)
class Barriers:
    """Counters at the barriers of five car parks."""

    seed: int

    def lines(self, day: date, moments: list[datetime]) -> Iterator[Line]:
        """One line for each car park and moment."""
        random = stream(self.seed, "parking", day)
        drawn = {(minute, p): (random.gauss(1, 0.06), random.random()) for minute in range(0, 1440, 10) for p in PARKS}
        cameras = Cameras(self.seed)
        for at in moments:
            crowd = min(1.25, cameras.people(at) / PEAK)
            for park, (place, places, speed) in PARKS.items():
                noise, chance = drawn[at.hour * 60 + at.minute, park]
                taken = min(places, round(places * (0.06 + 0.82 * crowd * speed) * noise))
                free = places - taken if chance > BAD else places + 15
                cells = {"lot": park, "area": code(place, day), "places": places, "free": free}
                yield at, json.dumps({"time": at.isoformat(), **cells}, ensure_ascii=False)
