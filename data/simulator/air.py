"""Air in µg/m³, hourly, with decimal commas and -999 where the instrument failed.

PM10 and the gases follow the fine dust at plausible levels of a small coastal town: an assumption.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from math import exp

from data.simulator.chance import stream
from data.simulator.feed import Line
from data.simulator.places import code
from data.simulator.season import flooded, tet

HEADING = "Thời điểm;Trạm;Mã địa bàn;PM2,5;PM10;O3;NO2;SO2;CO"
STATIONS = {"old_town": ("minh_an", 1.1), "an_bang": ("cam_an", 0.8)}
MONTHS = (26, 27, 26, 22, 18, 15, 14, 14, 15, 13, 14, 20)
FAILED, BAD, FAILURE = 0.008, 0.0015, "-999"


@dataclass(frozen=True, slots=True)
class Instruments:
    """Two stations; dry months, mornings and evenings are dustier, rain washes the air."""

    seed: int

    def lines(self, day: date, moments: list[datetime]) -> Iterator[Line]:
        """One line for each station and moment."""
        random = stream(self.seed, "air", day)
        daily = random.lognormvariate(-0.03, 0.26) * (0.5 if flooded(day) else 1.0)
        drawn = {(hour, s): (random.gauss(1, 0.09), random.random()) for hour in range(24) for s in STATIONS}
        for at in moments:
            for station, (place, factor) in STATIONS.items():
                noise, chance = drawn[at.hour, station]
                level = max(1.0, MONTHS[at.month - 1] * factor * daily * noise * _hour(at))
                area = "" if BAD / 2 < chance < BAD else code(place, day)
                text = f"{level:.1f}".replace(".", ",")
                text = "-12,0" if chance < BAD / 2 else FAILURE if BAD < chance < FAILED else text
                yield at, f"{at:%d/%m/%Y %H:%M};{station};{area};{text};{_others(at, level, noise, text)}"


def _others(at: datetime, dust: float, noise: float, shown: str) -> str:
    """PM10, O3, NO2, SO2 and CO beside fine dust; ozone comes with the sun. All fail together."""
    if shown == FAILURE:
        return ";".join([FAILURE] * 5)
    sun = exp(-(((at.hour - 14) / 3.5) ** 2))
    values = (dust * 1.65 * noise, (38 + 46 * sun) * noise, 6 + dust * 0.55, 4 + dust * 0.14, 260 + dust * 19)
    return ";".join(f"{value:.1f}".replace(".", ",") for value in values)


def _hour(at: datetime) -> float:
    """Morning and evening traffic; the fireworks of the new year."""
    usual = 0.82 + 0.35 * exp(-(((at.hour - 7) / 2) ** 2)) + 0.4 * exp(-(((at.hour - 19) / 2.5) ** 2))
    return usual * (2.6 if at.hour < 3 and tet(at.date()) else 1.0)
