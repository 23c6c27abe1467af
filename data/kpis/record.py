"""What a source delivered, as values: its four words, its loads, its rows in quarantine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from data.catalogue.board import Board
from data.catalogue.dataset import Dataset
from data.catalogue.kpi import Kpi
from data.catalogue.source import Source
from data.catalogue.text import Text
from data.kpis.result import Quality, SourceState


class Standing(StrEnum):
    """Whether the rows of a load count."""

    COUNTS = "counts"
    UNDONE = "undone"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Act:
    """A load was asked to be taken back (``undo``) or given back (``restore``), from the address ``asked_by``.

    Until it is done ``done_at`` is None. ``refused`` is why nothing was done (``absent``,
    ``overtaken`` by the load ``by``), None when it was.
    """

    kind: str
    asked_at: datetime
    asked_by: str
    done_at: datetime | None = None
    refused: str | None = None
    by: int | None = None


@dataclass(frozen=True, slots=True)
class LoadRecord:
    """One delivery taken: ``loaded + quarantined == delivered``. ``by`` is the load that replaced it.

    ``act`` is the last thing a reader asked to be done with it.
    """

    load: int
    path: str
    loaded_at: datetime
    delivered: int
    loaded: int
    quarantined: int
    standing: Standing = Standing.COUNTS
    by: int | None = None
    act: Act | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one row came from: its ``source`` (None when it is the pack's no more), file, line and load."""

    source: Source | None
    path: str
    line: int
    load: int
    received_at: datetime


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One source as known now. Counts are of loads that count; ``came`` and ``wanted`` are records of ``span``.

    ``loads`` are the newest first, of ``load_count`` in all; None when the ledger cannot be read.
    ``kpis`` read its dataset, ``boards`` show one of them.
    """

    state: SourceState
    dataset: Dataset
    quality: Quality
    delivered: int
    misformed: int
    misruled: int
    came: float | None = None
    wanted: float | None = None
    span: tuple[datetime, datetime] | None = None
    loads: tuple[LoadRecord, ...] | None = ()
    load_count: int = 0
    kpis: tuple[Kpi, ...] = ()
    boards: tuple[Board, ...] = ()

    @property
    def promise(self) -> timedelta:
        """The age promised at most."""
        return self.state.source.promise

    @property
    def quarantined(self) -> int:
        """Rows kept aside with a reason."""
        return self.misformed + self.misruled


@dataclass(frozen=True, slots=True)
class Fault:
    """One row in quarantine: where it stood and its first fault.

    ``value`` is None when the cell was empty, and always when the column is ``personal``.
    """

    load: int
    path: str
    line: int
    column: Text
    value: str | None
    reason: str
    personal: bool = False


@dataclass(frozen=True, slots=True)
class FaultPage:
    """Faults ``offset``.. of ``total``, newest load first; ``readable`` is False when files are missing."""

    faults: tuple[Fault, ...]
    total: int
    offset: int = 0
    readable: bool = True
