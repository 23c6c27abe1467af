"""Pressure in the water network in bar, every quarter of an hour; the company keeps 120 days.

Mornings and evenings draw it down, most at the ends of the network. One logger has fallen silent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from math import exp

from data.simulator.chance import stream
from data.simulator.feed import Line
from data.simulator.places import code

HEADING = "thoi_diem,diem_do,dia_ban,ap_luc_bar"
KEEPS = 120
# Logger: ward, pressure at night, loss at the peak of the day.
LOGGERS = {
    "AL-01": ("minh_an", 2.6, 0.7),
    "AL-02": ("cam_pho", 2.7, 0.7),
    "AL-03": ("cam_nam", 2.2, 0.9),
    "AL-04": ("cam_kim", 1.9, 0.95),
    "AL-05": ("cam_chau", 2.5, 0.8),
    "AL-06": ("cua_dai", 2.1, 0.85),
    "AL-07": ("thanh_ha", 2.4, 0.8),
    "AL-08": ("cam_an", 2.0, 0.95),
}
SILENT = "AL-06"
BAD = 0.001
QUARTERS = range(0, 1440, 15)


@dataclass(frozen=True, slots=True)
class Loggers:
    """Eight loggers; ``silent_from`` is when the dead one was last heard, None for always dead."""

    seed: int
    silent_from: datetime | None = None

    def lines(self, day: date, moments: list[datetime]) -> Iterator[Line]:
        """One line for each logger heard and moment."""
        random = stream(self.seed, "pressure", day)
        daily = random.gauss(1, 0.03)
        drawn = {
            (minute, n): (random.gauss(0, 0.04), random.random()) for minute in range(0, 1440, 15) for n in LOGGERS
        }
        for at in moments:
            for name, (place, night, loss) in LOGGERS.items():
                if name == SILENT and (self.silent_from is None or at >= self.silent_from):
                    continue
                noise, chance = drawn[at.hour * 60 + at.minute, name]
                bar = max(0.1, night * daily - loss * _draw(at) + noise)
                text = f"{bar:.2f}" if chance > BAD else "-1.00" if chance < BAD / 2 else "ERR"
                yield at, f"{at.isoformat(' ', 'minutes')},{name},{code(place, day)},{text}"


def _draw(at: datetime) -> float:
    hour = at.hour + at.minute / 60
    return 0.15 + 0.8 * exp(-(((hour - 6.8) / 1.5) ** 2)) + 0.95 * exp(-(((hour - 18.8) / 2.2) ** 2))
