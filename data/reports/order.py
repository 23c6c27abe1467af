"""An order: files of a report to be made, by whom they were asked, and how far they have come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Act = Literal["export", "issue", "draft", "preview", "verify"]
Standing = Literal["waiting", "working", "done", "failed", "cancelled"]
CLOCK = "clock"  # who asks for what the timetable says
NOBODY = "demonstration"  # who asks where nobody has a name
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
TRIES = 2  # of what somebody waits for: once more where the process that made it was lost


@dataclass(frozen=True, slots=True)
class Order:
    """``export`` makes files to look at, ``issue`` those of a checked ``paper``, ``draft`` what the timetable says,
    ``preview`` the pages as pictures, ``verify`` asks every issued paper again.

    ``done`` of its ``kinds`` are made. ``fault`` is the word for why it failed, or last did, ``error`` says it in full.
    ``due_at`` is when the timetable wanted it; ``not_before`` when it is tried next. ``name`` is that of its files, of
    a preview the mark of what its pages say.
    """

    id: int
    act: Act
    report: str
    period: str
    area: str | None
    language: str
    kinds: tuple[str, ...]
    who: str
    asked_at: datetime
    standing: Standing
    not_before: datetime
    attempt: int = 0
    done: int = 0
    name: str = ""
    fault: str = ""
    error: str = ""
    paper: int | None = None
    due_at: datetime | None = None
    began_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether it may still come to something."""
        return self.standing in ("waiting", "working")

    @property
    def folder(self) -> str:
        """Where its files lie within the folder of orders: each attempt has one of its own."""
        return f"{self.id}-{self.attempt}"

    def wait(self, final: bool) -> timedelta | None:
        """How long until it is tried again; None where it is not. ``final`` says that trying again changes nothing."""
        if self.due_at is not None:
            return WAITS[self.attempt - 1] if self.attempt <= len(WAITS) else None
        return timedelta(0) if self.attempt < TRIES and not final else None
