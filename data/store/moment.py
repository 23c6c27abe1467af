"""Moments as departments write them, read as the city's naive local time."""

from __future__ import annotations

from data.catalogue import Reading
from data.store.dialect import literal

DATE_FORMATS = {
    # %Y would read 26 as the year 26, so two digits are tried first; they never match four.
    "dmy": ("%d/%m/%y", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"),
    "mdy": ("%m/%d/%y", "%m/%d/%Y", "%m-%d-%Y"),
    "ymd": ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d"),
}
# Of joined cells: a month by name or number between its day and year, or without a day, which is then the first.
JOINED_FORMATS = (
    "%Y %B %d", "%Y %b %d", "%Y %m %d", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%B %d, %Y",
    "%Y %B", "%Y %b", "%Y %m", "%B %Y", "%b %Y", "%B quarter %Y",
)  # fmt: skip
ORDERED_FORMATS = {"dmy": ("%d %m %Y", "%m %Y"), "mdy": ("%m %d %Y", "%m %Y"), "ymd": ()}
TIME_FORMATS = ("", " %H:%M:%S", " %H:%M", " %H.%M.%S", " %I:%M:%S %p", " %I:%M %p", "T%H:%M:%S", " %H:%M:%S.%f")
OFFSET = r"[0-9]:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)? ?([+-][0-9]{2}(:?[0-9]{2})?|Z)$"
PLAIN = "[-0-9T:. /]+"  # the engine's cast drops any word that follows: PM, or a zone


def moment_sql(raw: str, native_value: str, native: str, reading: Reading, zone: str, joined: bool = False) -> str:
    """SQL expression of type TIMESTAMP, NULL where the text is no moment.

    ``raw`` is the text, ``native_value`` the delivered column of SQL type ``native``. A stamp
    with an offset is moved into the city's zone; one without is in the source's zone. Of
    ``joined`` cells also days in parts are read.
    """
    if native in ("TIMESTAMP", "DATE", "TIMESTAMP_NS", "TIMESTAMP_MS", "TIMESTAMP_S"):
        return _zoned(f"CAST({native_value} AS TIMESTAMP)", reading.timezone, zone)
    if native == "TIMESTAMP WITH TIME ZONE":
        return f"timezone({literal(zone)}, {native_value})"
    order = reading.dates or "ymd"
    formats = [day + time for day in DATE_FORMATS[order] for time in TIME_FORMATS]
    if order != "ymd":
        formats += [day + time for day in DATE_FORMATS["ymd"] for time in TIME_FORMATS]
    if joined:
        formats += [day + time for day in (*ORDERED_FORMATS[order], *JOINED_FORMATS) for time in TIME_FORMATS]
    listed = ", ".join(literal(f) for f in formats)
    local = f"try_strptime({raw}, [{listed}])"
    if order == "ymd":
        cast = f"CASE WHEN regexp_full_match({raw}, {literal(PLAIN)}) THEN TRY_CAST({raw} AS TIMESTAMP) END"
        local = f"coalesce({cast}, {local})"
    instant = f"timezone({literal(zone)}, TRY_CAST({raw} AS TIMESTAMPTZ))"
    return (
        f"CASE WHEN regexp_matches({raw}, {literal(OFFSET)}) THEN {instant} "
        f"ELSE {_zoned(local, reading.timezone, zone)} END"
    )


def _zoned(local: str, given: str | None, zone: str) -> str:
    if given is None or given == zone:
        return local
    return f"timezone({literal(zone)}, timezone({literal(given)}, {local}))"
