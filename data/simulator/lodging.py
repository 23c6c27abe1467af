"""Monthly figures of the statistics office: overnight guests, revenue and rooms.

Scale: 2023 had 1,553,000 guests (1,276,000 international), 3,198,000 nights, 50.81 % of rooms sold and
4,139.7 billion đồng of revenue; 2024 had 1,870,000 guests (1,630,000 international), 2.14 nights each
and 46.85 %. Other years, and revenue after 2023, are an assumption. Two guests share most rooms.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from data.simulator.chance import stream
from data.simulator.places import code
from data.simulator.season import MONTHS
from data.simulator.visitors import DOMESTIC, INTERNATIONAL

GUESTS = {
    2022: (480_000, 290_000),
    2023: (277_000, 1_276_000),
    2024: (240_000, 1_630_000),
    2025: (262_000, 1_770_000),
    2026: (275_000, 1_900_000),
}  # domestic, international
STAY = {2022: 1.75, 2023: 3_198_000 / 1_553_000, 2024: 2.14, 2025: 2.16, 2026: 2.18}
OCCUPANCY = {2022: 0.31, 2023: 0.5081, 2024: 0.4685, 2025: 0.492, 2026: 0.511}
REVENUE = {2022: 1_900_000, 2023: 4_139_700, 2024: 5_050_000, 2025: 5_800_000, 2026: 6_300_000}  # million đồng
SHARING = 1.9
FLOODED = {(2025, 10): 0.9, (2025, 11): 0.8}
WARDS = {
    "minh_an": 0.10, "cam_pho": 0.11, "son_phong": 0.07, "cam_nam": 0.05, "cam_kim": 0.01,
    "cam_chau": 0.12, "cua_dai": 0.16, "cam_thanh": 0.09,
    "thanh_ha": 0.04, "tan_an": 0.08, "cam_an": 0.11, "cam_ha": 0.05, "tan_hiep": 0.01,
}  # fmt: skip
LABELS = {"domestic": "Khách nội địa", "korea": "Hàn Quốc", "west": "Âu - Mỹ - Úc", "other": "Quốc tế khác"}
NIGHTS = {"domestic": 0.78, "korea": 0.92, "west": 1.14, "other": 1.02}  # relative to the mean stay
PRELIMINARY, FINAL = "Sơ bộ", "Chính thức"
Record = tuple[str, str, int, int, float]


@dataclass(frozen=True, slots=True)
class Statistics:
    """What lodgings report to the statistics office."""

    seed: int

    def guests(self, month: date, final: bool) -> Iterator[Record]:
        """(area, market, guests, nights, revenue in million đồng) of a month."""
        told = 1.0 if final else stream(self.seed, "preliminary", month).uniform(0.955, 0.995)
        for (area, market), (guests, nights) in self._held(month).items():
            revenue = REVENUE.get(month.year, REVENUE[max(REVENUE)]) * nights / self._nights(month.year)
            yield area, market, round(guests * told), round(nights * told), round(revenue * told, 1)

    def rooms(self, month: date, final: bool) -> Iterator[tuple[str, int, int]]:
        """(area, room-nights available, room-nights sold) of a month."""
        sold: dict[str, float] = defaultdict(float)
        for area, _, _, nights, _ in self.guests(month, final):
            sold[area] += nights / SHARING
        year = month.year
        rooms = self._nights(year) / SHARING / OCCUPANCY.get(year, OCCUPANCY[max(OCCUPANCY)])
        part = calendar.monthrange(year, month.month)[1] / (366 if calendar.isleap(year) else 365)
        for area, nights in sold.items():
            share = sum(weight for ward, weight in WARDS.items() if code(ward, month) == area) / sum(WARDS.values())
            available = round(rooms * part * share)
            yield area, available, min(available, round(nights))

    def _held(self, month: date) -> dict[tuple[str, str], tuple[float, float]]:
        """Guests and nights by area and market."""
        found: dict[tuple[str, str], tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
        random = stream(self.seed, "lodging", month)
        whole = sum(WARDS.values())
        for market, guests in _guests(self.seed, month.year)[month.month].items():
            stay = STAY.get(month.year, STAY[max(STAY)]) * NIGHTS[market] / _balance(self.seed, month.year)
            for ward, weight in WARDS.items():
                here = guests * weight / whole * random.lognormvariate(0, 0.02)
                area = code(ward, month)
                before = found[area, market]
                found[area, market] = (before[0] + here, before[1] + here * stay)
        return dict(found)

    def _nights(self, year: int) -> float:
        """Nights of a year."""
        return sum(GUESTS.get(year, GUESTS[max(GUESTS)])) * STAY.get(year, STAY[max(STAY)])


@lru_cache(maxsize=16)
def _guests(seed: int, year: int) -> dict[int, dict[str, float]]:
    """Guests of each month by market; the year adds up to what is published."""
    domestic, international = GUESTS.get(year, GUESTS[max(GUESTS)])
    weights = {m: _season(seed, year, m) for m in range(1, 13)}
    at_home = {m: weights[m] * DOMESTIC[m - 1] for m in weights}
    abroad = {m: weights[m] * (1 - DOMESTIC[m - 1]) for m in weights}
    home, away = sum(at_home.values()), sum(abroad.values())
    return {
        m: {
            "domestic": domestic * at_home[m] / home,
            **{name: international * share * abroad[m] / away for name, share in INTERNATIONAL.items()},
        }
        for m in weights
    }


def _season(seed: int, year: int, month: int) -> float:
    chance = stream(seed, "lodging season", year, month).lognormvariate(0, 0.04)
    return MONTHS[month - 1] * FLOODED.get((year, month), 1.0) * chance


@lru_cache(maxsize=16)
def _balance(seed: int, year: int) -> float:
    """What the stay of markets averages to, so that the year has its published mean."""
    held = [(NIGHTS[market], n) for guests in _guests(seed, year).values() for market, n in guests.items()]
    return sum(stay * n for stay, n in held) / sum(n for _, n in held)
