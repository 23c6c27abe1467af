"""Papers: opened by tools nobody here wrote, they hold the numbers, the words and the measures the state asks for."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

import docx
import openpyxl
import pdfplumber
import pptx
import pypdfium2
import pytest

from data.kpis.scope import EVERYTHING
from data.kpis.sight import Sight
from data.reports.draft import Draft
from data.reports.drafting import draft, edition, published
from data.reports.note import Note
from data.reports.period import parse
from layouts.documents.blocks import Annex, Heading, Paper, Paragraph, Picture, Table
from layouts.documents.pdf import pdf
from layouts.documents.sealed import sealed
from layouts.documents.slides import slides
from layouts.documents.word import word
from layouts.documents.workbook import workbook
from layouts.reports.address import address
from layouts.reports.annex import annex
from layouts.reports.deck import deck
from layouts.reports.rendering import Rendering
from layouts.reports.words import value
from tests.reports.conftest import HOME, laid, monthly, outlines

MM = 72 / 25.4
ROOT = Path(__file__).parents[2]
NUMBER = re.compile(r"\d[\d.,]*")


@pytest.fixture(scope="module")
def paper(november: Draft) -> Paper:
    return laid(november)


@pytest.fixture(scope="module")
def printed(paper: Paper) -> pdfplumber.PDF:
    return pdfplumber.open(io.BytesIO(pdf(paper)), pages=[1, 2, 3])


def words(page: object) -> dict[str, dict]:
    """The first place of every word of a page."""
    found: dict[str, dict] = {}
    for word_ in page.extract_words(extra_attrs=["fontname", "size"]):
        found.setdefault(word_["text"], word_)
    return found


def test_margins_and_letters_are_those_of_the_decree(printed: pdfplumber.PDF) -> None:
    for page in printed.pages:
        assert (round(page.width / MM), round(page.height / MM)) == (210, 297)
        body = [c for c in page.chars if 20 * MM < c["top"] < page.height - 22 * MM and c["text"].strip()]
        assert min(c["x0"] for c in body) >= 30 * MM - 0.5
        assert max(c["x1"] for c in body) <= page.width - 15 * MM + 0.5
        assert {c["fontname"].split("+")[1].split("-")[0] for c in page.chars} == {"Tinos"}


def test_the_letterhead_stands_where_it_should(printed: pdfplumber.PDF) -> None:
    first = printed.pages[0]
    lines = {line["text"]: line for line in first.extract_text_lines()}
    top = next(text for text in lines if "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text)
    assert top.startswith("UBND PHƯỜNG HỘI AN")
    found = words(first)
    assert found["CỘNG"]["x0"] > first.width / 2 - 25 * MM
    assert 12 <= found["CỘNG"]["size"] <= 13 and "Bold" in found["CỘNG"]["fontname"]
    assert 13 <= found["Độc"]["size"] <= 14 and "Bold" in found["Độc"]["fontname"]
    assert "Italic" in found["ngày"]["fontname"] and 13 <= found["ngày"]["size"] <= 14
    assert 13 <= found["CÁO"]["size"] <= 14 and "Bold" in found["CÁO"]["fontname"]
    motto = [c for c in first.chars if abs(c["top"] - found["Độc"]["top"]) < 1 and c["x0"] >= found["Độc"]["x0"] - 0.1]
    width = max(c["x1"] for c in motto) - min(c["x0"] for c in motto)
    rules = [line for line in first.lines if line["top"] < 60 * MM]
    assert any(abs(line["x1"] - line["x0"] - width) < 2 for line in rules)  # as long as the motto above it


def test_a_page_has_its_number_in_the_middle_of_the_top_from_the_second_on(printed: pdfplumber.PDF) -> None:
    for place, page in enumerate(printed.pages, 1):
        top = page.crop((0, 0, page.width, 18 * MM)).extract_words(extra_attrs=["size"])
        assert [word_["text"] for word_ in top] == ([] if place == 1 else [str(place)])
        for word_ in top:
            assert abs((word_["x0"] + word_["x1"]) / 2 - (page.width + 15 * MM) / 2) < 2
            assert 13 <= word_["size"] <= 14


def test_text_can_be_copied_out_whole_with_its_diacritics(paper: Paper) -> None:
    book = pypdfium2.PdfDocument(pdf(paper))
    said = re.sub(r"\s+", "", "".join(page.get_textpage().get_text_range() for page in book))
    book.close()
    for block in paper.blocks:
        texts = [block.text] if isinstance(block, Paragraph | Heading) else []
        texts += [block.caption] if isinstance(block, Table | Picture) else []
        for text in texts:
            assert re.sub(r"\s+", "", text)[:40] in said


def test_a_figure_has_words_for_who_cannot_see_it(paper: Paper, printed: pdfplumber.PDF) -> None:
    assert len([block for block in paper.blocks if isinstance(block, Picture)]) >= 6
    assert all(block.alt for block in paper.blocks if isinstance(block, Picture))
    assert printed.doc.catalog["MarkInfo"]["Marked"]
    assert printed.doc.catalog["Lang"].startswith(b"vi")


def test_numbers_in_sentences_are_numbers_of_the_answers(november: Draft, paper: Paper) -> None:
    told = {b.slot.rsplit(".", 1)[-1]: b.text for b in paper.blocks if isinstance(b, Paragraph) and "DVC-03" in b.slot}
    assert value(november.of("DVC-03"), "vi") == "66,7%"
    assert "66,7%" in told["DVC-03"] and "chưa đạt kế hoạch 98%" in told["DVC-03"]


def test_a_table_shows_what_the_service_says(november: Draft, paper: Paper) -> None:
    rows = {row[1]: row for block in paper.blocks if isinstance(block, Table) for row in block.rows if len(row) == 9}
    row = rows["Hồ sơ trả đúng hạn"]
    assert row[2:6] == ("%", "66,7", "98,0", "−31,3\u00a0điểm")
    assert row[8] == "Chưa đạt"
    assert rows["Công suất phòng"][8] == "Thiếu số liệu" and rows["Công suất phòng"][3].startswith("–")


def test_word_goes_on_from_where_we_stopped(paper: Paper) -> None:
    book = docx.Document(io.BytesIO(word(paper)))
    page = book.sections[0]
    assert [round(m.mm) for m in (page.left_margin, page.right_margin, page.top_margin)] == [30, 15, 20]
    heads = [p.text for p in book.paragraphs if p.style.name.startswith("Heading")]
    told = [block for block in paper.blocks if isinstance(block, Heading | Annex)]
    assert heads == [block.text if isinstance(block, Heading) else block.title for block in told]
    tables = [block for block in paper.blocks if isinstance(block, Table)]
    drawn = [t for t in book.tables if t.style.name == "Table Grid"]
    for block, table in zip(tables, drawn, strict=True):
        cells = [tuple(cell.text for cell in row.cells) for row in table.rows]
        assert cells == [tuple(column.head for column in block.columns), *block.rows]
    captions = [p.text for p in book.paragraphs if p.style.name == "Caption"]
    assert len(captions) == len(tables) + sum(isinstance(block, Picture) for block in paper.blocks)
    assert book.core_properties.identifier == paper.id


def test_the_workbook_has_the_same_numbers(november: Draft) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(annex(november, "x"))))
    assert book.sheetnames[:2] == ["Số liệu", "Biểu đồ"] and "Lịch sử sửa" in book.sheetnames
    rows = [[cell.value for cell in row] for row in book["Số liệu"].iter_rows(min_row=2)]
    wholes = {row[0]: row[5] for row in reversed(rows) if row[3] is None and not row[4]}
    assert wholes["DVC-03"] == pytest.approx(200 / 3)
    assert "01/11/2026 – 30/11/2026" in {row[2] for row in rows if row[0] == "DVC-03"}
    assert all(isinstance(row[3], datetime) for row in rows if row[3] is not None)
    assert not book["Số liệu"].merged_cells.ranges and book["Số liệu"].freeze_panes == "A2"
    assert len(book["Biểu đồ"]._charts) >= 1


def test_a_slide_holds_one_number_and_a_chart_that_can_be_edited(november: Draft) -> None:
    show = pptx.Presentation(io.BytesIO(slides(deck(november))))
    pages = {page.shapes.title.text: page for page in show.slides}
    assert len(pages) == len(november.edition.report.kpis) + 1
    page = pages["Hồ sơ trả đúng hạn"]
    assert "66,7%" in [shape.text_frame.text for shape in page.shapes if shape.has_text_frame]
    chart = next(shape.chart for shape in page.shapes if shape.has_chart)
    points = november.of("DVC-03").points
    drawn = [number for number in chart.plots[0].series[0].values if number is not None]
    assert drawn == pytest.approx([p.value.number * 100 for p in points if p.value.number is not None])


def test_staff_words_stand_where_they_were_written(sight: Sight) -> None:
    blocks = laid(monthly(sight, edits={"opening": "Lời của cán bộ: 5 < 6 & #không phải lệnh"})).blocks
    assert blocks[0] == Paragraph("Lời của cán bộ: 5 < 6 & #không phải lệnh", "opening", edited=True)


def test_any_text_is_text(sight: Sight) -> None:
    odd = "#set page(width: 1pt) $x$ *a* _b_ \\ </svg> {DL-02} 漢字 \U0001f600"
    content = pdf(laid(monthly(sight, edits={"opening": odd})))
    with pdfplumber.open(io.BytesIO(content)) as book:
        assert "#set page(width: 1pt) $x$ *a* _b_ \\ </svg> {DL-02} \ufffd\ufffd \ufffd" in book.pages[0].extract_text()


def test_a_report_of_a_ward_names_it_and_asks_for_it(sight: Sight) -> None:
    meant = edition(sight.catalogue, "monthly", parse("2026-11", "month"), "hoi_an", "vi")
    made = draft(sight, meant)
    assert laid(made).subject.endswith("tháng 11 năm 2026, Phường Hội An")
    assert {query.area for query in made.answers} == {"hoi_an"}
    assert "area=hoi_an" in address(made)


def test_what_people_wrote_stands_once_under_the_table_of_its_section(sight: Sight, november: Draft) -> None:
    visits = sight.catalogue.kpi("DL-02")
    told = (date(2026, 11, 13), date(2026, 11, 16), "hoi_an", "Lũ, phố cổ đóng cửa", "Lan", datetime(2026, 11, 17, 9))
    blocks = laid(replace(november, notes=(Note(visits.id, *told),))).blocks
    [place] = [n for n, block in enumerate(blocks) if isinstance(block, Paragraph) and block.text == "Ghi chú:"]
    assert blocks[place + 1] == Paragraph(
        f"- 13/11–16/11/2026, {visits.name.vi}, Phường Hội An: Lũ, phố cổ đóng cửa (Lan, 17/11/2026)"
    )
    headings = [n for n, block in enumerate(blocks) if isinstance(block, Heading) and block.level == 1]
    assert place + 2 == headings[1], "at the end of the first section that has it, though others have it too"
    assert not any(isinstance(block, Paragraph) and "Ghi chú" in block.text for block in laid(november).blocks)


def test_english_is_whole(sight: Sight) -> None:
    made = laid(monthly(sight, "en"))
    assert made.letterhead.place == "Hội An, 1 December 2026"
    assert made.subject == "City operations and tourism, November 2026"
    text = " ".join(block.text for block in made.blocks if isinstance(block, Paragraph))
    assert "66.7%" in text and "short of the plan of 98%" in text


def test_the_same_draft_gives_the_same_bytes_elsewhere(sight: Sight, tmp_path: Path) -> None:
    kinds = ("pdf", "docx", "xlsx", "pptx", "csv", "parquet")
    away = os.environ | {
        "TZ": "America/St_Johns", "LC_ALL": "C", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "7",
        "LANTERN_STORE": str(sight.reader.store), "LANTERN_STATE": f"sqlite:///{tmp_path}/state.db",
        "LANTERN_ADDRESS": HOME,
    }  # fmt: skip
    asked = ["report", "weekly", "--period", "2026-W47", "--format", ",".join(kinds), "--out", str(tmp_path)]
    done = subprocess.run([sys.executable, "app.py", *asked], cwd=ROOT, env=away, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    meant = edition(sight.catalogue, "weekly", parse("2026-W47", "week"), None, "vi")
    made = draft(published(sight.service, EVERYTHING), meant)
    for kind in kinds:
        here = Rendering(made, outlines(made), address(made, HOME)).file(kind)
        assert (tmp_path / f"{made.id}.{kind}").read_bytes() == here, kind


def test_a_packed_file_does_not_say_when_it_was_packed() -> None:
    out = io.BytesIO()
    with ZipFile(out, "w") as target:
        target.writestr("a", b"1")
    with ZipFile(io.BytesIO(sealed(out.getvalue(), datetime(2026, 12, 1)))) as found:
        assert [(e.filename, e.date_time) for e in found.infolist()] == [("a", (1980, 1, 1, 0, 0, 0))]


def test_a_web_worker_brings_no_library_of_documents() -> None:
    heavy = ("typst", "docx", "pptx", "segno", "lxml", "xlsxwriter", "pypdfium2")
    told = f"import app, sys; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
