"""Live files: one a month, lines added as they are measured.

A feed is measured every ``step`` minutes. Departments keep fine readings of the last days
only: older ones are kept on the hour, so that three years stay small.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Protocol

from data.simulator import files
from data.simulator.season import days, midnight

FINE_DAYS = 3
Line = tuple[datetime, str]


class Meter(Protocol):
    """What is measured: the lines of the given moments of one day, in order."""

    def lines(self, day: date, moments: list[datetime]) -> Iterator[Line]:
        """Lines with the moment each was measured at."""
        ...


@dataclass(frozen=True, slots=True)
class Feed:
    """A meter, its files (``name`` with the month in place of {month}) and its habits.

    ``heading`` is the first line of a file, empty where files have none. ``keeps`` is how many
    days of history the department holds; all of them fine if so, unless ``coarse`` (minutes
    between older readings, else an hour) says otherwise.
    """

    name: str
    heading: str
    meter: Meter
    step: int
    keeps: int | None = None
    coarse: int | None = None

    def history(self, folder: Path, start: date, until: datetime) -> None:
        """Write the files of everything measured from ``start`` up to ``until``."""
        fine = until.date() - timedelta(days=FINE_DAYS)
        first = max(start, until.date() - timedelta(days=self.keeps)) if self.keeps else start
        older = self.coarse or (self.step if self.keeps else 60)
        months: dict[str, list[str]] = defaultdict(list)
        for day in days(first, until.date()):
            moments = [at for at in self._moments(day, self.step if day >= fine else older) if at <= until]
            months[f"{day:%Y-%m}"] += [text for _, text in self.meter.lines(day, moments)]
        for month, lines in months.items():
            files.write(folder / self.name.format(month=month), files.body(self.heading, lines).encode())

    def deliver(self, folder: Path, since: datetime, until: datetime) -> None:
        """Add what was measured after ``since`` up to ``until``."""
        for day in days(since.date(), until.date()):
            moments = [at for at in self._moments(day, self.step) if since < at <= until]
            path = folder / self.name.format(month=f"{day:%Y-%m}")
            files.append(path, self.heading, (text for _, text in self.meter.lines(day, moments)))

    @staticmethod
    def _moments(day: date, step: int) -> list[datetime]:
        return [midnight(day) + timedelta(minutes=minute) for minute in range(0, 1440, step)]
