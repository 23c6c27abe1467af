"""River levels in metres: tide, seasons and floods.

Alarm levels and peaks: bulletins on the flood of 28 to 31 October 2025 (Hội An 3.11 m at 18h on
the 29th, 3.37 m at 01h and 3.32 m at 07h on the 30th; Câu Lâu 5.32 and 5.62 m; Ái Nghĩa 10.56 m;
Hội An 1.55 m on 17 November 2025). What lies between the published values is interpolated;
floods of other years are invented.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from math import cos, exp, pi

from data.simulator.chance import stream
from data.simulator.feed import Line
from data.simulator.season import midnight

HEADING = "thoi_diem,tram,muc_nuoc_m"
STATIONS = ("hoi_an", "cau_lau", "ai_nghia")
Points = tuple[tuple[datetime, float], ...]
EPOCH = datetime(2023, 1, 1)
LUNAR_HALF_DAY, LUNAR_DAY = 12.4206, 23.9345
USUAL = {"hoi_an": 0.12, "cau_lau": 0.55, "ai_nghia": 3.1}
TIDE = {"hoi_an": 1.0, "cau_lau": 0.6, "ai_nghia": 0.0}
WET_SEASON = {9: 0.5, 10: 1.0, 11: 1.0, 12: 0.6, 1: 0.3}
# Floods of other years, relative to the peak at Hội An: level upstream for a metre at Hội An, lead in hours.
UPSTREAM = {"hoi_an": (1.0, 0), "cau_lau": (1.85, 4), "ai_nghia": (4.6, 7)}
BAD = 0.0015


def _points(*pairs: tuple[str, float]) -> Points:
    return tuple((datetime.fromisoformat(at), level) for at, level in pairs)


FLOOD_2025 = {
    "hoi_an": _points(
        ("2025-10-26 12:00", 0.3), ("2025-10-27 06:00", 0.9), ("2025-10-28 00:00", 1.6), ("2025-10-28 18:00", 2.25),
        ("2025-10-29 06:00", 2.7), ("2025-10-29 18:00", 3.11), ("2025-10-30 01:00", 3.37), ("2025-10-30 07:00", 3.32),
        ("2025-10-30 19:00", 2.86), ("2025-10-31 12:00", 2.2), ("2025-11-01 12:00", 1.45), ("2025-11-02 18:00", 0.9),
        ("2025-11-04 00:00", 0.3), ("2025-11-16 06:00", 0.3), ("2025-11-17 07:00", 1.28), ("2025-11-17 15:00", 1.55),
        ("2025-11-18 12:00", 0.9), ("2025-11-19 12:00", 0.3),
    ),
    "cau_lau": _points(
        ("2025-10-26 06:00", 0.7), ("2025-10-27 00:00", 2.1), ("2025-10-28 00:00", 3.6), ("2025-10-28 18:00", 4.5),
        ("2025-10-29 18:00", 5.32), ("2025-10-30 01:00", 5.62), ("2025-10-30 07:00", 5.5), ("2025-10-31 06:00", 4.2),
        ("2025-11-01 12:00", 2.8), ("2025-11-03 00:00", 1.5), ("2025-11-05 00:00", 0.7), ("2025-11-16 00:00", 0.7),
        ("2025-11-17 10:00", 3.1), ("2025-11-18 12:00", 1.8), ("2025-11-20 00:00", 0.7),
    ),
    "ai_nghia": _points(
        ("2025-10-26 00:00", 3.4), ("2025-10-27 12:00", 8.6), ("2025-10-28 12:00", 9.7), ("2025-10-29 16:00", 10.56),
        ("2025-10-30 12:00", 9.9), ("2025-10-31 12:00", 8.2), ("2025-11-02 00:00", 5.6), ("2025-11-05 00:00", 3.4),
        ("2025-11-15 18:00", 3.4), ("2025-11-17 04:00", 7.1), ("2025-11-19 00:00", 3.4),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gauges:
    """Three stations; Câu Lâu and Ái Nghĩa rise hours before Hội An."""

    seed: int

    def lines(self, day: date, moments: list[datetime]) -> Iterator[Line]:
        """One line for each station and moment."""
        hourly, between = stream(self.seed, "river", day), stream(self.seed, "river between", day)
        noise = {(minute, s): (hourly if minute % 60 == 0 else between).gauss(0, 0.006) for minute in range(0, 1440, 10) for s in STATIONS}
        wrong = {(hour, station): hourly.random() for hour in range(24) for station in STATIONS}
        for at in moments:
            for station in STATIONS:
                level = self.level(station, at, noise[at.hour * 60 + at.minute, station])
                text = f"{level:.2f}"
                if at.minute == 0 and wrong[at.hour, station] < BAD:
                    text = "99.99" if wrong[at.hour, station] < BAD / 2 else "loi"
                yield at, f"{at.isoformat(' ', 'minutes')},{station},{text}"

    def level(self, station: str, at: datetime, noise: float = 0.0) -> float:
        """Level in metres; ``noise`` is added outside floods only."""
        return max(_usual(station, at) + noise, self._flood(station, at))

    def _flood(self, station: str, at: datetime) -> float:
        if at.year == 2025:
            return _interpolated(FLOOD_2025[station], at)
        rise, lead = UPSTREAM[station]
        base = USUAL[station]
        top = base
        for peak_at, peak in _floods(self.seed, at.year):
            hours = (at - peak_at + timedelta(hours=lead)) / timedelta(hours=1)
            shape = exp(-((hours / 14) ** 2)) if hours < 0 else exp(-hours / 30)
            top = max(top, base + (peak - USUAL["hoi_an"]) * rise * shape)
        return top if top > base + 0.05 else -9.0


def _usual(station: str, at: datetime) -> float:
    hours = (at - EPOCH) / timedelta(hours=1)
    tide = 0.22 * cos(2 * pi * hours / LUNAR_HALF_DAY) + 0.17 * cos(2 * pi * hours / LUNAR_DAY + 1)
    wet = WET_SEASON.get(at.month, 0.0) * (0.12 if station == "hoi_an" else 0.3)
    return USUAL[station] + wet + TIDE[station] * tide


def _interpolated(points: Points, at: datetime) -> float:
    if not points[0][0] <= at <= points[-1][0]:
        return -9.0
    index = min(bisect_right(points, at, key=lambda point: point[0]), len(points) - 1)
    (before, low), (after, high) = points[index - 1], points[index]
    return low + (high - low) * ((at - before) / (after - before))


@lru_cache(maxsize=32)
def _floods(seed: int, year: int) -> tuple[tuple[datetime, float], ...]:
    """Moments and heights at Hội An of two or three invented floods of a year."""
    random = stream(seed, "floods", year)
    first = midnight(date(year, 10, 6))
    return tuple(
        (first + timedelta(days=13 * n, hours=random.randrange(0, 240)), random.uniform(1.05, 1.75))
        for n in range(random.choice((2, 3)))
    )
