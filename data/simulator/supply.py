"""Water put into the network and water billed, by unit: a workbook a month.

Losses are those common in the country, 20 to 25 % and falling; connections were 65 % at the end of
2018 and the target for 2030 is 95 %. Volumes are an assumption: about 130 litres a head and day
and as much again for hotels and restaurants. The sheet is laid out as departments lay it out: three
titles, then headings of two rows held together by merged cells.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import xlsxwriter

from data.simulator import files
from data.simulator.chance import stream
from data.simulator.places import code
from data.simulator.season import FLOOD_FIRST, days, midnight, month_weight

SHEET = "Cấp nước"
TITLES = ("XÍ NGHIỆP CẤP NƯỚC HỘI AN", "Báo cáo sản lượng cấp nước tháng {month:%m/%Y}", "Đơn vị tính: m³, hộ")
SINGLE = ("Tháng", "Mã địa bàn")
GROUPS = {"Sản lượng nước (m³)": ("Cấp vào mạng", "Ghi thu"), "Số hộ": ("Tổng số hộ", "Hộ đấu nối")}
# Unit, written by the code in force of a ward in it: m³ a day, loss, households, connected at the end of 2026.
UNITS = {
    "cam_pho": (8_300.0, 0.178, 10_150, 0.955),
    "cam_chau": (5_900.0, 0.196, 8_420, 0.865),
    "thanh_ha": (6_700.0, 0.212, 11_560, 0.845),
    "tan_hiep": (310.0, 0.168, 690, 0.93),
}
Row = tuple[date, str, int | str, int | str, int, int]


@dataclass(frozen=True, slots=True)
class Waterworks:
    """The monthly report of the water company."""

    seed: int

    def history(self, folder: Path, start: date, until: datetime) -> None:
        """The workbook of every month that was due from ``start`` up to ``until``."""
        self.deliver(folder, midnight(start), until)

    def deliver(self, folder: Path, since: datetime, until: datetime) -> None:
        """The workbooks that became due after ``since`` up to ``until``."""
        for month in sorted({day.replace(day=1) for day in days(since.date() - timedelta(days=62), until.date())}):
            if since < self.due(month) <= until:
                self._write(folder, month)

    def due(self, month: date) -> datetime:
        """The 5th of the next month, now and then five days late."""
        late = stream(self.seed, "supply late", month).random() < 0.12
        return midnight(_next(month)) + timedelta(days=9 if late else 4, hours=9)

    def rows(self, month: date) -> list[Row]:
        """One row for each unit."""
        return [self._row(month, place) for place in UNITS]

    def _row(self, month: date, place: str) -> Row:
        random = stream(self.seed, "supply", place, month)
        daily, loss, households, connected = UNITS[place]
        years = (2026 + 11 / 12) - (month.year + (month.month - 1) / 12)
        flood = 0.84 if month == FLOOD_FIRST.replace(day=1) else 1.0
        season = 0.7 + 0.3 * month_weight(month) + 0.06 * (month.month in (5, 6, 7, 8))
        produced = daily * (_next(month) - month).days * season * flood * random.gauss(1, 0.012) * 0.975**years
        lost = loss + 0.011 * years + random.gauss(0, 0.005) + (0.07 if flood < 1 else 0.0)
        billed: int | str = round(produced * (1 - lost))
        if place != "tan_hiep" and random.random() < 0.012:
            billed = "đang kiểm tra"
        there = round(households * 0.992**years)
        return month, code(place, month), round(produced), billed, there, round(there * (connected - 0.022 * years))

    def _write(self, folder: Path, month: date) -> None:
        files.write(folder / f"water_supply/cap_nuoc_{month:%Y-%m}.xlsx", workbook(month, self.rows(month)))


def workbook(month: date, rows: list[Row]) -> bytes:
    """The sheet: titles, two rows of merged headings, one row for each unit."""
    sink = io.BytesIO()
    book = xlsxwriter.Workbook(sink, {"in_memory": True})
    book.set_properties({"created": midnight(month)})
    sheet = book.add_worksheet(SHEET)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    width = len(SINGLE) + sum(map(len, GROUPS.values()))
    for line, title in enumerate(TITLES):
        sheet.merge_range(line, 0, line, width - 1, title.format(month=month))
    top = len(TITLES)
    for column, heading in enumerate(SINGLE):
        sheet.merge_range(top, column, top + 1, column, heading)
    column = len(SINGLE)
    for group, headings in GROUPS.items():
        sheet.merge_range(top, column, top, column + len(headings) - 1, group)
        for heading in headings:
            sheet.write_string(top + 1, column, heading)
            column += 1
    for line, (at, *cells) in enumerate(rows, start=top + 2):
        sheet.write_datetime(line, 0, midnight(at), day)
        for place, cell in enumerate(cells, start=1):
            sheet.write(line, place, cell)
    book.close()
    return sink.getvalue()


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)
