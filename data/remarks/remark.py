"""A remark: a few words somebody wrote beside the numbers of a KPI, on a day or a span of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Audience = Literal["own", "organisation", "everybody"]
AUDIENCES: tuple[Audience, ...] = Audience.__args__  # type: ignore[attr-defined]
LONGEST = 500
MOST_DAYS = 3660
FAULTS = ("text", "long", "dates", "order", "span", "audience", "full")  # why a form was not kept


@dataclass(frozen=True, slots=True)
class Wording:
    """What is written: ``text`` about the days from ``first`` to ``last``, both included, of an ``area`` or of the
    whole city, for an ``audience``. ValueError has one of ``FAULTS``."""

    text: str
    first: date
    last: date
    area: str | None = None
    audience: Audience = "own"

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", " ".join(self.text.split()))
        if not self.text:
            raise ValueError("text")
        if len(self.text) > LONGEST:
            raise ValueError("long")
        if self.first > self.last:
            raise ValueError("order")
        if (self.last - self.first).days >= MOST_DAYS:
            raise ValueError("span")
        if self.audience not in AUDIENCES:
            raise ValueError("audience")


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark as one reader has it. ``author`` is "" in a demonstration, where nobody has a name; ``organisation``
    is the one it was written in.

    ``mine``: the reader may change it. ``removed`` ones are shown for a while to who took them away, ``undoable`` are
    those whose last change can still be taken back.
    """

    id: int
    wording: Wording
    author: str
    organisation: str
    written_at: datetime
    mine: bool = False
    removed: bool = False
    undoable: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """What a form said that was not kept, as it was typed, and the one of ``FAULTS`` for which; ``remark`` is the
    number of what it was to change, 0 for a new one."""

    fault: str
    remark: int = 0
    text: str = ""
    first: str = ""
    last: str = ""
    area: str = ""
    audience: str = ""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A view of the KPI that its reader has kept or was given; ``owner`` is "" for their own."""

    title: str
    address: str
    owner: str = ""
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Notebook:
    """What one reader has beside a KPI: its remarks, for whom they may write more (for nobody who may not write), and
    the views they kept, if they are somebody who ``keeps`` any; the ``form`` that came back to them. Beside a
    board, by id of its KPIs, what is ``posted`` there for everybody."""

    remarks: tuple[Remark, ...] = ()
    audiences: tuple[Audience, ...] = ()
    organisation: str = ""
    bookmarks: tuple[Bookmark, ...] = ()
    keeps: bool = False
    posted: tuple[tuple[str, tuple[Remark, ...]], ...] = ()
    form: Form | None = None

    @property
    def standing(self) -> tuple[Remark, ...]:
        """Those that were not taken away."""
        return tuple(remark for remark in self.remarks if not remark.removed)


BLANK = Notebook()
