"""Odd input: a report of four hundred areas, of any letters, of nothing at all is a paper, in every format."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import docx
import pptx
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from data.catalogue.text import Text
from data.kpis.query import KpiQuery
from data.kpis.result import KpiResult
from data.kpis.sight import Sight
from data.reports.draft import Draft, asked
from data.reports.drafting import draft, edition
from data.reports.period import parse
from layouts.documents import typesetter
from layouts.documents.blocks import Paper, Table
from layouts.documents.letters import UNKNOWN, legible
from layouts.documents.pdf import pdf
from layouts.documents.slides import slides
from layouts.documents.typesetter import TypesetError, typeset
from layouts.documents.word import word
from layouts.reports.deck import deck
from layouts.reports.rendering import Rendering, kinds
from tests.reports.conftest import HOME, laid, monthly, outlines

ODD = "\x00\x0b\ufffe =1+1 <b>&amp;</b> đ\u0323\u0302 \u202ertl ﷽ 𝕏 👩‍👩‍👧 \n\t#x $y$"
MANY = 400


def wide(made: Draft, name: str, label: str = "Khu {}") -> Draft:
    """A draft whose KPI is told of four hundred areas."""
    query = asked(made.edition, made.kpis[name], "area")
    held = made.answers[query]
    part = held.parts[0]
    parts = tuple(replace(part, key=f"a{n}", label=Text(vi=label.format(n), en=label.format(n))) for n in range(MANY))
    answers: dict[KpiQuery, KpiResult] = {**made.answers, query: replace(held, parts=parts)}
    return replace(made, answers=answers)


@given(st.text())
def test_whatever_is_written_can_be_parsed_again(text: str) -> None:
    root = etree.Element("a")
    root.text = legible(text)
    assert len(legible(text)) == len(text)
    assert all(a == b or b == UNKNOWN for a, b in zip(text, legible(text), strict=True))


def test_any_letters_in_words_and_names_are_a_paper_in_every_format(sight: Sight) -> None:
    made = wide(monthly(sight, edits={"opening": ODD, "closing": ODD * 50}), "DVC-32", ODD + "{}")
    rendering = Rendering(made, outlines(made), HOME)
    for kind in kinds(made, rendering.outlines):
        assert rendering.file(kind), kind
    words = "".join(paragraph.text for paragraph in docx.Document(io.BytesIO(rendering.file("docx"))).paragraphs)
    assert "<b>&amp;</b>" in words and "=1+1" in words and "\x00" not in words


def test_four_hundred_areas_are_told_by_their_largest_and_the_rest_is_counted(sight: Sight) -> None:
    made = wide(monthly(sight), "DVC-02")
    paper = laid(made)
    table = next(block for block in paper.blocks if isinstance(block, Table) and "theo địa bàn" in block.caption)
    assert len(table.rows) < 20
    assert pdf(paper).startswith(b"%PDF")
    assert Rendering(made, outlines(made), HOME).file("gpkg")


def test_a_table_of_many_pages_repeats_its_head_and_loses_no_row(november: Draft) -> None:
    paper = laid(november)
    table = next(block for block in paper.blocks if isinstance(block, Table))
    rows = tuple(tuple(f"r{n}c{place}" for place in range(len(table.columns))) for n in range(MANY))
    long: Paper = replace(paper, blocks=(replace(table, rows=rows, notes=()),))
    book = pypdfium2.PdfDocument(pdf(long))
    pages = [page.get_textpage().get_text_range() for page in book]
    book.close()
    words = "".join("".join(pages).split())
    assert all(f"r{n}c1" in words for n in range(MANY)) and len(pages) > 5
    assert all(table.columns[0].head in text for text in pages)
    grids = docx.Document(io.BytesIO(word(long))).tables
    assert MANY + 1 in [len(grid.rows) for grid in grids]


def test_a_period_nobody_delivered_is_a_paper_that_says_so(sight: Sight) -> None:
    made = draft(sight, edition(sight.catalogue, "monthly", parse("2024-02", "month"), None, "vi"))
    paper = laid(made)
    assert pdf(paper).startswith(b"%PDF") and word(paper)
    assert pptx.Presentation(io.BytesIO(slides(deck(made))))
    lacking = [block for block in paper.blocks if isinstance(block, Table)][-1]
    assert len(lacking.rows) >= 30


def test_a_template_that_is_gone_or_wrong_is_said_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typesetter, "FOLDER", tmp_path)
    with pytest.raises(TypesetError, match=r"paper.typ cannot be set: .*take csv or xlsx meanwhile"):
        typeset("paper.typ", {})
    (tmp_path / "paper.typ").write_text("#let a =", encoding="utf-8")
    with pytest.raises(TypesetError, match=r"paper.typ cannot be set: expected expression"):
        typeset("paper.typ", {})


def test_without_outlines_there_is_no_map_and_no_mistake(november: Draft) -> None:
    bare = Rendering(november, None, HOME)
    assert not {"gpkg", "geojson"} & set(kinds(november, None))
    assert bare.file("pdf").startswith(b"%PDF")
