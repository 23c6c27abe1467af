"""Visitors counted at the gates of the Old Town: an archive, then a workbook a month.

Scale: the gates see 2.3 to 2.7 million entries a year. That is an assumption between the Old Town
tickets of 2023 (1,669,500, so about seven entries in ten with a ticket) and the visits of the whole
city (4.0 million in 2023, 4.4 million in 2024).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from data.simulator import files
from data.simulator.chance import about, stream
from data.simulator.crowd import LANTERN, USUAL
from data.simulator.places import GATES, UNKNOWN
from data.simulator.season import bustle, days, lantern_night, midnight, tet

HOURS = range(8, 22)
YEARS = {2022: 1_400_000, 2023: 2_300_000, 2024: 2_420_000, 2025: 2_560_000, 2026: 2_630_000}
SPECIAL_DAYS = 1.045
DOMESTIC = (0.19, 0.20, 0.16, 0.18, 0.20, 0.27, 0.33, 0.32, 0.22, 0.20, 0.18, 0.18)
INTERNATIONAL = {"korea": 0.36, "west": 0.35, "other": 0.29}
MARKETS = ("domestic", *INTERNATIONAL)
ARCHIVED = date(2025, 12, 31)
HEADINGS = ("Giờ", "Điểm đếm", "Khu vực", "Thị trường", "Lượt khách")
TITLES = ("BAN QUẢN LÝ PHỐ CỔ", "Lượt khách qua các điểm đếm, tháng {month:%m/%Y}", "Đơn vị tính: lượt")
BAD = 0.0018
Row = tuple[datetime, str, str, str, int | str]


@dataclass(frozen=True, slots=True)
class Gates:
    """Counts of five gates by hour and market group."""

    seed: int

    def rows(self, day: date) -> Iterator[Row]:
        """Rows of one day, all hours, gates and markets, bad ones among them."""
        random = stream(self.seed, "visitors", day)
        total = YEARS.get(day.year, max(YEARS.values())) / 365 / SPECIAL_DAYS * bustle(self.seed, day)
        curve = LANTERN if lantern_night(day) else USUAL
        whole = sum(curve[hour] for hour in HOURS)
        domestic = domestic_share(day)
        shares = {"domestic": domestic, **{m: s * (1 - domestic) for m, s in INTERNATIONAL.items()}}
        for hour in HOURS:
            at = midnight(day) + timedelta(hours=hour)
            for gate, (zone, part) in GATES.items():
                for market in MARKETS:
                    visitors = about(random, total * curve[hour] / whole * part * shares[market])
                    yield _row(random.random(), (at, gate, zone, market, visitors))

    def history(self, folder: Path, start: date, until: datetime) -> None:
        """The archive, and the workbook of every month since."""
        end = _archive_end(start, until)
        if end is not None:
            rows = [_whole(row) for day in days(start, end) for row in self.rows(day)]
            files.write(folder / f"visitors/archive_{start:%Y-%m}_{end:%Y-%m}.parquet", _parquet(rows))
        first = end + timedelta(days=1) if end else start
        for month in sorted({day.replace(day=1) for day in days(first, until.date())}):
            self._workbook(folder, month, until)

    def deliver(self, folder: Path, since: datetime, until: datetime) -> None:
        """Write anew the workbooks of the months of which a day became due."""
        due = [day for day in days(since.date() - timedelta(days=2), until.date()) if since < self.due(day) <= until]
        for month in sorted({day.replace(day=1) for day in due}):
            self._workbook(folder, month, until)

    def due(self, day: date) -> datetime:
        """When a day's counts arrive: in the evening, now and then only next morning."""
        late = stream(self.seed, "visitors late", day).random() < 0.05
        return midnight(day) + (timedelta(hours=32, minutes=30) if late else timedelta(hours=22, minutes=15))

    def _workbook(self, folder: Path, month: date, until: datetime) -> None:
        last = min((month + timedelta(days=31)).replace(day=1) - timedelta(days=1), until.date())
        rows = [row for day in days(month, last) if self.due(day) <= until for row in self.rows(day)]
        if rows:
            files.write(folder / f"visitors/khach_{month:%Y-%m}.xlsx", _workbook(month, rows))


def domestic_share(day: date) -> float:
    """Share of domestic visitors in the entries of a day."""
    return 0.5 if tet(day) else DOMESTIC[day.month - 1]


def _archive_end(start: date, until: datetime) -> date | None:
    """The last day handed over as an archive: the end of 2025, or a whole month before ``until``."""
    end = min(ARCHIVED, until.date().replace(day=1) - timedelta(days=1))
    return end if end >= start else None


def _row(chance: float, row: Row) -> Row:
    if chance >= BAD:
        return row
    at, gate, zone, market, visitors = row
    kinds: tuple[Row, ...] = (
        (at, gate, zone, market, -int(visitors) - 1),
        (at, gate, UNKNOWN, market, visitors),
        (at, gate, zone, market, "chưa có"),
        (at, "", zone, market, visitors),
    )
    return kinds[int(chance / BAD * len(kinds))]


def _whole(row: Row) -> Row:
    """A row of the archive, whose counts are numbers: text was read as -1 when it was made."""
    return row if isinstance(row[4], int) else (*row[:4], -1)


def _parquet(rows: list[Row]) -> bytes:
    names = ("at", "gate", "zone", "market", "visitors")
    types = (pa.timestamp("us"), pa.string(), pa.string(), pa.string(), pa.int32())
    columns = list(zip(*rows, strict=True))
    arrays = [pa.array(column, kind) for column, kind in zip(columns, types, strict=True)]
    sink = io.BytesIO()
    pq.write_table(pa.table(dict(zip(names, arrays, strict=True))), sink, compression="zstd")
    return sink.getvalue()


def _workbook(month: date, rows: list[Row]) -> bytes:
    sink = io.BytesIO()
    book = xlsxwriter.Workbook(sink, {"in_memory": True, "constant_memory": False})
    book.set_properties({"created": midnight(month)})
    sheet = book.add_worksheet("Lượt khách")
    moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    for line, title in enumerate(TITLES):
        sheet.write_string(line, 0, title.format(month=month))
    for column, heading in enumerate(HEADINGS):
        sheet.write_string(len(TITLES), column, heading)
    for line, (at, gate, zone, market, visitors) in enumerate(rows, start=len(TITLES) + 1):
        sheet.write_datetime(line, 0, at, moment)
        for column, text in enumerate((gate, zone, market), start=1):
            sheet.write_string(line, column, text)
        sheet.write(line, 4, visitors)
    book.close()
    return sink.getvalue()
