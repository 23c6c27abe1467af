"""A yearly report of few months: marked in table, sentence and files, as the board and the analysis mark it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from dash import html

from data.calendar.period import Grain
from data.kpis.query import KpiQuery
from data.kpis.result import KpiResult
from data.kpis.scope import EVERYTHING
from data.kpis.sight import Sight
from data.reports.drafting import draft, edition
from data.reports.period import parse
from layouts.comparison import change_line
from layouts.documents.blocks import Paper, Paragraph, Table
from layouts.documents.workbook import figures
from layouts.html import render
from layouts.reports.annex import annex
from tests.kpis.delivered import city
from tests.kpis.test_whole import NEW_YEAR, ROWS
from tests.reports.conftest import laid

GUESTS = "Khách lưu trú trong năm"


@pytest.fixture(scope="module")
def sight(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sight]:
    held, writer = city(tmp_path_factory.mktemp("partial"), ROWS, NEW_YEAR)
    yield Sight(held, EVERYTHING)
    writer.close()


def scorecard(sight: Sight, year: str) -> Paper:
    return laid(draft(sight, edition(sight.catalogue, "yearly", parse(year, "year"), None, "vi")))


def guests(paper: Paper) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """The line of overnight guests, the notes below its table, and the sentences of it."""
    tables = [block for block in paper.blocks if isinstance(block, Table)]
    found = next((table, row) for table in tables for row in table.rows if row[1] == GUESTS)
    told = next(block.text for block in paper.blocks if isinstance(block, Paragraph) and "DL-42" in block.slot)
    return found[1], found[0].notes, told


def test_a_sum_of_two_months_is_none_of_a_year(sight: Sight) -> None:
    row, notes, told = guests(scorecard(sight, "2026"))
    mark = row[3].removeprefix("220")
    assert mark and f"{mark} Số liệu đủ 16,7%; đơn vị cung cấp: Thống kê cơ sở." in notes
    assert told.endswith("Lưu ý: số liệu đủ 16,7%; đơn vị cung cấp: Thống kê cơ sở.")


def test_a_year_is_held_against_two_months_only_with_a_word(sight: Sight) -> None:
    row, notes, told = guests(scorecard(sight, "2025"))
    assert row[3] == "1.200", "it is whole"
    [mark] = {cell.removeprefix("170") for cell in row if cell.startswith("170")}
    assert mark and f"{mark} Số liệu cùng kỳ đủ 16,7%." in notes
    assert "(170\u00a0lượt; số liệu kỳ đó đủ 16,7%)" in told


def test_figures_of_which_the_same_is_said_share_a_mark(sight: Sight) -> None:
    tables = [block for block in scorecard(sight, "2026").blocks if isinstance(block, Table)]
    rows = next(table for table in tables for row in table.rows if row[1] == GUESTS)
    nights = next(row for row in rows.rows if row[1] == "Ngày khách trong năm")
    guests_ = next(row for row in rows.rows if row[1] == GUESTS)
    assert nights[3] == f"440{guests_[3].removeprefix('220')}" and len(set(rows.notes)) == len(rows.notes)


def test_a_flood_peak_that_nobody_published_is_no_zero(sight: Sight) -> None:
    """Other figures of the year were published."""
    row = next(row for block in scorecard(sight, "2025").blocks if isinstance(block, Table) for row in block.rows
               if row[1] == "Đỉnh lũ trong năm tại Hội An")  # fmt: skip
    assert row[3].startswith("–") and "0,00" not in row


def test_files_and_tiles_say_the_same(sight: Sight) -> None:
    made = draft(sight, edition(sight.catalogue, "yearly", parse("2025", "year"), None, "vi"))
    [line] = [row for row in figures(annex(made, "x")) if row[0] == "DL-42" and row[3] is None and not row[4]]
    assert line[5:8] == (1200, "lượt", "kỳ so sánh đủ 16,7%")
    result: KpiResult = made.of("DL-42")
    assert "kỳ đó có 16,7% số liệu" in render(html.P(change_line(result, "vi")))
    asked = KpiQuery("DL-42", result.query.period, Grain.MONTH, compare=result.query.compare)
    assert sight.ask([asked])[0].comparison.complete == pytest.approx(2 / 12)
