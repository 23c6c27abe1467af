"""Street-lighting cabinets: lamps and lamps working, every quarter of an hour.

The control system keeps 120 days. One cabinet fell silent some time ago and stays so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from data.simulator.chance import stream
from data.simulator.feed import Line
from data.simulator.places import code
from data.simulator.season import flooded

HEADING = "thoi_diem,tu,dia_ban,so_den,den_sang"
KEEPS = 120
PLACES = (
    "minh_an", "minh_an", "cam_pho", "son_phong", "cam_nam", "cam_chau",
    "cam_chau", "cua_dai", "cam_thanh", "thanh_ha", "tan_an", "cam_an",
)  # fmt: skip
LAMPS = (96, 84, 120, 75, 88, 132, 104, 118, 90, 126, 110, 98)
SILENT = "ĐK-04"
BAD = 0.0012


@dataclass(frozen=True, slots=True)
class Cabinets:
    """Twelve cabinets; ``silent_from`` is when the dead one was last heard, None for always dead."""

    seed: int
    silent_from: datetime | None = None

    def lines(self, day: date, moments: list[datetime]) -> Iterator[Line]:
        """One line for each cabinet heard and moment."""
        random = stream(self.seed, "lamps", day)
        out = [sum(random.random() < 0.018 for _ in range(lamps)) for lamps in LAMPS]
        wrong = {minute: (random.random(), random.randrange(len(LAMPS))) for minute in range(0, 1440, 15)}
        for at in moments:
            chance, which = wrong[at.hour * 60 + at.minute]
            for index, lamps in enumerate(LAMPS):
                if self._silent(index, at):
                    continue
                lit = 0 if flooded(day) and index < 4 else lamps - out[index]
                bad = index == which and chance < BAD * len(LAMPS)
                yield at, _line(at, index, lamps, lit, bad)

    def _silent(self, index: int, at: datetime) -> bool:
        return name(index) == SILENT and (self.silent_from is None or at >= self.silent_from)


def name(index: int) -> str:
    """The name on a cabinet's door."""
    return f"ĐK-{index + 1:02d}"


def _line(at: datetime, index: int, lamps: int, lit: int, bad: bool) -> str:
    shown = str(lamps + 40) if bad and at.hour % 2 else "N/A" if bad else str(lit)
    return f"{at.isoformat(' ', 'minutes')},{name(index)},{code(PLACES[index], at.date())},{lamps},{shown}"
