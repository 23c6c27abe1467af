"""Papers: drafts that are checked and issued by name, kept in the state; issued bytes lie in a folder for ever."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from data.reports.draft import Draft, Edition
from data.reports.note import Note
from data.reports.record import Edit, Record, Signed
from data.state.state import State
from data.state.tables import PAPER_FILES, PAPERS
from data.store import durable

LONGEST = 10_000


class PaperError(Exception):
    """An act that does not fit how a paper stands; the message is the word for it."""


@dataclass(frozen=True, slots=True)
class Papers:
    """Every paper of a city; ``folder`` holds what was issued."""

    state: State
    folder: Path

    def draft(self, made: Draft, who: str, now: datetime) -> Record:
        """The draft of an edition that is under way, or a new one of this snapshot with the words issued last."""
        same = sa.and_(_same(made.edition), PAPERS.c.standing != "issued")
        with self.state.writing() as connection:
            number = connection.execute(sa.select(PAPERS.c.id).where(same)).scalar()
            if number is None:
                last = sa.select(PAPERS.c.edits).where(_same(made.edition)).order_by(PAPERS.c.id.desc()).limit(1)
                row = made.edition.key | {
                    "snapshot": made.stamp.snapshot,
                    "name": made.id,
                    "edits": connection.execute(last).scalar() or {},
                    "notes": _told(made.notes),
                }
                row |= {"standing": "draft", "made_at": now, "made_by": who}
                number = connection.execute(PAPERS.insert().values(**row)).inserted_primary_key[0]
        return self.paper(number)

    def newest(self, meant: Edition) -> Record | None:
        """The last paper of an edition; None if there was none."""
        found = self._found(_same(meant))
        return found[0] if found else None

    def edit(self, number: int, words: Mapping[str, str], bases: Mapping[str, str]) -> None:
        """Put staff's words by slot over those of the rules; the same words give those of the rules back, empty ones
        leave the paragraph out."""
        found = self._in(number, "draft")
        edits = {slot: [edit.text, edit.base] for slot, edit in found.edits.items()}
        for slot, text in words.items():
            edits[slot] = [text.strip()[:LONGEST], bases[slot]]
            if text.strip() == bases[slot].strip():
                del edits[slot]
        self._change(number, edits=edits)

    def renew(self, number: int, snapshot: int, notes: Sequence[Note] = ()) -> None:
        """Take the draft on to a newer snapshot, and to what people have written by then."""
        self._in(number, "draft")
        self._change(number, snapshot=snapshot, notes=_told(notes))

    def check(self, number: int, who: str, now: datetime) -> None:
        """Say that a draft was looked through."""
        self._in(number, "draft")
        self._change(number, standing="checked", checked_by=who, checked_at=now)

    def reopen(self, number: int) -> None:
        """Make what was checked a draft again."""
        self._in(number, "checked")
        self._change(number, standing="draft", checked_by=None, checked_at=None)

    def issue(self, number: int, made: Draft, files: Mapping[str, bytes], who: str, now: datetime) -> Record:
        """Freeze what was checked: its files are on disk before it is said to be issued, its figures are kept."""
        self._in(number, "checked")
        for kind, content in files.items():
            durable.write(self.path(made.id, kind), content)
        with self.state.writing() as connection:
            still = sa.and_(PAPERS.c.id == number, PAPERS.c.standing == "checked")
            row = {"standing": "issued", "name": made.id, "issued_by": who, "issued_at": now}
            row |= {"figures": figures(made)}
            if connection.execute(PAPERS.update().where(still).values(**row)).rowcount != 1:
                raise PaperError("standing")
            for kind, content in files.items():
                told = {"kind": kind, "digest": digest(content), "size": len(content)}
                connection.execute(PAPER_FILES.insert().values(paper_id=number, **told))
        return self.paper(number)

    def paper(self, number: int) -> Record:
        """One paper; KeyError if there is none."""
        found = self._found(PAPERS.c.id == number)
        if not found:
            raise KeyError(number)
        return found[0]

    def all(
        self,
        words: str = "",
        report: str | None = None,
        most: int = 100,
        named: Sequence[str] = (),
        periods: Sequence[str] = (),
    ) -> Sequence[Record]:
        """The newest papers whose name, period or people hold ``words``, of one report or of all.

        ``named`` are reports whose title holds them, ``periods`` those that hold them as they are read.
        """
        like = f"%{words.replace('%', '').replace('_', '')}%"
        told = (PAPERS.c.name, PAPERS.c.period, PAPERS.c.made_by, PAPERS.c.issued_by)
        held = sa.or_(*(column.like(like) for column in told), PAPERS.c.report.in_(named), PAPERS.c.period.in_(periods))
        which = held if words else sa.true()
        return self._found(which if report is None else sa.and_(which, PAPERS.c.report == report), most)

    def periods(self) -> Sequence[tuple[str, str]]:
        """Every report and period there is a paper of."""
        with self.state.reading() as connection:
            rows = connection.execute(sa.select(PAPERS.c.report, PAPERS.c.period).distinct()).all()
        return [(row.report, row.period) for row in rows]

    def issued(self) -> Sequence[Record]:
        """Every issued paper, the newest first."""
        return self._found(PAPERS.c.standing == "issued", None)

    def figures(self, number: int) -> dict[str, list] | None:
        """The figures a paper was issued with; None for one issued before they were kept."""
        with self.state.reading() as connection:
            return connection.execute(sa.select(PAPERS.c.figures).where(PAPERS.c.id == number)).scalar()

    def unverified(self, version: str) -> bool:
        """Whether an issued paper was not held against this version of code and definitions."""
        other = sa.or_(PAPERS.c.verified_with.is_(None), PAPERS.c.verified_with != version)
        with self.state.reading() as connection:
            which = sa.and_(PAPERS.c.standing == "issued", other)
            return connection.execute(sa.select(PAPERS.c.id).where(which).limit(1)).first() is not None

    def verified(self, number: int, version: str, deviations: Sequence[str] | None, now: datetime) -> None:
        """Keep what holding an issued paper against a version has shown."""
        told = None if deviations is None else list(deviations)
        self._change(number, verified_with=version, verified_at=now, deviations=told)

    def issued_as(self, content: bytes) -> tuple[Record, str] | None:
        """The issued paper a file is of, and its kind; None for a file that was not issued here, or was changed."""
        with self.state.reading() as connection:
            asked = sa.select(PAPER_FILES).where(PAPER_FILES.c.digest == digest(content))
            row = connection.execute(asked).first()
        return None if row is None else (self.paper(row.paper_id), row.kind)

    def content(self, record: Record, kind: str) -> bytes:
        """The bytes that were issued; KeyError for a kind that was not, PaperError if they are not what they were."""
        found = self.path(record.name, kind).read_bytes()
        if digest(found) != record.files[kind]:
            raise PaperError("changed")
        return found

    def path(self, name: str, kind: str) -> Path:
        """Where an issued file lies."""
        return self.folder / f"{name}.{kind}"

    def _in(self, number: int, standing: str) -> Record:
        found = self.paper(number)
        if found.standing != standing:
            raise PaperError("standing")
        return found

    def _change(self, number: int, **row: object) -> None:
        with self.state.writing() as connection:
            connection.execute(PAPERS.update().where(PAPERS.c.id == number).values(**row))

    def _found(self, which: sa.ColumnElement[bool], most: int | None = 100) -> list[Record]:
        with self.state.reading() as connection:
            rows = connection.execute(sa.select(PAPERS).where(which).order_by(PAPERS.c.id.desc()).limit(most)).all()
            asked = sa.select(PAPER_FILES).where(PAPER_FILES.c.paper_id.in_([row.id for row in rows]))
            files = connection.execute(asked).all()
        return [_record(row, {f.kind: f.digest for f in files if f.paper_id == row.id}) for row in rows]


def _same(meant: Edition) -> sa.ColumnElement[bool]:
    return sa.and_(*(PAPERS.c[name] == value for name, value in meant.key.items()))


def figures(made: Draft) -> dict[str, list[object]]:
    """The figures of a paper by code: number in stored unit, and presence."""
    answers = {kpi.code: made.whole(kpi).value for kpi in made.kpis.values()}
    return {code: [value.number, value.presence.value] for code, value in answers.items()}


def digest(content: bytes) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(content).hexdigest()


def _told(notes: Sequence[Note]) -> list[dict[str, Any]]:
    return [note.told() for note in notes]


def _record(row: sa.Row, files: Mapping[str, str]) -> Record:
    def signed(name: str) -> Signed | None:
        by, at = row._mapping[f"{name}_by"], row._mapping[f"{name}_at"]
        return None if at is None else Signed(by, at)

    edits = {slot: Edit(*pair) for slot, pair in row.edits.items()}
    return Record(
        row.id, row.report, row.period, row.area or None, row.language, row.snapshot, row.standing, row.name, edits,
        Signed(row.made_by, row.made_at), signed("checked"), signed("issued"), files,
        None if row.deviations is None else tuple(row.deviations), tuple(map(Note.read, row.notes or ())),
    )  # fmt: skip
