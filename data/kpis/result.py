"""The answer: a number that carries its definition, source, time, completeness and snapshot."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Literal

from data.calendar.period import Period
from data.catalogue.kpi import Kpi
from data.catalogue.source import Source
from data.catalogue.text import Text
from data.kpis.query import Compare, KpiQuery

ENOUGH = 0.995  # a share of the expected records that is written as 100 %


class Presence(StrEnum):
    """Whether there is a number. Zero is just a number, and is present."""

    PRESENT = "present"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"
    SUPPRESSED = "suppressed"


class Freshness(StrEnum):
    """Age against the promise: late beyond 1×, lost beyond 3×."""

    ON_TIME = "on_time"
    LATE = "late"
    LOST = "lost"


class Level(IntEnum):
    """How bad it is, on the national four-step scale."""

    NORMAL = 0
    WATCH = 1
    ALERT = 2
    EMERGENCY = 3


class Mark(StrEnum):
    """What kind of number it is; marks travel with it to every screen and file."""

    SIMULATED = "simulated"
    ESTIMATED = "estimated"
    PROVISIONAL = "provisional"
    OFFICIAL = "official"
    REVISED = "revised"


@dataclass(frozen=True, slots=True)
class Value:
    """A number in *stored* unit (a percent is 0..1) or the reason there is none.

    ``numerator`` and ``denominator`` are given for ratios.
    """

    number: float | None
    presence: Presence = Presence.PRESENT
    numerator: float | None = None
    denominator: float | None = None


MISSING = Value(None, Presence.MISSING)


@dataclass(frozen=True, slots=True)
class Point:
    """One bucket of the series, with the bucket it is compared to."""

    at: datetime
    value: Value
    compare_at: datetime | None = None
    compare: Value | None = None
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One slice of a breakdown; ``key`` is an area id or a dimension value.

    Its ``level`` is told of shares only: the thresholds of a count are those of the whole.
    """

    key: str
    label: Text
    value: Value
    compare: Value | None = None
    level: Level = Level.NORMAL


@dataclass(frozen=True, slots=True)
class IndexPart:
    """One part of an index and what it brings.

    ``value`` is its own measure (a concentration, a share of dossiers), ``points`` its sub-index, its
    points or its share 0..1, None without a value. ``weight`` is how many points it may bring after those
    that do not apply have left (None if it is one of them), ``full_at`` the value that brings
    them all, ``ours`` whether the weight is the city's own choice.
    """

    key: str
    name: Text | None
    value: Value
    points: float | None = None
    weight: float | None = None
    full_at: float | None = None
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Composition:
    """What an index is made of: its kind, its parts and the ``key`` of the one that decided.

    Of the air quality index that is the highest sub-index, of a score the part that loses most points,
    of a concentration the largest share. ``rescaled`` says that a part did not apply.
    """

    kind: Literal["vn_aqi", "score", "hhi"]
    parts: tuple[IndexPart, ...]
    decides: str | None = None
    rescaled: bool = False


@dataclass(frozen=True, slots=True)
class Break:
    """A moment at which what is counted changes its meaning; ``key`` is the message that says how."""

    at: datetime
    key: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The value of the period compared with; ``change`` is stored-unit difference, ``ratio`` relative.

    ``name`` is what is compared with where its kind does not say it: an area, an occasion. ``complete`` is the share of
    its records that came, 0..1, or None where that is not known.
    """

    kind: Compare
    period: Period
    value: Value
    change: float | None
    ratio: float | None
    name: Text | None = None
    complete: float | None = None


@dataclass(frozen=True, slots=True)
class TargetState:
    """Target in display unit; ``pace`` is the share of the period gone by, 0..1.

    On a linear path ``value`` is what should be reached by now, ``pace`` 1, and ``goal`` the next
    point of the path, to be reached on ``due``.
    """

    value: float
    met: bool | None
    pace: float
    goal: float | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class SourceState:
    """A source as known now: its last event time, last load and age against its promise.

    ``error`` is why its newest delivery could not be read, if it could not.
    """

    source: Source
    freshness: Freshness
    event_time: datetime | None
    loaded_at: datetime | None
    age: timedelta | None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Quality:
    """The four words of the national guidance, each a share 0..1 or None when not measurable.

    ``right`` (đúng): delivered rows that passed every rule and reference; ``complete`` (đủ):
    expected records that came; ``clean`` (sạch): delivered rows not quarantined for their form;
    ``live`` (sống): 1 on time, falling to 0 at three times the promise.
    """

    right: float | None
    complete: float | None
    clean: float | None
    live: float | None


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which state of the data answered. ``as_of`` is until when it tells: the newest event time, of
    figures of months or years the end of the newest one."""

    snapshot: int
    as_of: datetime | None
    loaded_at: datetime | None
    recomputed: bool = False


@dataclass(frozen=True, slots=True)
class KpiResult:
    """One answered question. ``refusal`` holds a message key when a roll-up is forbidden, ``notes`` keys of
    what else has to be said of the number."""

    kpi: Kpi
    query: KpiQuery
    value: Value
    level: Level
    freshness: Freshness
    age: timedelta | None
    marks: frozenset[Mark]
    points: tuple[Point, ...]
    parts: tuple[Part, ...]
    comparison: Comparison | None
    target: TargetState | None
    quality: Quality
    sources: tuple[SourceState, ...]
    stamp: Stamp
    last_known: Point | None = None
    refusal: str | None = None
    notes: tuple[str, ...] = ()
    strip: tuple[float | None, ...] = field(default=())
    composition: Composition | None = None
    breaks: tuple[Break, ...] = ()

    @property
    def display(self) -> float | None:
        """The number in display unit, not rounded."""
        return None if self.value.number is None else self.value.number * self.kpi.scale
