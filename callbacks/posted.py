"""What is posted: the remarks for everybody about the KPIs of some answers, on the days they are of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data.kpis.result import KpiResult
from data.kpis.sight import Sight
from data.remarks.remark import Remark
from data.remarks.remarks import Remarks
from data.state import State


def posted(state: State, sight: Sight, signed: bool, results: Sequence[KpiResult]) -> Mapping[str, Sequence[Remark]]:
    """By id of the KPI, asked at once; ``signed`` by who wrote them, or those of a demonstration."""
    if not results:
        return {}
    periods = [result.query.period for result in results]
    first, last = min(one.start for one in periods).date(), max(one.end for one in periods).date()
    kpis = dict.fromkeys(result.kpi.id for result in results)
    return Remarks(state).public(sight.scope, signed, list(kpis), first, last)
