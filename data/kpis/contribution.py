"""Contribution: why a number moved, part by part, exactly.

Of a number that adds, a part contributes its own change. Of a ratio R = N/D a part contributes what its *rate*
changed and what its share of the denominator, the *mix*, changed, each at the mean of both periods (the symmetric
form of T. L. Bennet, 1920): with w = d/D, r = n/d and m the mean of R,

    rate = mean(w) · Δr        mix = Δ(n/D) − m·Δw − rate  (= Δw · (mean(r) − m))

so that a part which grows at the expense of worse ones raises R though no rate moved. What the parts told do not
explain (rows of no part, numbers of few cases) is the ``rest``; with it the parts sum to the change. Everything is
made of numbers that were told already, so nothing is given away that they hide.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from data.catalogue.measure import (
    Average,
    Constant,
    Count,
    Difference,
    Fixed,
    Last,
    Mean,
    Measure,
    OpenAt,
    Ratio,
    Sum,
    Total,
)
from data.catalogue.text import Text
from data.kpis.result import KpiResult, Part, Presence, Value

EXACT = 1e-9


@dataclass(frozen=True, slots=True)
class Effect:
    """What one part did to the whole, in stored unit: ``total`` is ``rate`` + ``mix``, both None where numbers add."""

    key: str
    label: Text
    total: float
    rate: float | None = None
    mix: float | None = None


@dataclass(frozen=True, slots=True)
class Contribution:
    """The ``change`` of a whole in stored unit as ``effects`` of its parts along ``by``, largest first, and a ``rest``.

    ``untold`` says that a part is in the rest because its number may not be told.
    """

    by: str
    change: float
    effects: tuple[Effect, ...]
    rest: float
    untold: bool = False

    @property
    def mixed(self) -> bool:
        """Whether effects are made of rate and mix."""
        return any(effect.rate is not None for effect in self.effects)


def contribution(whole: KpiResult, divided: KpiResult) -> Contribution | None:
    """What the parts of ``divided`` did to the change of ``whole``; None where that has no exact answer.

    A breakdown never filters itself away; only the parts the whole is filtered to explain it. There is no answer
    without a comparison, for a refused or unknown number, and for a measure whose parts neither add nor make a
    ratio of what adds.
    """
    held, by, measure = whole.comparison, divided.query.by, whole.kpi.measure
    if held is None or held.change is None or by is None or divided.refusal:
        return None
    chosen = _chosen(whole, divided, by)
    parts = [part for part in divided.parts if not chosen or part.key in chosen]
    if adds(measure, by):
        effects = [_sum(part) for part in parts]
    elif shares(measure, by):
        per = measure.ratio.per if isinstance(measure, Ratio) else 1.0
        effects = [_share(part, whole.value, held.value, per) for part in parts]
    else:
        return None
    found = [effect for effect in effects if effect is not None]
    if not found:
        return None
    found.sort(key=lambda effect: -abs(effect.total))
    rest = held.change - sum(effect.total for effect in found)
    size = max(abs(held.change), *(abs(effect.total) for effect in found))
    untold = any(Presence.SUPPRESSED in (part.value.presence, _before(part).presence) for part in parts)
    return Contribution(by, held.change, tuple(found), 0.0 if abs(rest) <= EXACT * size else rest, untold)


def _chosen(whole: KpiResult, divided: KpiResult, by: str) -> Collection[str]:
    """The parts along ``by`` a whole is filtered to; none of them when it is all."""
    if by != "area":
        return dict(whole.query.filters).get(by, ())
    areas = whole.query.areas
    return () if areas == divided.query.areas else areas


def adds(measure: Measure, by: str) -> bool:
    """Whether the values of the parts along ``by`` add up to the value of the whole."""
    if isinstance(measure, Sum | Difference | Average):
        return all(adds(part, by) for part in measure.parts())
    if isinstance(measure, Ratio):
        return adds(measure.ratio.of, by) and _same(measure.ratio.to, by)
    return isinstance(measure, Count | Total | OpenAt) or (isinstance(measure, Last) and measure.over == "sum")


def shares(measure: Measure, by: str) -> bool:
    """Whether a measure is a ratio of what adds."""
    if isinstance(measure, Mean):
        return True
    return isinstance(measure, Ratio) and adds(measure.ratio.of, by) and _extends(measure.ratio.to, by)


def _same(measure: Measure, by: str) -> bool:
    """Whether a denominator is one figure for the whole and for each of its parts."""
    return isinstance(measure, Fixed) or (isinstance(measure, Constant) and by != "area")


def _extends(measure: Measure, by: str) -> bool:
    """Whether a denominator adds over parts; the population of a city is that of its areas."""
    return adds(measure, by) or (isinstance(measure, Constant) and by == "area")


def _before(part: Part) -> Value:
    return part.compare or Value(None, Presence.MISSING)


def _sum(part: Part) -> Effect | None:
    now, before = part.value.number, _before(part).number
    return None if now is None or before is None else Effect(part.key, part.label, now - before)


def _share(part: Part, whole: Value, was: Value, per: float) -> Effect | None:
    """Effect of a part on a ratio; None where the part or the whole has no numerator and denominator."""
    sides = [_sides(value) for value in (part.value, _before(part), whole, was)]
    known = [side for side in sides if side is not None]
    if len(known) < len(sides) or not known[2][1] or not known[3][1]:
        return None
    (n1, d1), (n0, d0), (of1, to1), (of0, to0) = known
    w1, w0 = d1 / to1, d0 / to0
    total = n1 / to1 - n0 / to0 - (of1 / to1 + of0 / to0) / 2 * (w1 - w0)
    rate = (w1 + w0) / 2 * (n1 / d1 - n0 / d0) if d1 and d0 else 0.0
    return Effect(part.key, part.label, total * per, rate * per, (total - rate) * per)


def _sides(value: Value) -> tuple[float, float] | None:
    if value.numerator is None or value.denominator is None:
        return None
    return value.numerator, value.denominator
