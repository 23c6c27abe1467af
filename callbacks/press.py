"""The press: what reports are made with, for a page that shows one and for the process that makes its files.

What is printed may go to anybody: a report never holds a number of few cases, whoever drafts it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from callbacks import acts
from callbacks.asker import asker
from callbacks.guard import Guard
from data.alerts.events import Events
from data.areas.outline import Outlines
from data.kpis.scope import Scope
from data.kpis.service import KpiService
from data.kpis.sight import Sight
from data.reports.draft import RENDERER, Draft, Edition
from data.reports.drafting import again, draft
from data.reports.note import Note
from data.reports.notes import Notes
from data.reports.orders import Orders
from data.reports.papers import Papers
from data.reports.record import Record, held
from layouts.documents.blocks import Origin, Paper, Paragraph
from layouts.reports.address import address
from layouts.reports.paper import paper
from layouts.reports.rendering import Rendering


@dataclass(frozen=True, slots=True)
class Found:
    """An edition at hand: the draft with staff's words and its paper, the words of the rules by slot, and what no
    longer holds."""

    made: Draft
    paper: Paper
    bases: Mapping[str, str]
    record: Record | None
    dropped: tuple[str, ...] = ()

    @property
    def issued(self) -> str:
        """The digest of the file that was issued; "" where none was."""
        record = self.record
        return record.files.get("pdf", "") if record is not None and record.standing == "issued" else ""

    @property
    def mark(self) -> str:
        """By what pages are known that say the same, of whatever snapshot and moment they are; those of what was issued
        are the pages of its file."""
        if self.issued:
            return self.issued[:16]
        said, laid = [block for block in self.paper.blocks if not isinstance(block, Origin)], self.paper
        told = repr((RENDERER, laid.language, laid.kind, laid.subject, laid.letterhead, said, laid.warning))
        return hashlib.sha256(told.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Press:
    """Everything reports are made with."""

    service: KpiService
    guard: Guard | None
    papers: Papers | None
    events: Events | None
    outlines: Outlines | None
    home: str = ""
    undo: str = "off"
    orders: Orders | None = None
    notes: Notes | None = None

    def laid(self, made: Draft) -> Paper:
        """A draft as a paper."""
        return paper(made, self.outlines, address(made, self.home))

    def rendering(self, made: Draft) -> Rendering:
        """A draft as what files are made of."""
        return Rendering(made, self.outlines, address(made, self.home))

    def keeps(self, scope: Scope) -> bool:
        """Whether an asker may draft, check and issue: who sees the whole city, and in a demonstration this machine."""
        return self.papers is not None and whole(scope) and (asker().session is not None or acts.allowed(self.undo))

    def found(self, seen: Sight, meant: Edition, keeps: bool) -> Found:
        """An edition: the paper under way or issued last for who ``keeps`` them, else a fresh draft."""
        happened = tuple(self.events.touching(meant.period.span)) if self.events and whole(seen.scope) else ()
        record = self.record(meant, keeps)
        if record is None:
            return self.worded(draft(seen, meant, happened, notes=self.noted(seen, meant)), None)
        return self.worded(again(seen, record, happened), record)

    def noted(self, seen: Sight, meant: Edition) -> tuple[Note, ...]:
        """What people have written about an edition by now."""
        return self.notes.of(seen, meant) if self.notes else ()

    def record(self, meant: Edition, keeps: bool) -> Record | None:
        """The paper under way or issued last, for who ``keeps`` them."""
        return self.papers.newest(meant) if keeps and self.papers else None

    def worded(self, plain: Draft, record: Record | None) -> Found:
        """A draft with the words staff wrote, as far as they hold."""
        laid = self.laid(plain)
        bases = {block.slot: block.text for block in laid.blocks if isinstance(block, Paragraph) and block.slot}
        words, dropped = held(record.edits if record else {}, bases)
        made = replace(plain, edits=words) if words else plain
        return Found(made, self.laid(made) if words else laid, bases, record, dropped)


def whole(scope: Scope) -> bool:
    """Whether somebody sees the whole city."""
    return scope.areas is None and scope.organisations is None
