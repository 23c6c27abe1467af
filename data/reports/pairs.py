"""Pairs: the figures of two papers of a report, each indicator once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data.catalogue.kpi import Kpi
from data.kpis.result import KpiResult
from data.reports.change import same
from data.reports.draft import Draft


@dataclass(frozen=True, slots=True)
class Pair:
    """One figure in two papers; None where a paper does not have it."""

    kpi: Kpi
    old: KpiResult | None
    new: KpiResult | None

    @property
    def same(self) -> bool:
        """Whether both say the same."""
        return self.old is not None and self.new is not None and same(self.old.value, self.new.value)


def pairs(old: Draft, new: Draft) -> Sequence[Pair]:
    """Every figure of either, in the order of the newer one, then what only the older one has."""
    names = dict.fromkeys(kpi.code for draft in (new, old) for kpi in draft.kpis.values())
    held = [{kpi.code: kpi for kpi in draft.kpis.values()} for draft in (old, new)]
    return [
        Pair(
            held[1].get(code) or held[0][code],
            *(draft.whole(kpis[code]) if code in kpis else None for draft, kpis in zip((old, new), held, strict=True)),
        )
        for code in names
    ]
