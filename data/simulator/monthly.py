"""Monthly reports: a preliminary one about the 5th of the next month, the final one on the 25th."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import xlsxwriter

from data.simulator import files
from data.simulator.chance import stream
from data.simulator.lodging import FINAL, LABELS, PRELIMINARY, Statistics
from data.simulator.season import days, midnight

LATE = 0.12
Report = Callable[[date, bool], bytes]


@dataclass(frozen=True, slots=True)
class Monthly:
    """An office that reports once a month; ``name`` holds {month}. The final report replaces the first."""

    name: str
    report: Report
    seed: int

    def history(self, folder: Path, start: date, until: datetime) -> None:
        """The reports that came after ``start``, as they stand at ``until``: the first is of the month before."""
        for month in sorted({day.replace(day=1) for day in days(start - timedelta(days=1), until.date())}):
            self._write(folder, month, midnight(start), until)

    def deliver(self, folder: Path, since: datetime, until: datetime) -> None:
        """Write the reports that became due after ``since`` up to ``until``."""
        first = since.date() - timedelta(days=62)
        for month in sorted({day.replace(day=1) for day in days(first, until.date())}):
            self._write(folder, month, since, until)

    def due(self, month: date) -> tuple[datetime, datetime]:
        """When the preliminary and the final report of a month arrive; some come three days late."""
        following = midnight((month + timedelta(days=31)).replace(day=1))
        late = stream(self.seed, "monthly late", self.name, month).random() < LATE
        first = following + timedelta(days=7 if late else 4, hours=9)
        return first, following + timedelta(days=24, hours=15)

    def _write(self, folder: Path, month: date, since: datetime, until: datetime) -> None:
        preliminary, final = self.due(month)
        if since < final <= until:
            files.write(folder / self.name.format(month=f"{month:%Y-%m}"), self.report(month, True))
        elif since < preliminary <= until:
            files.write(folder / self.name.format(month=f"{month:%Y-%m}"), self.report(month, False))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, with the headings it groups if it has any."""

    text: str
    below: tuple[str, ...] = ()


LODGING = (
    Heading("Tháng"),
    Heading("Địa bàn"),
    Heading("Thị trường"),
    Heading("Khách lưu trú", ("Lượt khách", "Ngày khách")),
    Heading("Doanh thu (triệu đồng)"),
    Heading("Tình trạng"),
)
ROOMS = (Heading("Tháng"), Heading("Địa bàn"), Heading("Ngày phòng", ("Sẵn có", "Đã bán")))
OFFICE = "THỐNG KÊ CƠ SỞ HỘI AN"
TOTAL = "Tổng cộng"


def lodging_report(seed: int) -> Report:
    """The workbook of guests and revenue."""

    def report(month: date, final: bool) -> bytes:
        state = FINAL if final else PRELIMINARY
        rows: list[list[object]] = [
            [area, LABELS[market], guests, nights, revenue, state]
            for area, market, guests, nights, revenue in Statistics(seed).guests(month, final)
        ]
        added: list[object] = [round(sum(float(str(row[at])) for row in rows), 1) for at in (2, 3, 4)]
        return _workbook(month, "Lưu trú", "Khách lưu trú và doanh thu", LODGING, [*rows, [TOTAL, "", *added, state]])

    return report


def room_report(seed: int) -> Report:
    """The workbook of rooms."""

    def report(month: date, final: bool) -> bytes:
        rows: list[list[object]] = [list(row) for row in Statistics(seed).rooms(month, final)]
        added: list[object] = [sum(int(str(row[at])) for row in rows) for at in (1, 2)]
        return _workbook(month, "Phòng", "Công suất phòng", ROOMS, [*rows, [TOTAL, *added]])

    return report


def _workbook(month: date, name: str, title: str, headings: tuple[Heading, ...], rows: list[list[object]]) -> bytes:
    """A sheet as the office sends it: three lines of title, headings in two rows, a total at the foot."""
    sink = io.BytesIO()
    book = xlsxwriter.Workbook(sink, {"in_memory": True})
    book.set_properties({"created": midnight(month)})
    sheet = book.add_worksheet(name)
    moment = book.add_format({"num_format": "mm/yyyy"})
    width = sum(max(1, len(heading.below)) for heading in headings)
    for line, text in enumerate((OFFICE, f"{title}, tháng {month:%m/%Y}", "Báo cáo tháng")):
        sheet.merge_range(line, 0, line, width - 1, text)
    at = 0
    for heading in headings:
        if heading.below:
            sheet.merge_range(3, at, 3, at + len(heading.below) - 1, heading.text)
            sheet.write_row(4, at, heading.below)
        else:
            sheet.merge_range(3, at, 4, at, heading.text)
        at += max(1, len(heading.below))
    for line, row in enumerate(rows, start=5):
        sheet.write_datetime(line, 0, midnight(month), moment)
        sheet.write_row(line, 1, row)
    book.close()
    return sink.getvalue()
