"""Rain in mm at four gauges: the last hour and the last 24 hours, every hour.

Wet from September to December; the day before a flood crests is the wettest. The total of 90.2 mm
in three hours of 3 November 2025 is published; all other falls are invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from data.simulator.chance import stream
from data.simulator.feed import Line
from data.simulator.places import code
from data.simulator.river import crests
from data.simulator.season import midnight

HEADING = "thoi_diem,diem_do,dia_ban,mua_1h_mm,mua_24h_mm"
GAUGES = {"hoi_an": "minh_an", "cam_ha": "cam_ha", "cua_dai": "cua_dai", "cu_lao_cham": "tan_hiep"}
# Chance of rain on a day and mm of a rainy day, by month.
WET = (0.3, 0.14, 0.12, 0.15, 0.25, 0.22, 0.24, 0.3, 0.48, 0.64, 0.66, 0.5)
FALL = (7, 4, 5, 8, 12, 11, 12, 13, 20, 27, 25, 14)
FLOOD_2025 = {26: 165.0, 27: 290.0, 28: 240.0, 29: 260.0, 30: 60.0}
BURST = date(2025, 11, 3)
BURST_MM = {15: 24.0, 16: 38.2, 17: 28.0}
BAD = 0.0012


@dataclass(frozen=True, slots=True)
class RainGauges:
    """Four gauges; a broken one reads 999 or nothing."""

    seed: int

    def lines(self, day: date, moments: list[datetime]) -> Iterator[Line]:
        """One line for each gauge and full hour."""
        random = stream(self.seed, "rain bad", day)
        wrong = {(hour, gauge): random.random() for hour in range(24) for gauge in GAUGES}
        for at in moments:
            for gauge, place in GAUGES.items():
                last = self._until(gauge, day, at.hour)
                hour, chance = f"{last[-1]:.1f}", wrong[at.hour, gauge]
                text = hour if chance > BAD else "999.9" if chance < BAD / 2 else "mat ket noi"
                yield at, f"{at.isoformat(' ', 'minutes')},{gauge},{code(place, day)},{text},{sum(last):.1f}"

    def _until(self, gauge: str, day: date, hour: int) -> tuple[float, ...]:
        """Falls of the 24 hours that end at a full hour."""
        before, here = falls(self.seed, gauge, day - timedelta(days=1)), falls(self.seed, gauge, day)
        return (before + here)[hour + 1 : hour + 25]


@lru_cache(maxsize=64)
def falls(seed: int, gauge: str, day: date) -> tuple[float, ...]:
    """mm of the hour that ends at each full hour of a day, to a tenth."""
    if day == BURST and gauge == "hoi_an":
        return tuple(BURST_MM.get(hour, 0.4) for hour in range(24))
    common, own = stream(seed, "rain", day), stream(seed, "rain", gauge, day)
    total = _of_day(seed, day, common.random(), common.expovariate(1.0)) * own.uniform(0.75, 1.25)
    centre = common.randrange(24)
    weights = [own.random() ** 3 / (1 + abs(hour - centre)) for hour in range(24)]
    return tuple(round(total * weight / sum(weights), 1) for weight in weights)


def _of_day(seed: int, day: date, chance: float, heavy: float) -> float:
    if day.year == 2025 and day.month == 10 and day.day in FLOOD_2025:
        return FLOOD_2025[day.day]
    noon = midnight(day) + timedelta(hours=12)
    for crest, level in crests(seed, day.year):
        if timedelta(0) <= crest - noon <= timedelta(hours=36):
            return 65.0 + 70.0 * (level - 1.0)
    return FALL[day.month - 1] * heavy if chance < WET[day.month - 1] else 0.0
