"""When: the columns that tell the time of a row, the rhythm of the rows and the holes in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from data.sources.trial.evidence import Evidence
from data.sources.trial.profile import Profile
from data.store.dialect import quoted

REGULAR = 0.5
FEWEST = 8
DAY = 86_400
MONTHS = ("january", "jan", "tháng", "february", "feb")
YEAR, MONTH, DAY_OF_MONTH = (re.compile(word, re.IGNORECASE) for word in ("year|năm", "month|tháng", "day|ngày"))
NOT_OF_MONTH = re.compile("week|tuần|name|tên|year", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The time of rows.

    ``headings`` are one column, or several to be joined. ``start`` and ``end`` bound it,
    ``different`` counts different moments. ``step`` is the usual number of seconds between two
    rows of a series, None when there is none; ``gaps`` are wider ones, ``longest`` the widest in
    seconds and ``missing`` the rows that would fill them. ``daily`` says that no row has a time of day.
    """

    headings: tuple[str, ...]
    start: datetime | None
    end: datetime | None
    different: int
    daily: bool
    step: int | None = None
    gaps: int = 0
    longest: int = 0
    missing: int = 0

    @property
    def joined(self) -> bool:
        """Whether the time stands in several columns, or in words."""
        return len(self.headings) > 1


def candidates(found: Evidence) -> list[tuple[str, ...]]:
    """Columns, alone or joined, that may be the time of a row; the best first."""
    whole = [item for item in found.profiles if item.is_moment and (item.distinct > 1 or item.rows == 1)]
    whole.sort(key=lambda item: (item.share < 0.95, item.type != "timestamp"))
    single = [(item.heading,) for item in whole]
    return [*_with_time(found, whole), *_in_parts(found, whole), *single, *_in_words(found)]


def _with_time(found: Evidence, whole: list[Profile]) -> list[tuple[str, ...]]:
    """A day followed by a time of day."""
    order = [item.heading for item in found.profiles]
    days = [item.heading for item in whole if item.type == "date"]
    times = [item.heading for item in found.profiles if item.type == "time"]
    return [(day, time) for day in days for time in times if order.index(time) - order.index(day) == 1]


def _in_parts(found: Evidence, whole: list[Profile]) -> list[tuple[str, ...]]:
    """Year, month and day in three columns, unless a column holds the same day already."""
    years = [p for p in found.profiles if YEAR.search(p.heading) and p.type == "integer" and _within(p, 1900, 2200)]
    months = [p for p in found.profiles if MONTH.search(p.heading) and not DAY_OF_MONTH.search(p.heading)]
    months = [p for p in months if _within(p, 1, 12) or _is_month_name(p)]
    days = [p for p in found.profiles if DAY_OF_MONTH.search(p.heading) and not NOT_OF_MONTH.search(p.heading)]
    days = [p for p in days if p.type == "integer" and _within(p, 1, 31)]
    if not (years and months and days):
        return []
    parts = (years[0].heading, months[0].heading, days[0].heading)
    for item in whole:
        same = f"{found.moment([item.heading])}::DATE IS NOT DISTINCT FROM {found.moment(parts)}"
        if found.one(f"SELECT bool_and({same}) FROM rows"):
            return []
    return [parts]


def _within(item: Profile, low: int, high: int) -> bool:
    return item.is_number and item.low is not None and item.low >= low and item.high <= high


def _is_month_name(item: Profile) -> bool:
    return item.type == "text" and item.distinct <= 12 and all(s.isalpha() and len(s) >= 3 for s in item.samples)


def _in_words(found: Evidence) -> list[tuple[str, ...]]:
    return [(item.heading,) for item in found.profiles if item.type in ("parts", "compact")]


def timeline(found: Evidence, headings: tuple[str, ...], series: tuple[str, ...] = ()) -> Timeline:
    """The time in ``headings``, its rhythm looked for within each of the ``series``."""
    at = found.moment(headings)
    start, end, different, timed = found.rows(
        f"SELECT min(_at), max(_at), count(DISTINCT _at), count(*) FILTER (_at <> date_trunc('day', _at)) "
        f"FROM (SELECT {at} AS _at FROM rows)"
    )[0]
    made = Timeline(headings, start, end, different, not timed)
    return _with_rhythm(found, made, at, series) if different >= FEWEST else made


def _with_rhythm(found: Evidence, made: Timeline, at: str, series: tuple[str, ...]) -> Timeline:
    keys = "".join(f"{quoted(name)}, " for name in series)
    window = f"PARTITION BY {keys.rstrip(', ')} ORDER BY _at" if series else "ORDER BY _at"
    found.connection.execute(
        "CREATE OR REPLACE TEMP TABLE steps AS SELECT step, count(*) AS n FROM (SELECT "
        f"epoch(_at) - epoch(lag(_at) OVER ({window})) AS step FROM "
        f"(SELECT DISTINCT {keys}{at} AS _at FROM rows) WHERE _at IS NOT NULL) WHERE step > 0 GROUP BY 1"
    )
    usual = found.rows("SELECT step, n, sum(n) OVER () FROM steps ORDER BY n DESC, step LIMIT 1")
    if not usual:
        return made
    step, count, whole = usual[0]
    alike = found.one(f"SELECT sum(n) FROM steps WHERE step BETWEEN {0.85 * step} AND {1.15 * step}")
    if max(count, alike if step >= 25 * DAY else count) < REGULAR * whole:
        return made
    mean = found.one(f"SELECT sum(step * n) / sum(n) FROM steps WHERE step BETWEEN {0.85 * step} AND {1.15 * step}")
    unit = mean if step >= 25 * DAY else step
    gaps, longest, missing = found.rows(
        f"SELECT coalesce(sum(n), 0), coalesce(max(step), 0), coalesce(sum(n * (round(step / {unit}) - 1)), 0) "
        f"FROM steps WHERE step > {1.5 * step}"
    )[0]
    return Timeline(
        made.headings,
        made.start,
        made.end,
        made.different,
        made.daily,
        int(step),
        int(gaps),
        int(longest),
        int(missing),
    )
