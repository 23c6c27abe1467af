"""Defects of columns and their values."""

from __future__ import annotations

import re
from collections.abc import Iterator

from data.sources.trial.defect import Defect, counted, listed, named, shortened
from data.sources.trial.evidence import Evidence
from data.sources.trial.profile import ENTITY, Profile, as_text
from data.store.dialect import quoted

REMARK = re.compile(r"[(\[]([^)\]]{6,})[)\]]\s*$")
FAR = 10
FEW = 0.001
SPARSE = 0.1
MOST = 8


def value_defects(found: Evidence) -> Iterator[Defect]:
    """Everything wrong with columns and values."""
    yield from _bytes(found)
    yield from _empty(found)
    for item in found.profiles:
        yield from _foreign(item)
        yield from _far(found, item)
    yield from _unknown(found)
    yield from _sentinels(found)
    yield from _entities(found)
    yield from _dates(found)


def _bytes(found: Evidence) -> Iterator[Defect]:
    encoding = found.sample.reading.encoding
    if encoding not in (None, "utf-8"):
        yield Defect("encoding", 0, f"written in {encoding}, not in UTF-8")
    if found.sample.marked:
        yield Defect("byte order mark", 0, "a byte order mark stands before the first heading; it is taken off")
    broken = sum(item.broken for item in found.profiles)
    if broken:
        yield Defect("line breaks", broken, f"{broken:,} cells hold line breaks; rows and lines are not the same")


def _empty(found: Evidence) -> Iterator[Defect]:
    if found.sample.nameless:
        count = found.sample.nameless
        yield Defect(
            "nameless columns", count, f"{counted(count, 'column')} without heading and without value, left out"
        )
    dead = [item.heading for item in found.profiles if item.type == "empty"]
    if dead:
        yield Defect(
            "empty columns", len(dead), f"{counted(len(dead), 'column')} without any value: {named(dead)}", tuple(dead)
        )
    for name in dead:
        remark = REMARK.search(name)
        if remark:
            text = f"'{name}' is a dead sensor or field: its heading says “{remark[1]}”"
            yield Defect("dead by heading", 1, text, (name,))
    sparse = {p.heading: p.share for p in found.profiles if p.rows >= 20 and p.type != "empty" and p.share <= SPARSE}
    if sparse:
        text = ", ".join(f"'{name}' {share:.1%}" for name, share in list(sparse.items())[:MOST])
        yield Defect("sparse", len(sparse), f"hardly filled: {text}{_more(sparse)}", tuple(sparse))


def _more(columns: dict) -> str:
    return f" and {len(columns) - MOST} more columns" if len(columns) > MOST else ""


def _foreign(item: Profile) -> Iterator[Defect]:
    if item.odd_rows:
        what = "text in a column of numbers" if item.is_number else "no date in a column of dates"
        text = f"'{item.heading}': {counted(item.odd_rows)} with {what}: {listed(item.odd)}"
        yield Defect(
            "text among numbers" if item.is_number else "text among dates", item.odd_rows, text, (item.heading,)
        )


def _far(found: Evidence, item: Profile) -> Iterator[Defect]:
    """Values far outside what all but a thousandth of the rows hold."""
    if not item.is_number or item.least is None or item.rows < 100 or item.distinct < 20:
        return
    if item.most and item.most > 0 and item.high > FAR * item.most:
        text = f"'{item.heading}': {as_text(item.high)} is far above the rest, 99.9 % are at most {as_text(item.most)}"
        yield Defect("outlier", 1, text, (item.heading,))
    if 0 < item.negatives <= max(FEW * item.filled, 1):
        text = f"'{item.heading}': {counted(item.negatives)} below 0, the lowest {as_text(item.low)}"
        yield Defect("negative", item.negatives, text, (item.heading,))
    narrow = item.least > 0 and item.most < FAR * item.least
    if narrow and item.low < item.least / FAR:
        count = found.one(f"SELECT count(*) FROM rows WHERE {found.number(item.heading)} = {item.low!r}")
        text = f"'{item.heading}': {counted(count)} with {as_text(item.low)}, 99.9 % are at least {as_text(item.least)}"
        yield Defect("outlier", count, text, (item.heading,))


def _unknown(found: Evidence) -> Iterator[Defect]:
    """Words that say there is nothing to say, in columns of text."""
    cells = {item.heading: item.unknown for item in found.profiles if item.unknown}
    if cells:
        count = sum(sum(words.values()) for words in cells.values())
        text = "; ".join(f"'{name}' {listed(words)}" for name, words in list(cells.items())[:MOST])
        yield Defect("unknown in words", count, f"words for “unknown”: {text}{_more(cells)}", tuple(cells))


def _sentinels(found: Evidence) -> Iterator[Defect]:
    by_value: dict[float, list[Profile]] = {}
    for item in found.profiles:
        for token in item.sentinels:
            by_value.setdefault(float(token.replace(",", ".")), []).append(item)
    for value, items in by_value.items():
        columns = list(dict.fromkeys(item.heading for item in items))
        count = sum(sum(found.of(name).sentinels.values()) for name in columns)
        where = f"{counted(count, 'cell')} of {counted(len(columns), 'column')}"
        text = f"{as_text(value)} stands for “not measured” in {where}"
        yield Defect("sentinel", count, text, tuple(columns))
    for token in found.sample.reading.nulls:
        mark = token.replace("'", "''")
        cells = " + ".join(
            f"count(*) FILTER (trim({quoted(item.heading)}) = '{mark}')" for item in found.profiles if item.text
        )
        count = found.one(f"SELECT {cells} FROM rows") if cells else 0
        if count:
            yield Defect("null word", count, f"'{token}' stands for “nothing” in {counted(count, 'cell')}")


def _entities(found: Evidence) -> Iterator[Defect]:
    headings = [name for name in found.sample.headings if re.search(ENTITY, name)]
    cells = {item.heading: item.entities for item in found.profiles if item.entities}
    if headings or cells:
        where = named([*headings, *cells])
        text = f"HTML entities such as &amp; stand in {where}; they are kept as delivered"
        yield Defect("HTML entities", sum(cells.values()) + len(headings), text, (*headings, *cells))


def _dates(found: Evidence) -> Iterator[Defect]:
    moments = [item for item in found.profiles if item.is_moment and item.text]
    iso = [item.heading for item in moments if item.iso and not item.slashed]
    slashed = [item.heading for item in moments if item.slashed and not item.iso]
    if iso and slashed:
        text = f"two ways of writing dates: {named(iso)} year first, {named(slashed)} day or month first"
        yield Defect("date conventions", len(moments), text, (*iso, *slashed))
    for item in moments:
        if item.iso and item.slashed:
            text = f"'{item.heading}': {item.iso:,} dates year first and {item.slashed:,} day or month first"
            yield Defect("mixed dates", min(item.iso, item.slashed), text, (item.heading,))
        if item.offsets:
            text = f"'{item.heading}': moments carry an offset from UTC ('{shortened(item.samples[0])}') and are moved"
            yield Defect("offset", item.offsets, f"{text} into the city's time", (item.heading,))
