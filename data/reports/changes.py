"""Changes: figures of a paper that are others now, because data came later or was taken back."""

from __future__ import annotations

from collections.abc import Sequence

from data.kpis.result import Value
from data.kpis.sight import Sight
from data.reports.change import Change
from data.reports.draft import Draft, asked

SAME = 1e-9


def changes(sight: Sight, made: Draft) -> Sequence[Change]:
    """The figures of a draft, each KPI once, that the newest snapshot answers differently."""
    queries = [asked(made.edition, kpi) for kpi in {kpi.id: kpi for kpi in made.kpis.values()}.values()]
    fresh = sight.ask(queries, sight.reader.snapshot())
    pairs = ((made.answers[query], now) for query, now in zip(queries, fresh, strict=True))
    return [Change(then, now) for then, now in pairs if not same(then.value, now.value)]


def same(one: Value, other: Value) -> bool:
    """Whether two values are the same number, or lack one for the same reason."""
    if one.number is None or other.number is None:
        return one.number is other.number and one.presence is other.presence
    return abs(one.number - other.number) <= SAME * max(1.0, abs(one.number))
