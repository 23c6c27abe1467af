"""Verification: figures of issued papers asked again of their snapshots, after code or definitions have changed.

What was issued stays as it was issued. A deviation says that today's definitions answer the same question of the same
data differently.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from data.catalogue import Catalogue
from data.kpis.result import Presence, Value
from data.kpis.sight import Sight
from data.reports.change import same
from data.reports.draft import RENDERER
from data.reports.drafting import DraftError, again
from data.reports.papers import Papers, figures
from data.reports.period import PeriodError
from data.reports.record import Record
from data.store.reader import NoSnapshot

Figures = Mapping[str, Sequence]


def version(catalogue: Catalogue) -> str:
    """What the figures of a paper depend on beside the data: the renderer and every definition, as a digest."""
    said = [RENDERER, *(repr(kpi) for kpi in catalogue.kpis.values()), *map(repr, catalogue.reports.values())]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:32]


def verify(sight: Sight, papers: Papers, now: datetime) -> Iterator[tuple[Record, Sequence[str] | None]]:
    """Look at every issued paper and keep what was found: codes that deviate, None where it cannot be asked again."""
    held = version(sight.catalogue)
    for record in papers.issued():
        issued = papers.figures(record.id)
        try:
            found = None if issued is None else deviations(issued, figures(again(sight, record)))
        except (DraftError, PeriodError, NoSnapshot):
            found = None
        papers.verified(record.id, held, found, now)
        yield record, found


def deviations(issued: Figures, now: Figures) -> Sequence[str]:
    """Codes of figures that are not what was issued, and of those there is none of any more."""
    return [code for code, told in issued.items() if code not in now or not same(_value(told), _value(now[code]))]


def _value(told: Sequence) -> Value:
    return Value(told[0], Presence(told[1]))
