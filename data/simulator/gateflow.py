"""People who cross the gates of the Old Town each minute, both ways, as means of five minutes.

What the cameras see is what came in less what went out, so both follow the expected crowd.
Residents, traders and second entries are counted; tickets and visitors are counted elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from data.simulator.chance import about, stream
from data.simulator.crowd import Cameras
from data.simulator.feed import Line
from data.simulator.places import GATES

HEADING = "thoi_diem,cong,khu_vuc,vao_moi_phut,ra_moi_phut"
STEP = 5
TURNOVER = 0.25  # share of those inside who leave, and are replaced, in an hour
BAD = 0.001


@dataclass(frozen=True, slots=True)
class Turnstiles:
    """Counters at five gates."""

    seed: int

    def lines(self, day: date, moments: list[datetime]) -> Iterator[Line]:
        """One line for each moment and gate: the minutes before it."""
        cameras = Cameras(self.seed)
        for at in moments:
            random = stream(self.seed, "gate flow", at)
            before, after = cameras.people(at - timedelta(minutes=STEP)), cameras.people(at)
            turned = TURNOVER * STEP / 60 * (before + after) / 2
            came, went = turned + max(0.0, after - before), turned + max(0.0, before - after)
            for gate, (zone, part) in GATES.items():
                entered, left = about(random, came * part) / STEP, about(random, went * part) / STEP
                out = "ERR" if random.random() < BAD else f"{left:.1f}"
                yield at, f"{at.isoformat(' ', 'minutes')},{gate},{zone},{entered:.1f},{out}"
