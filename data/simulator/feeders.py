"""Load of the four 22 kV groups that supply the city, every half hour.

Loads, capacities and numbers of customers are assumptions of the size of the city; the evening
of summer is the peak, and a flooded ward draws a quarter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from math import exp

from data.simulator.chance import stream
from data.simulator.feed import Line
from data.simulator.places import code
from data.simulator.season import flooded, lantern_night, tet

HEADING = "thoi_diem,xuat_tuyen,dia_ban,phu_tai_mw,cong_suat_mw,so_khach_hang"
# Feeder group: ward it is booked on, peak load of a usual summer evening, capacity, customers.
FEEDERS = {
    "XT-1": ("cam_pho", 22.5, 32.0, 13_100),
    "XT-2": ("cam_chau", 15.5, 24.0, 9_700),
    "XT-3": ("thanh_ha", 19.0, 26.0, 12_400),
    "XT-4": ("tan_hiep", 1.1, 2.0, 800),
}
MONTHS = (0.74, 0.76, 0.84, 0.92, 1.0, 1.06, 1.06, 1.04, 0.92, 0.82, 0.76, 0.74)
GROWTH = 0.035
BAD = 0.0008
HALVES = range(0, 1440, 30)


@dataclass(frozen=True, slots=True)
class Feeders:
    """Meters of the feeder groups."""

    seed: int

    def lines(self, day: date, moments: list[datetime]) -> Iterator[Line]:
        """One line for each feeder group and moment."""
        random = stream(self.seed, "grid", day)
        daily = random.gauss(1, 0.035) * (0.9 if day.weekday() == 6 else 1.0) * (0.82 if tet(day) else 1.0)
        drawn = {
            (minute, f): (random.gauss(1, 0.012), random.random()) for minute in range(0, 1440, 30) for f in FEEDERS
        }
        year = (1 + GROWTH) ** (day.year - 2026)
        for at in moments:
            for feeder, (place, peak, capacity, customers) in FEEDERS.items():
                noise, chance = drawn[at.hour * 60 + at.minute, feeder]
                wet = 0.25 if flooded(day) and feeder == "XT-1" else 0.6 if flooded(day) else 1.0
                load = peak * MONTHS[at.month - 1] * daily * year * wet * noise * _hour(at)
                text = f"{load:.2f}" if chance > BAD else "-0.01" if chance < BAD / 2 else "#N/A"
                head = f"{at.isoformat(' ', 'minutes')},{feeder},{code(place, day)}"
                yield at, f"{head},{text},{capacity},{customers - 120 * (2026 - day.year) * (customers > 5_000)}"


def _hour(at: datetime) -> float:
    """Share of the peak: noon heat, and an evening of restaurants and hotels."""
    hour = at.hour + at.minute / 60
    noon, evening = exp(-(((hour - 13) / 3.2) ** 2)), exp(-(((hour - 19.2) / 2.6) ** 2))
    return min(1.04, 0.44 + 0.34 * noon + 0.54 * evening) * (0.93 if lantern_night(at.date()) and hour >= 18 else 1.0)
