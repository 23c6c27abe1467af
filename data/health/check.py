"""A check: one thing that was looked at, how it is, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Level = Literal["ok", "watch", "alert"]
LEVELS: tuple[Level, ...] = Level.__args__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Check:
    """``value`` in ``unit`` is what was measured, None for what could not be; ``remedy`` is for who runs the city."""

    name: str
    level: Level
    value: float | None
    unit: str
    remedy: str = ""


def worst(checks: Iterable[Check]) -> Level:
    """The worst level among checks."""
    return max((check.level for check in checks), key=LEVELS.index, default="ok")


def graded(name: str, value: float, unit: str, watch: float, alert: float, remedy: str) -> Check:
    """A check that gets worse as its value rises above two limits."""
    level: Level = "alert" if value > alert else "watch" if value > watch else "ok"
    return Check(name, level, round(value, 3), unit, remedy if level != "ok" else "")
