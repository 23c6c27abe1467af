"""Values put together: what is missing or not applicable stays so."""

from __future__ import annotations

from collections.abc import Sequence

from data.kpis.result import MISSING, Presence, Value

NOTHING = Value(None, Presence.NOT_APPLICABLE)


def ratio(of: Value, to: Value, per: float = 1.0) -> Value:
    """Sum over sum, times ``per``; a denominator of zero is not applicable."""
    if Presence.MISSING in (of.presence, to.presence):
        return MISSING
    if of.number is None or to.number is None:
        return NOTHING
    if to.number == 0:
        return Value(None, Presence.NOT_APPLICABLE, of.number, to.number)
    return Value(of.number / to.number * per, Presence.PRESENT, of.number, to.number)


def added(values: Sequence[Value], signs: Sequence[int]) -> Value:
    """Values added or taken away, 1 or -1 each; without one of them there is no sum."""
    absent = next((value for value in values if value.number is None), None)
    if absent is not None:
        return Value(None, absent.presence)
    return Value(sum(sign * (value.number or 0.0) for sign, value in zip(signs, values, strict=True)))


def between(first: Value, then: Value, share: float) -> Value:
    """What lay between two levels, ``share`` of the way from the ``first``; the second where the first is unknown."""
    if share >= 1 or first.number is None or then.number is None:
        return then
    return Value(first.number + share * (then.number - first.number))


def mean(values: Sequence[Value]) -> Value:
    """The mean of the values that have a number; of none it is not applicable."""
    numbers = [value.number for value in values if value.number is not None]
    return Value(sum(numbers) / len(numbers)) if numbers else NOTHING
