"""Permits for works in the protected zones, booked on the day they are issued. Numbers are an assumption."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from data.simulator.chance import Weighted, about, stream
from data.simulator.daybook import Entry
from data.simulator.places import code
from data.simulator.season import midnight, working

HEADING = "so,ngay_cap,khu_vuc_bao_ve,dia_ban"
MEAN = 1.1
WARDS = {
    "one": Weighted([("minh_an", 0.8), ("cam_pho", 0.2)]),
    "two": Weighted([("cam_pho", 0.45), ("son_phong", 0.35), ("minh_an", 0.1), ("cam_nam", 0.1)]),
}


@dataclass(frozen=True, slots=True)
class PermitOffice:
    """Who issues the permits, on working days."""

    seed: int

    def entries(self, day: date) -> Iterator[Entry]:
        """The permits of a day, sent in at five."""
        if not working(day).is_working(day):
            return
        random = stream(self.seed, "permits", day)
        for number in range(1, about(random, MEAN) + 1):
            zone = "one" if random.random() < 0.42 else "two"
            at = midnight(day) + timedelta(hours=8 + random.randrange(9), minutes=random.randrange(60))
            ward = WARDS[zone].draw(random)
            yield (
                midnight(day) + timedelta(hours=17, minutes=30),
                f"GP-{day:%y%m%d}-{number},{at.isoformat(' ', 'minutes')},{zone},{code(ward, day)}",
            )
