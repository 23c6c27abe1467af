"""What one column holds: its type, how full it is, and what does not belong there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import duckdb

from data.catalogue.source import Reading
from data.store.contract import number_sql
from data.store.dialect import literal, quoted
from data.store.moment import OFFSET, moment_sql

ZONE = "UTC"
MOSTLY = 0.8
IN_WORDS = 0.9
DATED = "[0-9][-/.][0-9]"
VALUES = "trial_values"
TIME_OF_DAY = "[0-9]{1,2}(:[0-5][0-9]){1,2}( ?[AaPp][Mm])?|[0-9]{1,2}([.][0-5][0-9]){2}"
ENTITY = "&(#[0-9]+|#x[0-9a-fA-F]+|[A-Za-z]{2,8});"
HOUSE = "[0-9]+ ?[A-Za-z]|[0-9]+ ?[-/] ?[0-9]+[A-Za-z]?"
NO_DATA = re.compile("no_?data|missing_?value|fill_?value", re.IGNORECASE)
COMPACT = "(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])"
UNKNOWN = (
    "unspecified", "unknown", "undefined", "not specified", "none", "null", "na", "n/a", "nd", "-", "?",
    "không rõ", "chưa rõ", "không xác định", "khác/không rõ",
)  # fmt: skip
YES_NO = ("true", "false", "yes", "no", "y", "n", "t", "f", "có", "không", "đúng", "sai")
CODE_WORDS = re.compile(r"(^|[^a-z])(id|ids|code|zip|postal|phone|tel|fips|isbn|mã|số hiệu)([^a-z]|$)", re.IGNORECASE)
NUMBERS = ("BIGINT", "INTEGER", "SMALLINT", "TINYINT", "UBIGINT", "UINTEGER", "USMALLINT", "UTINYINT", "HUGEINT")
FLOATS = ("DOUBLE", "FLOAT", "DECIMAL")


@dataclass(frozen=True, slots=True)
class Profile:
    """One column.

    ``type`` is a column type of the catalogue, ``time`` for a time of day, ``parts`` for a day
    in words, or ``empty``. ``filled`` and every count are rows; values that mean nothing are not
    counted. ``odd`` are values that are not of the type, most frequent first; ``low`` and
    ``high`` are the smallest and largest number or moment; ``most`` and ``least`` bound all but a
    thousandth of the numbers at either end.
    """

    heading: str
    type: str
    rows: int
    filled: int
    distinct: int
    samples: tuple[str, ...] = ()
    odd: dict[str, int] = field(default_factory=dict)
    odd_rows: int = 0
    unknown: dict[str, int] = field(default_factory=dict)
    sentinels: dict[str, int] = field(default_factory=dict)
    low: Any = None
    high: Any = None
    least: float | None = None
    most: float | None = None
    negatives: int = 0
    zeros: int = 0
    offsets: int = 0
    iso: int = 0
    slashed: int = 0
    entities: int = 0
    broken: int = 0
    text: bool = True

    @property
    def share(self) -> float:
        """Share of rows that hold a value, 0..1."""
        return self.filled / self.rows if self.rows else 0.0

    @property
    def is_number(self) -> bool:
        """Whether the column holds numbers."""
        return self.type in ("integer", "number")

    @property
    def is_moment(self) -> bool:
        """Whether the column holds days or moments."""
        return self.type in ("date", "timestamp")


def profile(connection: duckdb.DuckDBPyConnection, heading: str, native: str, reading: Reading, rows: int) -> Profile:
    """Look at one column of table ``rows``; ``native`` is its SQL type."""
    nulls = ", ".join(literal(token) for token in ("", *reading.nulls))
    dated = native != "VARCHAR" or _dated(connection, heading)
    moment = _moment(native, reading) if dated else "NULL::TIMESTAMP"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {VALUES} AS SELECT *, {_number(native, reading)} AS number, "
        f"{moment} AS moment FROM (SELECT trim(CAST({quoted(heading)} AS VARCHAR)) AS v, "
        f"any_value({quoted(heading)}) AS own, count(*) AS n, min(rowid) AS first FROM rows "
        f"WHERE {quoted(heading)} IS NOT NULL GROUP BY ALL) WHERE v NOT IN ({nulls})"
    )
    counts = _one(connection, COUNTS)
    type_ = _type(heading, native, counts, connection)
    found = {name: counts[name] or 0 for name in ("offsets", "iso", "slashed", "entities", "broken")}
    found |= _extent(connection, type_, NO_DATA.search(heading) is None)
    filled = (counts["filled"] or 0) - sum(found.get("sentinels", {}).values())
    return Profile(
        heading, type_, rows, filled, counts["distinct_"], _samples(connection, heading),
        unknown=_listed(connection, f"lower(v) IN ({', '.join(map(literal, UNKNOWN))})") if type_ == "text" else {},
        text=native == "VARCHAR", **found, **_odd(connection, type_),
    )  # fmt: skip


COUNTS = f"""SELECT sum(n) AS filled, count(*) AS distinct_,
  sum(n) FILTER (number IS NOT NULL) AS numbers,
  sum(n) FILTER (number <> floor(number) OR number IS NOT NULL AND regexp_matches(v, '[.,][0-9]{{1,2}}$')) AS decimals,
  count(*) FILTER (regexp_full_match(v, '0[0-9]+')) AS zeroed,
  sum(n) FILTER (number IS NULL AND regexp_full_match(v, {literal(HOUSE)})) AS lettered,
  sum(n) FILTER (moment IS NOT NULL) AS moments,
  sum(n) FILTER (moment <> date_trunc('day', moment)) AS timed,
  sum(n) FILTER (regexp_full_match(v, {literal(TIME_OF_DAY)})) AS times,
  sum(n) FILTER (regexp_full_match(v, {literal(COMPACT)})) AS compact,
  sum(n) FILTER (lower(v) IN ({", ".join(map(literal, YES_NO))})) AS yes_no,
  sum(n) FILTER (regexp_matches(v, {literal(OFFSET)})) AS offsets,
  sum(n) FILTER (moment IS NOT NULL AND regexp_matches(v, '^[0-9]{{4}}[-/.]')) AS iso,
  sum(n) FILTER (moment IS NOT NULL AND regexp_matches(v, '^[0-9]{{1,2}}[-/.]')) AS slashed,
  sum(n) FILTER (regexp_matches(v, {literal(ENTITY)})) AS entities,
  sum(n) FILTER (contains(v, chr(10))) AS broken,
  sum(n) FILTER (regexp_matches(v, '[A-Za-z]{{3}}') AND regexp_matches(v, '[0-9]')) AS worded
