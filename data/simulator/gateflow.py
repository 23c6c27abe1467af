"""People who cross the gates of the Old Town, both ways: by the minute, older days by the hour.

What the cameras see is what came in less what went out, so both follow the expected crowd.
Residents, traders and second entries are counted; tickets and visitors are counted elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from data.simulator import files
from data.simulator.chance import about, stream
from data.simulator.crowd import Cameras
from data.simulator.feed import FINE_DAYS
from data.simulator.places import GATES
from data.simulator.season import days, midnight

HEADING = "bat_dau,so_phut,cong,khu_vuc,vao,ra"
NAME = "gate_flow/qua_cong_{month}.csv"
HOURS = range(5, 24)
TURNOVER = 0.25  # share of those inside who leave, and are replaced, in an hour
BAD = 0.001


@dataclass(frozen=True, slots=True)
class Turnstiles:
    """Counters at five gates; closed from midnight to five."""

    seed: int

    def history(self, folder: Path, start: date, until: datetime) -> None:
        """The file of every month from ``start``: hours, and minutes of the last days."""
        fine = until.date() - timedelta(days=FINE_DAYS)
        months: dict[str, list[str]] = defaultdict(list)
        for day in days(start, until.date()):
            step = 1 if day >= fine else 60
            lines = [line for at in _moments(day, step, None, until) for line in self.lines(at, step)]
            if lines:
                months[f"{day:%Y-%m}"] += lines
        for month, lines in months.items():
            files.write(folder / NAME.format(month=month), ("\n".join([HEADING, *lines]) + "\n").encode())

    def deliver(self, folder: Path, since: datetime, until: datetime) -> None:
        """Add the minutes that ended after ``since`` up to ``until``."""
        for day in days(since.date(), until.date()):
            lines = [line for at in _moments(day, 1, since, until) for line in self.lines(at, 1)]
            files.append(folder / NAME.format(month=f"{day:%Y-%m}"), HEADING, lines)

    def lines(self, at: datetime, minutes: int) -> list[str]:
        """One line for each gate: entries and exits of ``minutes`` from ``at``."""
        random = stream(self.seed, "gate flow", at, minutes)
        cameras = Cameras(self.seed)
        before, after = cameras.people(at), cameras.people(at + timedelta(minutes=minutes))
        turned = TURNOVER * minutes / 60 * (before + after) / 2
        came, went = turned + max(0.0, after - before), turned + max(0.0, before - after)
        found = []
        for gate, (zone, part) in GATES.items():
            entered, left = about(random, came * part), about(random, went * part)
            out = "ERR" if random.random() < BAD else str(left)
            found.append(f"{at.isoformat(' ', 'minutes')},{minutes},{gate},{zone},{entered},{out}")
        return found


def _moments(day: date, step: int, since: datetime | None, until: datetime) -> list[datetime]:
    """Starts of the counts of a day that ended after ``since`` up to ``until``."""
    first = midnight(day) + timedelta(hours=HOURS.start)
    starts = [first + timedelta(minutes=n) for n in range(0, 60 * len(HOURS), step)]
    length = timedelta(minutes=step)
    return [at for at in starts if at + length <= until and (since is None or at + length > since)]
