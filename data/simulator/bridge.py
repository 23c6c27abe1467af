"""People on the Japanese Bridge, counted by one camera; at most twenty may be on it at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from data.simulator.chance import stream
from data.simulator.crowd import Cameras
from data.simulator.feed import Line

HEADING = "thoi_diem,vi_tri,so_nguoi"
PLACE = "Chùa Cầu"
SHARE = 0.0042
RULE, GUARDED = 20, 0.35  # guards hold back most of what would be above the rule
BAD = 0.001


@dataclass(frozen=True, slots=True)
class BridgeCamera:
    """A count every five minutes."""

    seed: int

    def lines(self, day: date, moments: list[datetime]) -> Iterator[Line]:
        """One line for each moment."""
        cameras = Cameras(self.seed)
        for at in moments:
            random = stream(self.seed, "bridge", at)
            wanted = cameras.people(at) * SHARE * random.lognormvariate(0, 0.18)
            people = round(min(wanted, RULE + GUARDED * max(0.0, wanted - RULE)))
            text = "ERR" if random.random() < BAD else str(people)
            yield at, f"{at.isoformat(' ', 'minutes')},{PLACE},{text}"
