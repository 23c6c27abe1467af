"""Journals: one file a month, lines added when they are sent, which may be later than they happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Protocol

from data.simulator import files
from data.simulator.feed import Line
from data.simulator.season import days


class Register(Protocol):
    """Who keeps the journal: all lines that what happened on a day ever gives, with when each is sent."""

    def sent(self, day: date) -> Iterable[Line]:
        """(moment of sending, line) in the order of sending."""
        ...


@dataclass(frozen=True, slots=True)
class Journal:
    """A register, its files (``name`` with the month of sending in place of {month}) and their form.

    ``look_back`` is how many days after it happened a line may still be sent.
    """

    name: str
    heading: str
    register: Register
    look_back: int = 3
    encoding: str = "utf-8"

    def history(self, folder: Path, start: date, until: datetime) -> None:
        """Write the files of everything sent from ``start`` up to ``until``."""
        for month, lines in self._months(start, datetime.min, until).items():
            text = files.body(self.heading, lines)
            files.write(folder / self.name.format(month=month), files.encode(text, self.encoding))

    def deliver(self, folder: Path, since: datetime, until: datetime) -> None:
        """Add what was sent after ``since`` up to ``until``."""
        first = since.date() - timedelta(days=self.look_back)
        for month, lines in self._months(first, since, until).items():
            files.append(folder / self.name.format(month=month), self.heading, lines, self.encoding)

    def _months(self, first: date, since: datetime, until: datetime) -> dict[str, list[str]]:
        months: dict[str, list[str]] = defaultdict(list)
        for sent, line in sorted(self._sent(first, until), key=lambda pair: pair[0]):
            if since < sent <= until:
                months[f"{sent:%Y-%m}"].append(line)
        return months

    def _sent(self, first: date, until: datetime) -> Iterator[Line]:
        for day in days(first, until.date()):
            yield from self.register.sent(day)
