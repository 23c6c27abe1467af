"""Changes: figures of a paper that are others now, because data came later or was taken back."""

from __future__ import annotations

from collections.abc import Sequence

from data.kpis.sight import Sight
from data.reports.change import Change, same
from data.reports.draft import Draft, asked


def changes(sight: Sight, made: Draft) -> Sequence[Change]:
    """The figures of a draft, each KPI once, that the newest snapshot answers differently."""
    queries = [asked(made.edition, kpi) for kpi in {kpi.id: kpi for kpi in made.kpis.values()}.values()]
    fresh = sight.ask(queries, sight.reader.snapshot())
    pairs = ((made.answers[query], now) for query, now in zip(queries, fresh, strict=True))
    return [Change(then, now) for then, now in pairs if not same(then.value, now.value)]
