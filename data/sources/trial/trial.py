"""One look at one file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from data.sources.trial.defect import Defect
from data.sources.trial.evidence import Evidence, evidence
from data.sources.trial.identity import pairs, series, unique
from data.sources.trial.profile import Profile
from data.sources.trial.rows import row_defects
from data.sources.trial.sample import Sample, sample
from data.sources.trial.timeline import Timeline, candidates, timeline
from data.sources.trial.totals import total_defects
from data.sources.trial.values import value_defects


@dataclass(frozen=True, slots=True)
class Trial:
    """What a file was found to hold.

    ``keys`` are columns (or sets of columns) that tell rows apart; ``series`` those that do so
    together with the time, None when none do.
    """

    sample: Sample
    profiles: tuple[Profile, ...]
    time: Timeline | None
    keys: tuple[tuple[str, ...], ...]
    series: tuple[str, ...] | None
    defects: tuple[Defect, ...]

    def of(self, heading: str) -> Profile:
        """The profile of a column."""
        return next(item for item in self.profiles if item.heading == heading)


def trial(path: Path) -> Trial:
    """Try a file; SourceError, with a remedy, when it is no table.

    A delimited file is looked at for its first 64 MB and any file for 500,000 rows at most;
    ``sample.whole`` says whether that was all.
    """
    found = sample(path)
    with evidence(found) as seen:
        at = next(iter(candidates(seen)), None)
        apart = series(seen, at) if at else None
        time = timeline(seen, at, apart or ()) if at else None
        keys = tuple((name,) for name in unique(seen)) or _together(seen, at, apart)
        defects = (*value_defects(seen), *row_defects(seen, time, apart), *total_defects(seen, time, apart))
        return Trial(found, seen.profiles, time, keys, apart, defects)


def _together(seen: Evidence, at: tuple[str, ...] | None, apart: tuple[str, ...] | None) -> tuple[tuple[str, ...], ...]:
    if at is not None:
        return ((*at, *apart),) if apart is not None else ()
    both = pairs(seen)
    return (both,) if both else ()
