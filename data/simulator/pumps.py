"""Drainage pumping stations: pumps there, ready and running, every quarter of an hour.

Older readings are kept every six hours. Pumps run when it rains hard or the river stands high; in the
flood of October 2025 the two stations by the Old Town lost their power. Sizes are assumptions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from data.simulator.chance import stream
from data.simulator.feed import Line
from data.simulator.places import code
from data.simulator.rain import falls
from data.simulator.river import Gauges
from data.simulator.season import flooded

HEADING = "thoi_diem,tram_bom,dia_ban,so_may,san_sang,dang_chay"
COARSE = 360
STATIONS = {"TB-01": ("minh_an", 4), "TB-02": ("cam_nam", 3), "TB-03": ("cam_chau", 4), "TB-04": ("thanh_ha", 3)}
BY_THE_OLD_TOWN = ("TB-01", "TB-02")
HARD_RAIN, HIGH_WATER = 6.0, 1.0
BAD = 0.001


@dataclass(frozen=True, slots=True)
class Pumps:
    """Four stations."""

    seed: int

    def lines(self, day: date, moments: list[datetime]) -> Iterator[Line]:
        """One line for each station and moment."""
        random = stream(self.seed, "pumps", day)
        ready = {s: count - sum(random.random() < 0.035 for _ in range(count)) for s, (_, count) in STATIONS.items()}
        wrong = {(minute, s): random.random() for minute in range(0, 1440, 15) for s in STATIONS}
        rain, river = falls(self.seed, "hoi_an", day), Gauges(self.seed)
        for at in moments:
            need = min(1.0, rain[at.hour] / HARD_RAIN / 2 + max(0.0, river.level("hoi_an", at) - HIGH_WATER) / 0.6)
            for station, (place, count) in STATIONS.items():
                there = 0 if flooded(day) and station in BY_THE_OLD_TOWN else ready[station]
                shown = count + 2 if wrong[at.hour * 60 + at.minute, station] < BAD else there
                runs = round(there * need) if need > 0.25 else 0
                yield at, f"{at.isoformat(' ', 'minutes')},{station},{code(place, day)},{count},{shown},{runs}"
