"""The press: what reports are made with, for a page that shows one and for the process that makes its files.

What is printed may go to anybody: a report never holds a number of few cases, whoever drafts it.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from callbacks import acts
from callbacks.asker import asker
from callbacks.guard import Guard
from data.alerts.events import Events
from data.areas.outline import Outlines
from data.kpis.scope import Scope
from data.kpis.service import KpiService
from data.kpis.sight import Sight
from data.reports.draft import Draft, Edition
from data.reports.drafting import again, draft
from data.reports.note import Note
from data.reports.notes import Notes
from data.reports.orders import Orders
from data.reports.papers import Papers
from data.reports.record import Record, held
from layouts.documents.blocks import Paper, Paragraph
from layouts.reports.address import address
from layouts.reports.paper import paper
from layouts.reports.rendering import Rendering

DENSITY = 96.0
MOST_PREVIEWS = 6


@dataclass(frozen=True, slots=True)
class Found:
    """An edition at hand: the draft with staff's words, those of the rules by slot, and what no longer holds."""

    made: Draft
    bases: Mapping[str, str]
    record: Record | None
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True)
class Press:
    """One paper is set at a time: a press never takes the whole worker."""

    service: KpiService
    guard: Guard | None
    papers: Papers | None
    events: Events | None
    outlines: Outlines | None
    home: str = ""
    undo: str = "off"
    orders: Orders | None = None
    notes: Notes | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _previews: OrderedDict[str, list[bytes]] = field(default_factory=OrderedDict)

    def pages(self, made: Draft) -> list[bytes]:
        """Every page of a draft as PNG, kept for who turns them."""
        with self._lock:
            found = self._previews.get(made.id)
            if found is None:
                from layouts.documents.pdf import pages

                found = self._previews[made.id] = pages(self.laid(made), DENSITY)
                while len(self._previews) > MOST_PREVIEWS:
                    self._previews.popitem(last=False)
        return found

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
        record = self.papers.newest(meant) if keeps and self.papers else None
        if record is None:
            return self.worded(draft(seen, meant, happened, notes=self.noted(seen, meant)), None)
        return self.worded(again(seen, record, happened), record)

    def noted(self, seen: Sight, meant: Edition) -> tuple[Note, ...]:
        """What people have written about an edition by now."""
        return self.notes.of(seen, meant) if self.notes else ()

    def worded(self, plain: Draft, record: Record | None) -> Found:
        """A draft with the words staff wrote, as far as they hold."""
        bases = self.bases(plain)
        words, dropped = held(record.edits if record else {}, bases)
        return Found(replace(plain, edits=words) if words else plain, bases, record, dropped)

    def bases(self, plain: Draft) -> dict[str, str]:
        """The words of every paragraph by slot."""
        blocks = self.laid(plain).blocks
        return {block.slot: block.text for block in blocks if isinstance(block, Paragraph) and block.slot}


def whole(scope: Scope) -> bool:
    """Whether somebody sees the whole city."""
    return scope.areas is None and scope.organisations is None
