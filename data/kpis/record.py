"""What a source delivered, as values: its four words, its loads, its rows in quarantine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from data.catalogue.dataset import Dataset
from data.catalogue.text import Text
from data.kpis.result import Quality, SourceState


class Standing(StrEnum):
    """Whether the rows of a load count."""

    COUNTS = "counts"
    UNDONE = "undone"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class LoadRecord:
    """One delivery taken: ``loaded + quarantined == delivered``. ``by`` is the load that replaced it."""

    load: int
    path: str
    loaded_at: datetime
    delivered: int
    loaded: int
    quarantined: int
    standing: Standing = Standing.COUNTS
    by: int | None = None


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One source as known now. Counts are of loads that count; ``came`` and ``wanted`` are records of ``span``.

    ``loads`` are the newest first, of ``load_count`` in all; None when the ledger cannot be read.
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