FROM {VALUES}"""


def _number(native: str, reading: Reading) -> str:
    if native == "VARCHAR":
        return f"TRY_CAST({number_sql('v', reading.decimal or '.')} AS DOUBLE)"
    return "CAST(own AS DOUBLE)" if native in NUMBERS or native.startswith(FLOATS) else "NULL::DOUBLE"


def _dated(connection: duckdb.DuckDBPyConnection, heading: str) -> bool:
    """Whether any text has the signs of a date: to plan how one is read takes longer than to look."""
    looked = f"SELECT bool_or(regexp_matches({quoted(heading)}, '{DATED}')) FROM rows"
    return bool(connection.execute(looked).fetchone()[0])


def _moment(native: str, reading: Reading) -> str:
    """As the contract reads it, of text with the signs of a date only."""
    zoned = reading.model_copy(update={"timezone": None})
    if native == "VARCHAR":
        return f"CASE WHEN regexp_matches(v, '{DATED}') THEN {moment_sql('v', 'v', native, zoned, ZONE)} END"
    if native == "DATE" or native.startswith("TIMESTAMP"):
        return moment_sql("v", "own", native, zoned, ZONE)
    return "NULL::TIMESTAMP"


def _type(heading: str, native: str, counts: dict[str, Any], connection: duckdb.DuckDBPyConnection) -> str:
    filled = counts["filled"] or 0
    share = {
        name: (counts[name] or 0) / filled if filled else 0.0 for name in ("numbers", "moments", "times", "yes_no")
    }
    if filled == 0:
        return "empty"
    if native == "BOOLEAN" or share["yes_no"] == 1:
        return "boolean"
    if share["moments"] >= MOSTLY and (share["numbers"] < MOSTLY or native != "VARCHAR"):
        return "timestamp" if counts["timed"] else "date"
    if share["times"] >= MOSTLY:
        return "time"
    if (counts["compact"] or 0) == filled and re.search("date|day|ngày", heading, re.IGNORECASE):
        return "compact"
    coded = counts["zeroed"] or _is_code(heading, share["numbers"]) or _is_house_number(counts)
    if share["numbers"] >= MOSTLY and not coded:
        return "number" if counts["decimals"] else "integer"
    worded = native == "VARCHAR" and (counts["worded"] or 0) >= IN_WORDS * filled
    return "parts" if worded and _in_words(connection, filled) else "text"


def _is_code(heading: str, numbers: float) -> bool:
    """Whether digits only name something: a heading says so and some values are no numbers."""
    return bool(CODE_WORDS.search(heading.replace("_", " "))) and numbers < 1


def _is_house_number(counts: dict[str, Any]) -> bool:
    """Whether most of what is no number is one with a letter or a second number behind."""
    others = counts["filled"] - (counts["numbers"] or 0)
    return others > 0 and (counts["lettered"] or 0) >= 0.5 * others


def _in_words(connection: duckdb.DuckDBPyConnection, filled: int) -> bool:
    """Whether values are days in words, such as ``March 2024``, as joined cells are read."""
    read = moment_sql("v", "v", "VARCHAR", Reading(dates="ymd"), ZONE, joined=True)
    words = f"SELECT sum(n) FROM {VALUES} WHERE regexp_matches(v, '[A-Za-z]{{3}}') AND {read} IS NOT NULL"
    return (connection.execute(words).fetchone()[0] or 0) >= IN_WORDS * filled


def _extent(connection: duckdb.DuckDBPyConnection, type_: str, measured: bool) -> dict[str, Any]:
    if type_ in ("date", "timestamp"):
        return _one(connection, f"SELECT min(moment) AS low, max(moment) AS high FROM {VALUES}")
    if type_ not in ("integer", "number"):
        return {}
    sentinels = _sentinels(connection) if measured else {}
    kept = f"number IS NOT NULL AND v NOT IN ({', '.join(map(literal, sentinels)) or literal('')})"
    found = _one(
        connection,
        f"SELECT min(number) AS low, max(number) AS high, sum(n) FILTER (number < 0) AS negatives, "
        f"sum(n) FILTER (number = 0) AS zeros FROM {VALUES} WHERE {kept}",
    )
    ends = (
        f"SELECT min(number) FILTER (upto > 0.001 * whole) AS least, "
        f"min(number) FILTER (upto >= 0.999 * whole) AS most "
        f"FROM (SELECT number, sum(n) OVER (ORDER BY number) AS upto, sum(n) OVER () AS whole FROM {VALUES} "
        f"WHERE {kept})"
    )
    found |= {"sentinels": sentinels, **_one(connection, ends)}
    return found | {name: found[name] or 0 for name in ("negatives", "zeros")}


def _sentinels(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Spellings of a lowest whole number far below all others that stands for “not measured”."""
    rows = connection.execute(
        f"SELECT number, list(v), sum(n) FROM {VALUES} WHERE number IS NOT NULL GROUP BY 1 ORDER BY 1 LIMIT 2"
    ).fetchall()
    if not rows:
        return {}
    value, _, count = rows[0]
    lonely = len(rows) == 1 or rows[1][0] > value / 2
    nines = set(str(abs(int(value)))) == {"9"}
    if value > -90 or value != int(value) or not lonely or (count < 3 and not nines):
        return {}
    return _listed(connection, f"number = {value!r}")


