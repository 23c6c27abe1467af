"""Scales with readable ticks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from math import ceil, floor, log10

from data.calendar.period import Grain
from data.messages import t
from layouts.format import bucket, short_day
from layouts.marks import Anchor, Scale, Tick

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
HOURS = (1, 2, 3, 6, 12, 24, 48)
EDGE = 0.06
TINY = 1e-6


def number_axis(low: float, high: float, text: Callable[[float], str], most: int = 3) -> Scale:
    """A scale over ``low``..``high`` with at most ``most`` steps of 1, 2, 2.5 or 5 times a power of ten.

    It starts at zero unless that would flatten the data into the upper half. Data without
    extent gets a span of one.
    """
    if 0 <= low <= high * 0.5 or low == high >= 0:
        low = 0.0
    span = high - low
    if span < max(TINY, TINY * abs(high)):
        span = 1.0
    step = _step(span / most)
    start = floor(low / step) * step if low else 0.0
    top = max(high + span * 0.06, start + step)
    count = int((top - start) / step + 1e-9)
    ticks = tuple(Tick(at := round(start + i * step, 10), text(at)) for i in range(count + 1))
    return Scale(start, top, ticks)


def _step(rough: float) -> float:
    power = 10 ** floor(log10(rough))
    return next(step * power for step in STEPS if step * power >= rough * (1 - 1e-9))


def time_ticks(low: datetime, high: datetime, grain: Grain, language: str, most: int = 5) -> tuple[Tick, ...]:
    """At most ``most`` ticks on bucket starts; at the ends of the axis text turns inward."""
    at = _hour_starts(low, high, most) if grain is Grain.HOUR else _starts(low, high, grain, most)
    return tuple(Tick(moment, _name(language, moment, grain), _anchor((moment - low) / (high - low))) for moment in at)


def _anchor(share: float) -> Anchor:
    return "start" if share < EDGE else "end" if share > 1 - EDGE else "middle"


def _hour_starts(low: datetime, high: datetime, most: int) -> list[datetime]:
    hours = (high - low).total_seconds() / 3600
    step = next((h for h in HOURS if hours / h <= most), ceil(hours / most / 24) * 24)
    start = Grain.DAY.floor(low)
    found = []
    while start <= high:
        if start >= low:
            found.append(start)
        start = Grain.HOUR.step(start, step)
    return found


def _starts(low: datetime, high: datetime, grain: Grain, most: int) -> list[datetime]:
    """Every n-th bucket, counted back from the newest."""
    all_starts, at = [], grain.floor(low)
    while at <= high:
        all_starts.append(at)
        at = grain.step(at)
    every = ceil(len(all_starts) / most)
    return [at for at in all_starts[::-1][::every][::-1] if at >= low]


def _name(language: str, at: datetime, grain: Grain) -> str:
    if grain is Grain.HOUR:
        return t(language, "axis.hour", hour=at.hour) if at.hour else short_day(language, at)
    if grain in (Grain.DAY, Grain.WEEK):
        return short_day(language, at)
    if grain is Grain.MONTH:
        return t(language, "axis.month", month=at.month, year=at.year)
    return bucket(language, at, grain)
