"""What a paper holds, said once: blocks as values, before anyone decides PDF or DOCX.

Lengths are mm, sizes of pictures pt. Text is plain: nobody's markup is read in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of a paper by Nghị định 30/2020/NĐ-CP: who issues it, its number, country, place and date."""

    parent: str
    issuer: str
    number: str
    country: str
    motto: str
    place: str


@dataclass(frozen=True, slots=True)
class Heading:
    """``level`` 1 is numbered I, II, III, level 2 is numbered 1, 2, 3; the number is in ``text``."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``slot`` names it for who edits it, ``edited`` says that somebody has."""

    text: str
    slot: str = ""
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; ``width`` in mm, 0 takes what is left."""

    head: str
    width: float = 0
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a caption above them, with notes below. The last row of a ``totalled`` one is bold.

    ``number`` is the one in the caption.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    totalled: bool = False
    number: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as SVG of ``width`` by ``height`` pt, its caption below; ``alt`` is what a listener gets."""

    caption: str
    svg: str
    width: float
    height: float
    alt: str
    notes: tuple[str, ...] = ()
    number: int = 0


@dataclass(frozen=True, slots=True)
class Signature:
    """Who gets it at the left, who signs at the right; ``label`` and ``hint`` are its fixed words."""

    label: str
    recipients: tuple[str, ...]
    authority: str
    post: str
    hint: str
    name: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the paper comes from: a code of ``width`` pt that leads back to the view, and the same in words."""

    svg: str
    width: float
    text: str
    alt: str


@dataclass(frozen=True, slots=True)
class Annex:
    """The head of an annex: its title, its name, and the paper it goes with."""

    title: str
    name: str
    attached: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a new page."""


Block = Heading | Paragraph | Table | Picture | Signature | Origin | Annex | PageBreak


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole document. ``foot`` are the words at the foot of every page, left and right; ``warning`` is empty or
    says that numbers are simulated.
    """

    language: str
    kind: str
    subject: str
    letterhead: Letterhead
    blocks: tuple[Block, ...]
    foot: tuple[str, str]
    warning: str
    made_at: datetime
    id: str
