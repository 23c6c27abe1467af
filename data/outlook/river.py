"""The level of a river in the next hours, from its own trend and the levels upstream.

The method, as it is told to readers: the mean rate of the last three hours is held; where every level upstream has
fallen for three hours, only until that water arrives (the shortest lead), after which the level stays. The band lies
between the rates of the last hour and of the last three, and widens by how unevenly the level has moved. It says
nothing of a crest that no level upstream has shown yet, and where it would have to guess it refuses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from math import sqrt
from typing import Literal

HOUR = timedelta(hours=1)
LOOKED_BACK = 3  # hours
STEADY = 0.03  # m an hour; less is the breath of the tide
LEAST_SPREAD = 0.02  # m an hour: what a gauge of centimetres cannot tell apart
SLACK = timedelta(minutes=40)  # how far a level may lie from the moment it is taken for
STEP = timedelta(minutes=30)

Levels = Sequence[tuple[datetime, float]]
Refusal = Literal["gap", "steady", "turning", "falling", "far", "top"]


@dataclass(frozen=True, slots=True)
class Threshold:
    """A level with the name of its step: watch, alert or emergency."""

    step: str
    level: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """Rates in m an hour over one and three hours, None where unknown; ``path`` as (moment, low, middle, high) in m.

    ``next`` is reached at ``due``, not before ``early`` and not after ``late`` (None: perhaps not within the horizon).
    With a ``refusal`` there is no path, and it says why.
    """

    rate_1h: float | None
    rate_3h: float | None
    refusal: Refusal | None = None
    next: Threshold | None = None
    due: datetime | None = None
    early: datetime | None = None
    late: datetime | None = None
    path: tuple[tuple[datetime, float, float, float], ...] = ()


def forecast(
    levels: Levels,
    thresholds: Sequence[Threshold],
    upstream: Sequence[tuple[Levels, timedelta]] = (),
    horizon: timedelta = 6 * HOUR,
) -> Forecast:
    """The forecast from ``levels`` in order of time, the last of which is now; metres in, metres out."""
    if not levels:
        return Forecast(None, None, "gap")
    now, level = levels[-1]
    hour, three = rate(levels, 1), rate(levels, LOOKED_BACK)
    if hour is None or three is None:
        return Forecast(hour, three, "gap")
    refusal = _refusal(hour, three)
    above = next((step for step in sorted(thresholds, key=lambda step: step.level) if step.level > level), None)
    if refusal is None and above is None:
        refusal = "top"
    if refusal is not None or above is None:
        return Forecast(hour, three, refusal, above)
    spread = max(LEAST_SPREAD, _unevenness(levels, three))
    slow, fast = min(hour, three) - spread, max(hour, three) + spread
    until = min(horizon, _crest(upstream, now) or horizon)
    path = tuple(_path(now, level, (slow, three, fast), until, horizon))
    due = _reached(now, level, three, above.level, until)
    if due is None:
        return Forecast(hour, three, "far", above, path=path)
    early = _reached(now, level, fast, above.level, until)
    late = _reached(now, level, slow, above.level, until)
    return Forecast(hour, three, None, above, due, early, late, path)


def rate(levels: Levels, hours: int) -> float | None:
    """Mean rise in m an hour over the last ``hours``; None where no level is known near that moment."""
    now, level = levels[-1]
    then = now - hours * HOUR
    near = min(levels, key=lambda held: abs(held[0] - then))
    if abs(near[0] - then) > SLACK or near[0] >= now:
        return None
    return (level - near[1]) / ((now - near[0]) / HOUR)


def _refusal(hour: float, three: float) -> Refusal | None:
    if abs(three) < STEADY:
        return "steady"
    if hour * three < 0:
        return "turning"
    return "falling" if three < 0 else None


def _unevenness(levels: Levels, mean: float) -> float:
    """How far the steps of the last hours lie from their mean, in m an hour (root of the mean square)."""
    since = levels[-1][0] - LOOKED_BACK * HOUR - SLACK
    recent = [held for held in levels if held[0] >= since]
    steps = [(b[1] - a[1]) / ((b[0] - a[0]) / HOUR) for a, b in pairwise(recent) if b[0] > a[0]]
    return sqrt(sum((step - mean) ** 2 for step in steps) / len(steps)) / 2 if steps else 0.0


def _crest(upstream: Sequence[tuple[Levels, timedelta]], now: datetime) -> timedelta | None:
    """When falling water arrives: the shortest lead, if every level upstream that is known has been falling."""
    leads = []
    for levels, lead in upstream:
        moved = rate(levels, LOOKED_BACK) if levels and now - levels[-1][0] <= HOUR else None
        if moved is None:
            continue
        if moved >= 0:
            return None
        leads.append(lead)
    return min(leads, default=None)


def _path(now: datetime, level: float, rates: tuple[float, float, float], until: timedelta, horizon: timedelta):
    at = timedelta(0)
    while at <= horizon:
        hours = min(at, until) / HOUR
        low, middle, high = (level + one * hours for one in rates)
        yield now + at, low, middle, high
        at += STEP


def _reached(now: datetime, level: float, rise: float, wanted: float, until: timedelta) -> datetime | None:
    if rise <= 0 or (wanted - level) / rise > until / HOUR:
        return None
    return now + HOUR * ((wanted - level) / rise)
