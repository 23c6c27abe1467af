"""Fine dust in µg/m³, hourly, with decimal commas and -999 where the instrument failed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from math import exp

from data.simulator.chance import stream
from data.simulator.feed import Line
from data.simulator.places import code
from data.simulator.season import flooded, tet

HEADING = "Thời điểm;Trạm;Mã địa bàn;PM2,5"
STATIONS = {"old_town": ("minh_an", 1.1), "an_bang": ("cam_an", 0.8)}
MONTHS = (26, 27, 26, 22, 18, 15, 14, 14, 15, 13, 14, 20)
FAILED, BAD = 0.008, 0.0015


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
                text = "-12,0" if chance < BAD / 2 else "-999" if BAD < chance < FAILED else text
                yield at, f"{at:%d/%m/%Y %H:%M};{station};{area};{text}"


def _hour(at: datetime) -> float:
    """Morning and evening traffic; the fireworks of the new year."""
    usual = 0.82 + 0.35 * exp(-(((at.hour - 7) / 2) ** 2)) + 0.4 * exp(-(((at.hour - 19) / 2.5) ** 2))
    return usual * (2.6 if at.hour < 3 and tet(at.date()) else 1.0)
