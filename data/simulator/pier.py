"""Boats from Cửa Đại to Cù Lao Chàm, sent in as they leave.

Scale: 217,000 visitors in 2024; the years around it are an assumption. Most come from June to
August; boats stay ashore in rough sea, often from October to January, and in floods.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from data.simulator.chance import about, stream
from data.simulator.daybook import Entry
from data.simulator.places import code
from data.simulator.season import FLOOD_FIRST, FLOOD_LAST, WEEKDAYS, days, holiday_weight, midnight

YEARS = {2022: 105_000, 2023: 190_000, 2024: 217_000, 2025: 232_000, 2026: 245_000}
MONTHS = (0.35, 0.6, 0.95, 1.2, 1.3, 1.6, 1.75, 1.6, 0.9, 0.45, 0.35, 0.35)
INTERNATIONAL = (0.55, 0.5, 0.5, 0.42, 0.32, 0.2, 0.16, 0.2, 0.3, 0.45, 0.5, 0.55)
ROUGH = (0.25, 0.14, 0.06, 0.03, 0.02, 0.02, 0.03, 0.05, 0.12, 0.35, 0.42, 0.38)
SPELL = 3  # days the sea stays as it is
CANOES, WOODEN = 62, 9
LATE, BAD = 0.02, 0.001


@dataclass(frozen=True, slots=True)
class Pier:
    """Departures by boat; a day ashore is one line."""

    seed: int

    def entries(self, day: date) -> Iterator[Entry]:
        """Lines ten minutes after departure; now and then the day's book comes next morning."""
        random = stream(self.seed, "pier", day)
        late = random.random() < LATE
        morning = midnight(day) + timedelta(hours=32)
        area = code("tan_hiep", day)
        if ashore(self.seed, day):
            at = midnight(day) + timedelta(hours=6)
            yield (morning if late else at), _record(at, ("-", "none"), "stopped", area, (0, 0))
            return
        left = about(random, visitors(self.seed, day))
        while left > 0:
            wooden = random.random() < 0.12
            board = min(left, random.randint(22, 45) if wooden else random.randint(12, 24))
            left -= board
            at = midnight(day) + timedelta(minutes=450 + int(180 * random.betavariate(2, 3)))
            boat = f"QNa-{900 + random.randrange(WOODEN)}" if wooden else f"QNa-{101 + random.randrange(CANOES)}"
            foreign = sum(random.random() < INTERNATIONAL[day.month - 1] for _ in range(board))
            shown = -board if random.random() < BAD else board
            kind = "wooden" if wooden else "canoe"
            sent = morning if late else at + timedelta(minutes=10)
            yield sent, _record(at, (boat, kind), "run", area, (shown, foreign))


def _record(at: datetime, boat: tuple[str, str], status: str, area: str, people: tuple[int, int]) -> str:
    """A line of JSON as the harbour system sends it."""
    named = {"so_hieu": boat[0], "loai": boat[1]}
    counted = {"tong": people[0], "quoc_te": people[1]}
    moment = at.isoformat(" ", "minutes")
    record = {"xuat_ben": moment, "tau": named, "tinh_trang": status, "den": area, "khach": counted}
    return json.dumps(record, ensure_ascii=False)


@lru_cache(maxsize=4096)
def ashore(seed: int, day: date) -> bool:
    """Whether the harbour is closed for the day."""
    if FLOOD_FIRST - timedelta(days=2) <= day <= FLOOD_LAST + timedelta(days=2):
        return True
    spell = day.toordinal() // SPELL
    return stream(seed, "sea", spell).random() < ROUGH[date.fromordinal(spell * SPELL).month - 1]


def visitors(seed: int, day: date) -> float:
    """Expected visitors of a day."""
    return YEARS.get(day.year, YEARS[max(YEARS)]) * _weight(seed, day) / _year(seed, day.year)


def _weight(seed: int, day: date) -> float:
    if ashore(seed, day):
        return 0.0
    return MONTHS[day.month - 1] * WEEKDAYS[day.weekday()] * min(1.5, holiday_weight(day))


@lru_cache(maxsize=16)
def _year(seed: int, year: int) -> float:
    return sum(_weight(seed, day) for day in days(date(year, 1, 1), date(year, 12, 31)))
