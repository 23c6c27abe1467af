"""What is drawn, said once: figures as values, before anyone decides SVG or Plotly.

A figure has two scales and a list of marks. Positions are data (a moment or a number on x, the
KPI's display unit on y); roles are names of meaning (now, prev, target, watch …), never colours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

X = datetime | float
Role = Literal[
    "now", "prev", "forecast", "target", "capacity", "watch", "alert", "emergency", "stale", "mute",
    "estimated", "land", "hinterland", "sea", "river", "coast", "border", "zone", "label", "water", "strong",
]  # fmt: skip
Anchor = Literal["start", "middle", "end"]
Side = Literal["above", "below", "middle"]


@dataclass(frozen=True, slots=True)
class Tick:
    """A named position on a scale. ``anchor`` says which side of the text stands on it."""

    at: X
    text: str
    anchor: Anchor = "middle"


@dataclass(frozen=True, slots=True)
class Scale:
    """A span of data and the ticks on it. Moments and numbers both work, never mixed."""

    low: X
    high: X
    ticks: tuple[Tick, ...] = ()

    def share(self, at: X) -> float:
        """Where ``at`` stands, 0 at ``low`` and 1 at ``high``; outside the span it is below 0 or above 1."""
        return (at - self.low) / (self.high - self.low)  # type: ignore[operator]


@dataclass(frozen=True, slots=True)
class Line:
    """Points joined in order; a point without a number is a gap and is not bridged."""

    points: tuple[tuple[X, float | None], ...]
    role: Role = "now"
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """A surface between a low and a high number, as (x, low, high)."""

    points: tuple[tuple[X, float, float], ...]
    role: Role = "now"


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from ``start`` to ``end`` on x, from ``base`` to ``value`` on y."""

    start: X
    end: X
    value: float
    base: float = 0.0
    role: Role = "now"
    text: str = ""


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A cell from ``start`` to ``end`` and ``low`` to ``high``; ``step`` 1..7 of the ramp, 0 missing."""

    start: X
    end: X
    low: float
    high: float
    step: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """Closed rings of (x, y); ``step`` 1..5 colours an area by class, 0 leaves it to the role."""

    rings: tuple[tuple[tuple[float, float], ...], ...]
    role: Role = "land"
    step: int = 0
    key: str = ""


@dataclass(frozen=True, slots=True)
class PointMark:
    """One marked place."""

    x: X
    y: float
    role: Role = "now"


@dataclass(frozen=True, slots=True)
class Bullet:
    """A value on a scale with what it is held against; ``pace`` is where it should be by now."""

    value: float
    target: float
    pace: float | None = None
    role: Role = "now"


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a place: ``anchor`` along x, ``side`` along y."""

    x: X
    y: float
    text: str
    role: Role = "label"
    anchor: Anchor = "middle"
    side: Side = "middle"
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A threshold across the whole width, with its words at the left end."""

    at: float
    role: Role
    text: str = ""
    side: Side = "above"
    anchor: Anchor = "start"


@dataclass(frozen=True, slots=True)
class Gap:
    """A span for which data should have come and did not; hatched."""

    start: X
    end: X
    text: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """A sign above a moment or a span, with a stem to the ground: somebody has said something about it."""

    start: X
    end: X
    text: str


Mark = Line | Band | Bar | HeatCell | Outline | PointMark | Bullet | Label | Rule | Gap | Flag


@dataclass(frozen=True, slots=True)
class Margin:
    """Room around the plot for text, in px of the nominal size."""

    left: float = 0
    right: float = 0
    top: float = 0
    bottom: float = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing of nominal ``width`` by ``height`` px: marks in drawing order on two scales.

    ``alt`` is the one generated sentence a listener gets instead; empty when the numbers
    beside the figure already say all of it.
    """

    width: float
    height: float
    x: Scale
    y: Scale
    marks: tuple[Mark, ...]
    alt: str = ""
    margin: Margin = Margin()