def _odd(connection: duckdb.DuckDBPyConnection, type_: str) -> dict[str, Any]:
    test = {"integer": "number IS NULL", "number": "number IS NULL"}.get(type_, "moment IS NULL")
    if type_ not in ("integer", "number", "date", "timestamp"):
        return {}
    whole = connection.execute(f"SELECT sum(n) FROM {VALUES} WHERE {test}").fetchone()[0] or 0
    return {"odd": _listed(connection, test), "odd_rows": whole}


def _samples(connection: duckdb.DuckDBPyConnection, heading: str) -> tuple[str, ...]:
    rows = connection.execute(f"SELECT v FROM {VALUES} ORDER BY first LIMIT 3").fetchall()
    return tuple(value for (value,) in rows)


def _listed(connection: duckdb.DuckDBPyConnection, test: str) -> dict[str, int]:
    """The most frequent values that pass a test, with their rows."""
    return dict(connection.execute(f"SELECT v, n FROM {VALUES} WHERE {test} ORDER BY n DESC, v LIMIT 8").fetchall())


def _one(connection: duckdb.DuckDBPyConnection, sql: str) -> dict[str, Any]:
    cursor = connection.execute(sql)
    names = [item[0] for item in cursor.description]
    return dict(zip(names, cursor.fetchone(), strict=True))


def as_text(value: Any) -> str:
    """A number or moment, short."""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ").removesuffix(" 00:00:00").removesuffix(":00")
    return f"{value:g}" if isinstance(value, float) and abs(value) < 1e6 else f"{value:,.0f}"
