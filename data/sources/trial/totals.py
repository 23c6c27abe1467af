"""Totals among leaves: rows and columns that are sums of others, and would be counted twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from data.sources.trial.defect import Defect, counted, named
from data.sources.trial.evidence import Evidence
from data.sources.trial.timeline import Timeline
from data.store.dialect import literal, quoted

WORDS = re.compile(r"^((sub-?|grand )?total|all|tổng|cộng|toàn (tỉnh|thành phố))\b|\b(sub)?total$", re.IGNORECASE)
LONGEST = 80
MOST_SERIES = 400
PERIODS = 12
CLOSE = 1e-6


def total_defects(found: Evidence, time: Timeline | None, series: tuple[str, ...] | None) -> Iterator[Defect]:
    """Sums that stand beside what they sum."""
    yield from _columns(found)
    for name in time.headings if time else ():
        if found.of(name).type == "parts" and (words := _in_words(found, name)):
            yield _defect(name, words, found)
    if time and series and len(series) == 1:
        yield from _rows(found, time, series[0])
    else:
        for item in found.profiles:
            if item.type == "text" and item.distinct <= MOST_SERIES and (words := _in_words(found, item.heading)):
                yield _defect(item.heading, words, found)


def _columns(found: Evidence) -> Iterator[Defect]:
    """A column called a total, after columns it may be the sum of."""
    numbers = [item.heading for item in found.profiles if item.is_number and item.distinct > 1]
    for item in found.profiles:
        if not item.is_number or not WORDS.search(item.heading):
            continue
        parts = numbers[: numbers.index(item.heading)] if item.heading in numbers else []
        if len(parts) < 2:
            continue
        whole = " + ".join(f"coalesce({found.number(name)}, 0)" for name in parts)
        total = found.number(item.heading)
        same = f"count(*) FILTER (abs({total} - ({whole})) <= 0.001 * abs({total}) + {CLOSE}) / count({total})"
        share = found.one(f"SELECT {same} FROM rows")
        text = f"column '{item.heading}' stands beside {len(parts)} columns it sums (exactly in {share:.0%} of rows)"
        yield Defect("total column", 1, f"{text}; count it or them", (item.heading,))


def _rows(found: Evidence, time: Timeline, name: str) -> Iterator[Defect]:
    """Series that add up the series standing after them, in file order, in every period looked at."""
    words = _in_words(found, name)
    for item in found.profiles:
        if item.is_number and item.heading != name and item.distinct > 20:
            sums = _sums(*_matrix(found, time, name, item.heading))
            if sums or words:
                yield _defect(name, list(dict.fromkeys([*words, *sums])), found)
                return


def _defect(name: str, totals: Sequence[str], found: Evidence) -> Defect:
    held = f"trim({quoted(name)}) IN ({', '.join(map(literal, totals))})"
    count = found.one(f"SELECT count(*) FROM rows WHERE {held}")
    text = (
        f"'{name}': totals stand among the rest in {counted(count)} ({named(list(totals))}); a sum of all counts twice"
    )
    return Defect("totals", count, text, tuple(totals))


def _in_words(found: Evidence, name: str) -> list[str]:
    values = found.rows(
        f"SELECT trim({quoted(name)}) AS v FROM rows WHERE {quoted(name)} IS NOT NULL GROUP BY 1 LIMIT 5000"
    )
    return sorted(value for (value,) in values if len(value) <= LONGEST and WORDS.search(value))


def _matrix(found: Evidence, time: Timeline, name: str, of: str) -> tuple[list[str], list[list[float | None]]]:
    """Names of the series in file order, and their numbers in the newest periods."""
    at, number = found.moment(time.headings), found.number(of)
    rows = found.rows(
        f"SELECT trim({quoted(name)}), {at}, {number} FROM rows WHERE {at} IN (SELECT DISTINCT {at} AS t FROM rows "
        f"WHERE {at} IS NOT NULL ORDER BY t DESC LIMIT {PERIODS}) AND {quoted(name)} IS NOT NULL ORDER BY _line"
    )
    names = list(dict.fromkeys(row[0] for row in rows))
    moments = sorted({row[1] for row in rows})
    held = {(row[0], row[1]): row[2] for row in rows}
    return names, [[held.get((series, moment)) for series in names] for moment in moments]


def _sums(names: list[str], periods: list[list[float | None]]) -> list[str]:
    if not 3 <= len(names) <= MOST_SERIES:
        return []
    return [name for at, name in enumerate(names) if any(_adds_up(periods, at, step) for step in (1, -1))]


def _adds_up(periods: list[list[float | None]], at: int, step: int) -> bool:
    """Whether a run of at least two series after (or before) ``at`` adds up to it in every period."""
    told = [(row[at], row[at + 1 :] if step == 1 else row[:at][::-1]) for row in periods if row[at]]
    if len(told) < 3:
        return False
    runs: set[int] | None = None
    for value, others in told:
        whole, fitting = 0.0, set()
        for length, other in enumerate(others, start=1):
            whole += other or 0.0
            if length > 1 and abs(whole - value) <= CLOSE * abs(value):
                fitting.add(length)
        runs = fitting if runs is None else runs & fitting
        if not runs:
            return False
    return True
