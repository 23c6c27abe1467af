"""Workbooks: titles, merged headings, typed cells, several sheets."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pytest
import xlsxwriter

from data.sources import SourceError
from tests.sources.drop import pull, rows, written


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A monthly report as an office writes it: title, grouped headings, typed values, blank rows."""
    path = tmp_path / "report.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Tổng hợp")
        sheet.merge_range(0, 0, 0, 5, "BÁO CÁO THÁNG 3")
        sheet.merge_range(2, 0, 3, 0, "Ngày")
        sheet.merge_range(2, 1, 2, 2, "Khách")
        sheet.write_row(3, 1, ["Trong nước", "Quốc tế"])
        sheet.merge_range(2, 3, 3, 3, "Mã")
        sheet.merge_range(2, 4, 3, 4, "Lúc")
        sheet.write(2, 5, "Ghi chú")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        for row, at in enumerate([datetime(2026, 3, 1, 9, 30), datetime(2026, 3, 2, 10, 0)], start=4):
            sheet.write_datetime(row, 0, at.replace(hour=0, minute=0), day)
            sheet.write_row(row, 1, [100 + row, 20.5, 20410 if row == 4 else "x1"])
            sheet.write_datetime(row, 4, at, moment)
        sheet.write_blank(20, 0, None, day)
        book.add_worksheet("Khác").write_row(0, 0, ["a", "b"])
    return path


def test_grouped_headings_and_types(report: Path) -> None:
    pulled = pull(report, "xlsx")
    table = pulled.table
    headings = ["Ngày", "Khách / Trong nước", "Khách / Quốc tế", "Mã", "Lúc", "Ghi chú"]
    assert table.column_names == [*headings, "_line", "_fault"]
    assert table.schema.types[:5] == [pa.date32(), pa.int64(), pa.float64(), pa.string(), pa.timestamp("us")]
    assert rows(pulled) == [
        (date(2026, 3, 1), 104, 20.5, "20410", datetime(2026, 3, 1, 9, 30), None),
        (date(2026, 3, 2), 105, 20.5, "x1", datetime(2026, 3, 2, 10, 0), None),
    ]
    assert table["_line"].to_pylist() == [5, 6]
    assert (pulled.reading.sheet, pulled.reading.title_lines) == ("Tổng hợp", 2)


def test_declared_title_lines_and_sheet(report: Path) -> None:
    assert pull(report, "xlsx", read={"title_lines": 2}).table.num_rows == 2
    assert pull(report, "xlsx", read={"sheet": "Khác"}).table.column_names == ["a", "b", "_line", "_fault"]


def test_a_missing_sheet_names_the_nearest(report: Path) -> None:
    with pytest.raises(SourceError, match=r"no sheet 'Tong hợp'; did you mean 'Tổng hợp'\?"):
        pull(report, "xlsx", read={"sheet": "Tong hợp"})


def test_a_missing_heading_is_refused(report: Path) -> None:
    with pytest.raises(SourceError, match="no heading 'Khách / Quôc tế'"):
        pull(report, "xlsx", columns={"Khách / Quôc tế": "foreign"})


@pytest.mark.parametrize("kind", ["xlsx", "parquet"])
def test_a_file_of_another_kind_says_so(tmp_path: Path, kind: str) -> None:
    with pytest.raises(SourceError, match="no readable"):
        pull(written(tmp_path, "a,b\n1,2\n"), kind)
