"""Stretches of time a measure is evaluated over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from data.calendar.period import Grain
from data.kpis.branch import MOMENT, Span


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time to evaluate over: one bucket, or the whole of a span.

    ``level`` is the moment a level is taken at, ``span`` what was fetched around. Values that do not
    add are found at ``bucket``, or by the ``total`` span the value of the whole is taken over.
    """

    start: datetime
    end: datetime
    level: datetime
    span: Span
    bucket: datetime | None = None
    total: Span | None = None


def within(bucket: datetime, grain: Grain, stretch: Stretch) -> Stretch:
    """The bucket of ``grain`` that starts at ``bucket``, as far as it lies in a stretch."""
    end = min(grain.step(bucket), stretch.end)
    return Stretch(max(bucket, stretch.start), end, min(end, stretch.level), stretch.span, bucket)


def hour_to(end: datetime, span: Span) -> Stretch:
    """The hour that ends at ``end``; of a level, its last moment."""
    start = Grain.HOUR.floor(end - MOMENT)
    return Stretch(start, end, end, span, start)
