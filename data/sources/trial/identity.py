"""Which columns tell rows apart: the key of an entity, or the series of a reading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from data.sources.trial.evidence import Evidence
from data.sources.trial.profile import CODE_WORDS, Profile
from data.store.dialect import quoted

COLUMNS = 8
NAMING = re.compile("station|sensor|site|device|trạm|cảm biến|thiết bị|camera|gate|cổng", re.IGNORECASE)


def unique(found: Evidence) -> list[str]:
    """Columns that hold another value in every row; those named like a code first."""
    whole = [
        item
        for item in found.profiles
        if item.distinct == item.rows == item.filled and item.type in ("text", "integer") and not item.broken
    ]
    whole.sort(key=lambda item: not _names(item))
    return [item.heading for item in whole if _names(item) or item.rows >= 20 or item is whole[0]]


def series(found: Evidence, time: Sequence[str]) -> tuple[str, ...] | None:
    """Columns that with the time tell every row apart.

    Empty when the time alone does and no column names the one series; None when none do.
    """
    at = f"{found.moment(time)} AS _at"
    if _tells(found, [at]):
        named = [item.heading for item in found.profiles if item.distinct == 1 and item.share == 1 and _named(item)]
        return tuple(named[:1])
    fitting = _fitting(found, time)
    for size in (1, 2):
        for some in combinations(fitting, size):
            if _tells(found, [at, *(quoted(item.heading) for item in some)]):
                return tuple(item.heading for item in some)
    return None


def pairs(found: Evidence) -> tuple[str, ...] | None:
    """Two columns that tell every row apart, of a table without a time."""
    fitting = [item for item in found.profiles if item.type in ("text", "integer", "time") and item.share == 1]
    for some in combinations(fitting[:COLUMNS], 2):
        if _tells(found, [quoted(item.heading) for item in some]):
            return tuple(item.heading for item in some)
    return None


def _fitting(found: Evidence, time: Sequence[str]) -> list[Profile]:
    """Columns that may name a series: full, and with far fewer values than rows."""
    able = [
        item
        for item in found.profiles
        if item.heading not in time
        and item.type in ("text", "integer")
        and item.share > 0.999
        and 1 < item.distinct <= max(item.rows / 3, 2)
    ]
    able.sort(key=lambda item: (item.type != "text" and not _names(item), not _names(item)))
    return [item for item in able if item.type == "text" or _names(item)][:COLUMNS]


def _tells(found: Evidence, columns: Sequence[str]) -> bool:
    """Whether the columns together differ in every row that has a sound shape."""
    inner = f"SELECT DISTINCT {', '.join(columns)} FROM rows WHERE _fault IS NULL"
    return found.one(f"SELECT (SELECT count(*) FROM ({inner})) = count(*) FROM rows WHERE _fault IS NULL")


def _names(item: Profile) -> bool:
    return bool(CODE_WORDS.search(re.sub("([a-z])([A-Z])", r"\1 \2", item.heading).replace("_", " ")) or _key(item))


def _key(item: Profile) -> bool:
    return bool(re.search(r"(^|[ _])(key|number|no|số)$", item.heading, re.IGNORECASE))


def _named(item: Profile) -> bool:
    return item.type in ("text", "integer") and bool(NAMING.search(item.heading) or _names(item))
