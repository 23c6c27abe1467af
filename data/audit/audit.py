"""The audit trail: added to, searched, verified, handed over; never changed and never thrown away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from data.audit.entry import ACTS, START, Entry, Outcome, digest, written
from data.state.state import State
from data.state.tables import ENTRIES, HEADS

AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Broken:
    """Where the chain breaks: the ``number`` of the first entry that is not as it was written, and what is wrong."""

    number: int
    why: str


@dataclass(frozen=True, slots=True)
class Search:
    """What entries are looked for; what is left out matches all. ``text`` is a part of subject or details."""

    who: str = ""
    act: str = ""
    since: datetime | None = None
    until: datetime | None = None
    text: str = ""

    def tests(self) -> list[sa.ColumnElement[bool]]:
        """The search as conditions."""
        found = []
        if self.who:
            found.append(ENTRIES.c.who == self.who)
        if self.act:
            found.append(ENTRIES.c.act == self.act)
        if self.since:
            found.append(ENTRIES.c.at >= self.since)
        if self.until:
            found.append(ENTRIES.c.at < self.until)
        if self.text:
            columns = (ENTRIES.c.subject, ENTRIES.c.detail)
            found.append(sa.or_(*(column.contains(self.text, autoescape=True) for column in columns)))
        return found


@dataclass(frozen=True, slots=True)
class Audit:
    """The trail in the state database."""

    state: State

    def add(
        self, at: datetime, who: str, address: str, act: str, subject: str = "", outcome: Outcome = "done",
        **detail: Any,
    ) -> Entry:  # fmt: skip
        """Write one entry; ValueError for an act there is none of, or details that name a secret."""
        if act not in ACTS:
            raise ValueError(f"no act '{act}': it is one of {', '.join(ACTS)}")
        told = written(detail)
        with self.state.writing() as connection:
            head = connection.execute(sa.select(HEADS)).first()
            number, previous = (head.number + 1, head.digest) if head else (1, START)
            entry = Entry(number, at, who[:64], address[:64], act, subject[:200], outcome, told, previous, "")
            entry = replace(entry, digest=digest(entry))
            connection.execute(ENTRIES.insert().values(**asdict(entry)))
            held = {"number": entry.number, "digest": entry.digest}
            change = HEADS.update().values(**held) if head else HEADS.insert().values(id=1, **held)
            connection.execute(change)
        return entry

    def page(self, search: Search, offset: int = 0, limit: int = 50) -> tuple[Sequence[Entry], int]:
        """Entries that match, the newest first, and how many there are."""
        with self.state.reading() as connection:
            total = connection.execute(sa.select(sa.func.count()).select_from(ENTRIES).where(*search.tests())).scalar()
            asked = sa.select(ENTRIES).where(*search.tests()).order_by(ENTRIES.c.number.desc())
            rows = connection.execute(asked.limit(limit).offset(offset))
            return [Entry(**row._mapping) for row in rows], total or 0

    def all(self, search: Search | None = None) -> Iterator[Entry]:
        """Entries that match, the oldest first, a thousand at a time."""
        tests, last = (search or Search()).tests(), 0
        while True:
            with self.state.reading() as connection:
                asked = sa.select(ENTRIES).where(ENTRIES.c.number > last, *tests).order_by(ENTRIES.c.number)
                rows = [Entry(**row._mapping) for row in connection.execute(asked.limit(AT_ONCE))]
            yield from rows
            if len(rows) < AT_ONCE:
                return
            last = rows[-1].number

    def verify(self) -> Broken | None:
        """The first entry that was changed, removed or put in between; None while the chain holds.

        The end is held by a head of its own, so that cutting the newest entries off shows too.
        """
        with self.state.reading() as connection:
            head = connection.execute(sa.select(HEADS)).first()
        number, previous = 0, START
        for entry in self.all():
            number += 1
            if entry.number != number:
                return Broken(number, "it is missing")
            if entry.previous != previous:
                return Broken(number, "it does not follow the one before it")
            if not entry.sound:
                return Broken(number, "it was changed after it was written")
            previous = entry.digest
            if head is not None and number == head.number:
                return None if entry.digest == head.digest else Broken(number, "the head of the chain is another")
        if head is not None or number:
            return Broken(number + 1, "it is missing: the trail ends too early")
        return None
