"""Defects of whole rows: copies, wrong shapes, nobody in them, one moment twice, an end before its start."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations

from data.sources.trial.defect import Defect, counted, listed, named
from data.sources.trial.evidence import Evidence
from data.sources.trial.timeline import Timeline
from data.store.dialect import quoted

PEOPLE = re.compile(r"\b(adults?|children|kids|babies|infants?|người lớn|trẻ em|em bé)\b", re.IGNORECASE)
FEW = 0.05


def row_defects(found: Evidence, time: Timeline | None, series: tuple[str, ...] | None) -> Iterator[Defect]:
    """Everything wrong with whole rows."""
    yield from _shapes(found)
    yield from _copies(found)
    if time:
        yield from _moments(found, time, series)
    yield from _nobody(found)
    yield from _ends_before_start(found)


def _shapes(found: Evidence) -> Iterator[Defect]:
    sample = found.sample
    if sample.blank:
        yield Defect("blank rows", sample.blank, f"{counted(sample.blank)} without any cell, left out")
    faults = found.rows("SELECT _fault, count(*), min(_line) FROM rows WHERE _fault IS NOT NULL GROUP BY 1 ORDER BY 3")
    if faults:
        count = sum(n for _, n, _ in faults)
        text, _, line = faults[0]
        yield Defect("ragged rows", count, f"{counted(count)} of another shape than the file: line {line:,} {text}")


def _copies(found: Evidence) -> Iterator[Defect]:
    names = ", ".join(quoted(name) for name in found.sample.headings)
    different = found.one(f"SELECT count(*) FROM (SELECT DISTINCT {names} FROM rows)")
    count = found.sample.rows - different
    if count:
        yield Defect(
            "duplicate rows", count, f"{counted(count)} exactly like an earlier one; without an id all of them count"
        )


def _moments(found: Evidence, time: Timeline, series: tuple[str, ...] | None) -> Iterator[Defect]:
    at = found.moment(time.headings)
    unread = found.one(f"SELECT count(*) FROM rows WHERE {at} IS NULL AND _fault IS NULL")
    names = named(list(time.headings))
    if unread:
        text = f"coalesce({', '.join(f'CAST({quoted(name)} AS VARCHAR)' for name in time.headings)}, '')"
        words = found.rows(f"SELECT {text}, count(*) FROM rows WHERE {at} IS NULL AND _fault IS NULL GROUP BY 1")
        text = f"{counted(unread)} without a readable time in {names}: {listed(dict(words))}"
        yield Defect("no time", unread, text, time.headings)
    again = found.sample.rows - unread - time.different
    if series is None and time.step and 0 < again < time.different:
        yield Defect("duplicate times", again, f"{counted(again)} at the moment of an earlier one", time.headings)
    if time.gaps and time.step:
        hours = time.longest / 3600
        long = f"{hours:,.0f} h" if time.step < 86_400 else f"{hours / 24:,.0f} days"
        missing = f"{counted(time.missing)} missing at the usual step"
        text = f"{counted(time.gaps, 'gap')} in time, the longest {long}; {missing}"
        yield Defect("gaps in time", time.gaps, text, time.headings)


def _nobody(found: Evidence) -> Iterator[Defect]:
    people = [
        item.heading for item in found.profiles if item.is_number and PEOPLE.search(item.heading.replace("_", " "))
    ]
    if len(people) < 2:
        return
    empty = " AND ".join(f"coalesce({found.number(name)}, 0) = 0" for name in people)
    count = found.one(f"SELECT count(*) FROM rows WHERE {empty}")
    if count:
        yield Defect("nobody", count, f"{counted(count)} with nobody: {named(people)} are all 0", tuple(people))


def _ends_before_start(found: Evidence) -> Iterator[Defect]:
    """Two moments of a row that nearly always stand in one order."""
    moments = [item.heading for item in found.profiles if item.is_moment and item.distinct > 1][:6]
    for first, second in permutations(moments, 2):
        a, b = found.moment([first]), found.moment([second])
        before, after, both = found.rows(
            f"SELECT count(*) FILTER (b < a), count(*) FILTER (b > a), count(*) FROM "
            f"(SELECT {a} AS a, {b} AS b FROM rows) WHERE a IS NOT NULL AND b IS NOT NULL"
        )[0]
        if both >= 20 and 0 < before <= FEW * both and after > 0.5 * both:
            text = f"{counted(before)} with '{second}' before '{first}'"
            yield Defect("out of order", before, text, (first, second))
