"""Old Town tickets sold at eleven booths, reported after each of three shifts.

Scale: 1,669,500 tickets in 2023, of which 1,450,000 to international visitors. Later years are an
assumption after all tickets of Hội An (5 % more in 2024). Prices: 80,000 and 120,000 đồng. Free
days: 4 December, the day of the inscription, and the first three days of Tết.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from data.calendar.lunar import lunar
from data.simulator.chance import about, stream
from data.simulator.daybook import Entry
from data.simulator.season import bustle, days, midnight, tet
from data.simulator.visitors import domestic_share

HEADING = "Giờ mở ca;Quầy vé;Loại vé;Số vé;Thành tiền"
NAMES = (
    "Trần Phú 1", "Trần Phú 2", "Nguyễn Thị Minh Khai", "Hai Bà Trưng", "Lê Lợi", "Phan Châu Trinh",
    "Hoàng Văn Thụ", "Hoàng Diệu", "Nguyễn Thái Học", "Bạch Đằng", "An Hội",
)  # fmt: skip
SHARES = (0.15, 0.10, 0.16, 0.07, 0.12, 0.06, 0.06, 0.08, 0.07, 0.08, 0.05)
# Start of the shift, when it is reported, share of the day's tickets.
SHIFTS = (
    (timedelta(hours=7, minutes=30), timedelta(hours=12, minutes=15), 0.28),
    (timedelta(hours=12), timedelta(hours=17, minutes=15), 0.30),
    (timedelta(hours=17), timedelta(hours=21, minutes=45), 0.42),
)
VIETNAMESE, INTERNATIONAL = "Khách Việt Nam", "Khách quốc tế"
PRICES = {VIETNAMESE: 80_000, INTERNATIONAL: 120_000}
YEARS = {
    2022: {VIETNAMESE: 190_000, INTERNATIONAL: 210_000},
    2023: {VIETNAMESE: 219_500, INTERNATIONAL: 1_450_000},
    2024: {VIETNAMESE: 223_000, INTERNATIONAL: 1_530_000},
    2025: {VIETNAMESE: 240_000, INTERNATIONAL: 1_640_000},
    2026: {VIETNAMESE: 246_000, INTERNATIONAL: 1_690_000},
}
LATE, BAD = 0.02, 0.0015


@dataclass(frozen=True, slots=True)
class Booths:
    """Tickets by shift, booth and kind."""

    seed: int

    def entries(self, day: date) -> Iterator[Entry]:
        """Lines of the three shifts; now and then a shift is reported only next morning."""
        random = stream(self.seed, "tickets", day)
        sold = {kind: tickets(self.seed, day, kind) for kind in PRICES}
        for start, reported, part in SHIFTS:
            late = timedelta(hours=14) if random.random() < LATE else timedelta()
            at = midnight(day) + start
            for name, share in zip(NAMES, SHARES, strict=True):
                for kind, price in PRICES.items():
                    number = about(random, sold[kind] * part * share)
                    cells = [f"{at:%d/%m/%Y %H:%M}", f"Quầy {name}", kind, str(number), str(number * price)]
                    if random.random() < BAD:
                        place, wrong = random.choice(((1, "Quầy lưu động"), (3, f"-{number + 1}"), (3, "chưa có")))
                        cells[place] = wrong
                    yield midnight(day) + reported + late, ";".join(cells)


def free(day: date) -> bool:
    """Whether no ticket is needed."""
    return (day.month, day.day) == (12, 4) or (tet(day) and lunar(day).day <= 3)


def tickets(seed: int, day: date, kind: str) -> float:
    """Expected tickets of a day."""
    of_year = YEARS.get(day.year, YEARS[max(YEARS)])[kind]
    return of_year * _weight(seed, day, kind) / _year(seed, day.year, kind)


def _weight(seed: int, day: date, kind: str) -> float:
    if free(day):
        return 0.0
    domestic = domestic_share(day)
    return bustle(seed, day) * (domestic if kind == VIETNAMESE else 1 - domestic)


@lru_cache(maxsize=64)
def _year(seed: int, year: int, kind: str) -> float:
    return sum(_weight(seed, day, kind) for day in days(date(year, 1, 1), date(year, 12, 31)))
