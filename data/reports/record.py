"""A record: what is kept of one paper from its draft to its issue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from data.reports.note import Note

Standing = Literal["draft", "checked", "issued"]


@dataclass(frozen=True, slots=True)
class Edit:
    """Staff's words for a slot, and the words of the rules they were written over."""

    text: str
    base: str


@dataclass(frozen=True, slots=True)
class Signed:
    """Who did something, and when."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Record:
    """One paper. ``name`` is the id of the draft it was, ``files`` the digests of what was issued by kind.

    ``deviations`` are codes of figures that, asked again of its snapshot, are not what was issued; None before anybody
    looked. ``notes`` are what people had written when it was drafted, or taken on to a newer snapshot.
    """

    id: int
    report: str
    period: str
    area: str | None
    language: str
    snapshot: int
    standing: Standing
    name: str
    edits: Mapping[str, Edit]
    made: Signed
    checked: Signed | None = None
    issued: Signed | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    deviations: tuple[str, ...] | None = None
    notes: tuple[Note, ...] = ()


def held(edits: Mapping[str, Edit], bases: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The words that still stand over what the rules say now, and the slots where the rules say something else."""
    kept = {slot: edit.text for slot, edit in edits.items() if bases.get(slot) == edit.base}
    return kept, tuple(slot for slot in edits if slot not in kept)
