"""People in the zones of the Old Town, counted by cameras every five minutes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from data.simulator.chance import stream
from data.simulator.feed import Line
from data.simulator.places import UNKNOWN, ZONES
from data.simulator.season import bustle, flooded, lantern_night

HEADING = "thoi_diem,khu_vuc,so_nguoi"
# Share of the day's highest crowd at each full hour, on a usual day and on a lantern night.
USUAL = (5, 3, 2, 2, 2, 4, 9, 16, 28, 42, 50, 48, 40, 38, 44, 52, 60, 70, 86, 98, 100, 72, 32, 12)
LANTERN = (5, 3, 2, 2, 2, 4, 8, 14, 23, 34, 40, 38, 33, 32, 37, 46, 58, 74, 92, 100, 98, 80, 42, 16)
PEAK = 3150
RESIDENTS = 380
BAD = 0.0012


@dataclass(frozen=True, slots=True)
class Cameras:
    """Counts by zone. A usual evening peaks at about 3,500 people, a lantern Saturday near capacity."""

    seed: int

    def lines(self, day: date, moments: list[datetime]) -> Iterator[Line]:
        """One line for each zone and moment."""
        hourly, between = stream(self.seed, "crowd", day), stream(self.seed, "crowd between", day)
        noise = {(hour, zone): hourly.gauss(1, 0.05) for hour in range(24) for zone in ZONES}
        wrong = {(hour, zone): hourly.random() for hour in range(24) for zone in ZONES}
        fine = {(minute, zone): between.gauss(1, 0.03) for minute in range(0, 1440, 5) for zone in ZONES}
        for at in moments:
            for zone, share in ZONES.items():
                factor = noise[at.hour, zone] if at.minute == 0 else fine[at.hour * 60 + at.minute, zone]
                people = max(0, round(self.people(at) * share * factor))
                chance = wrong[at.hour, zone] if at.minute == 0 else 1.0
                yield at, _line(at, zone, people, chance)

    def people(self, at: datetime) -> float:
        """Expected number of people in all zones."""
        day = at.date()
        if flooded(day):
            return 0.0
        curve = LANTERN if lantern_night(day) else USUAL
        here, there = curve[at.hour], curve[(at.hour + 1) % 24]
        share = (here + (there - here) * at.minute / 60) / 100
        return RESIDENTS * (0.4 + share / 2) + PEAK * bustle(self.seed, day) * share


def _line(at: datetime, zone: str, people: int, chance: float) -> str:
    moment = at.isoformat(" ", "minutes")
    if chance > BAD:
        return f"{moment},{zone},{people}"
    kind = int(chance / BAD * 3)
    return (f"{moment},{zone},-{people + 1}", f"{moment},{UNKNOWN},{people}", f"{moment},{zone},ERR")[kind]
