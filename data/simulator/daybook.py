"""Daybooks: a file a month, lines added as they are sent in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Protocol

from data.simulator import files
from data.simulator.season import days

LOOK_BACK = timedelta(days=3)
Entry = tuple[datetime, str]


class Clerk(Protocol):
    """Who keeps the book: the lines of a day, each with the moment it is sent in."""

    def entries(self, day: date) -> Iterator[Entry]:
        """(moment sent, line) of a day; sent within `LOOK_BACK`."""
        ...


@dataclass(frozen=True, slots=True)
class Daybook:
    """A clerk and the files the book is kept in (``name`` with the month in place of {month}).

    Lines of JSON have no heading.
    """

    name: str
    heading: str | None
    clerk: Clerk
    encoding: str = "utf-8"

    def history(self, folder: Path, start: date, until: datetime) -> None:
        """Write the files of everything from ``start`` that was sent in up to ``until``."""
        for month, lines in self._sent(start, None, until).items():
            body = "".join(f"{line}\n" for line in (self.heading, *lines) if line is not None)
            files.write(folder / self.name.format(month=month), files.encode(body, self.encoding))

    def deliver(self, folder: Path, since: datetime, until: datetime) -> None:
        """Add what was sent in after ``since`` up to ``until``."""
        for month, lines in self._sent((since - LOOK_BACK).date(), since, until).items():
            files.append(folder / self.name.format(month=month), self.heading, lines, self.encoding)

    def _sent(self, first: date, since: datetime | None, until: datetime) -> dict[str, list[str]]:
        """Lines by the month of their day, in the order they were sent in."""
        months: dict[str, list[Entry]] = defaultdict(list)
        for day in days(first, until.date()):
            sent = [e for e in self.clerk.entries(day) if e[0] <= until and (since is None or e[0] > since)]
            if sent:
                months[f"{day:%Y-%m}"] += sent
        return {month: [line for _, line in sorted(sent, key=lambda entry: entry[0])] for month, sent in months.items()}
