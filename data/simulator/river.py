"""River levels in metres: tide, seasons and floods.

Alarm levels and peaks: bulletins on the flood of 28 to 31 October 2025 (Hội An 3.11 m at 18h on
the 29th, 3.37 m at 01h and 3.32 m at 07h on the 30th; Câu Lâu 5.32 and 5.62 m; Ái Nghĩa 10.56 m;
Giao Thủy 9.88 m; Hội An 1.55 m on 17 November 2025). What lies between the published values is interpolated;
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
STATIONS = ("hoi_an", "cau_lau", "ai_nghia", "giao_thuy")
Points = tuple[tuple[datetime, float], ...]
EPOCH = datetime(2023, 1, 1)
LUNAR_HALF_DAY, LUNAR_DAY = 12.4206, 23.9345
USUAL = {"hoi_an": 0.12, "cau_lau": 0.55, "ai_nghia": 3.1, "giao_thuy": 2.4}
TIDE = {"hoi_an": 1.0, "cau_lau": 0.6, "ai_nghia": 0.0, "giao_thuy": 0.0}
WET_SEASON = {9: 0.5, 10: 1.0, 11: 1.0, 12: 0.6, 1: 0.3}
# Floods of other years, relative to the peak at Hội An: level upstream for a metre at Hội An, lead in hours.
UPSTREAM = {"hoi_an": (1.0, 0), "cau_lau": (1.85, 4), "ai_nghia": (4.6, 7), "giao_thuy": (4.2, 6)}
BAD = 0.0015


def _points(*pairs: tuple[str, float]) -> Points:
    """Levels at a month, day and hour of 2025."""
    return tuple((datetime.fromisoformat(f"2025-{at}:00"), level) for at, level in pairs)


FLOOD_2025 = {
    "hoi_an": _points(
        ("10-26 12", 0.3), ("10-27 06", 0.9), ("10-28 00", 1.6), ("10-28 18", 2.25),
        ("10-29 06", 2.7), ("10-29 18", 3.11), ("10-30 01", 3.37), ("10-30 07", 3.32),
        ("10-30 19", 2.86), ("10-31 12", 2.2), ("11-01 12", 1.45), ("11-02 18", 0.9),
        ("11-04 00", 0.3), ("11-16 06", 0.3), ("11-17 07", 1.28), ("11-17 15", 1.55),
        ("11-18 12", 0.9), ("11-19 12", 0.3),
    ),
    "cau_lau": _points(
        ("10-26 06", 0.7), ("10-27 00", 2.1), ("10-28 00", 3.6), ("10-28 18", 4.5),
        ("10-29 18", 5.32), ("10-30 01", 5.62), ("10-30 07", 5.5), ("10-31 06", 4.2),
        ("11-01 12", 2.8), ("11-03 00", 1.5), ("11-05 00", 0.7), ("11-16 00", 0.7),
        ("11-17 10", 3.1), ("11-18 12", 1.8), ("11-20 00", 0.7),
    ),
    "ai_nghia": _points(
        ("10-26 00", 3.4), ("10-27 12", 8.6), ("10-28 12", 9.7), ("10-29 16", 10.56),
        ("10-30 12", 9.9), ("10-31 12", 8.2), ("11-02 00", 5.6), ("11-05 00", 3.4),
        ("11-15 18", 3.4), ("11-17 04", 7.1), ("11-19 00", 3.4),
    ),
    "giao_thuy": _points(
        ("10-26 00", 2.7), ("10-27 15", 7.4), ("10-28 14", 8.9), ("10-29 20", 9.88),
        ("10-30 14", 9.1), ("10-31 12", 7.2), ("11-02 00", 4.6), ("11-05 00", 2.7),
        ("11-15 20", 2.7), ("11-17 06", 6.2), ("11-19 00", 2.7),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gauges:
    """Four stations; Câu Lâu, Giao Thủy and Ái Nghĩa rise hours before Hội An."""

    seed: int

    def lines(self, day: date, moments: list[datetime]) -> Iterator[Line]:
        """One line for each station and moment."""
        hourly, between = stream(self.seed, "river", day), stream(self.seed, "river between", day)
        noise = {
            (minute, s): (hourly if minute % 60 == 0 else between).gauss(0, 0.006)
            for minute in range(0, 1440, 10)
            for s in STATIONS
        }
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
        for peak_at, peak in crests(self.seed, at.year):
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
def crests(seed: int, year: int) -> tuple[tuple[datetime, float], ...]:
    """Moments and heights at Hội An of two or three invented floods of a year; 2025 had its own."""
    if year == 2025:
        return ()
    random = stream(seed, "floods", year)
    first = midnight(date(year, 10, 6))
    return tuple(
        (first + timedelta(days=13 * n, hours=random.randrange(0, 240)), random.uniform(1.05, 1.75))
        for n in range(random.choice((2, 3)))
    )
