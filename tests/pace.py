"""How fast this machine is just now: a deadline in seconds is meant for one of usual pace, and a slower one is given
as much more as it is slower. The figures themselves are told by ``make bench``."""

from __future__ import annotations

import time

TURNS, USUAL = 1_000_000, 0.06  # an empty loop of a million turns takes an office PC so many seconds


def allowed(seconds: float) -> float:
    """Seconds that a deadline gives here; never fewer than were asked for."""
    return seconds * max(1.0, _taken() / USUAL)


def _taken() -> float:
    began, count = time.perf_counter(), 0
    for turn in range(TURNS):
        count += turn
    return time.perf_counter() - began
