"""CSV as it is really written: encodings, delimiters, titles, quotes, ragged rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.sources import SourceError
from data.sources.delimited import Delimited
from tests.sources.drop import pull, rows, source, whole, written

STATEMENT = "Phường;Số lượt\nHội An;12\nHội An Đông;7\nTân Hiệp;3\n"


@pytest.mark.parametrize(
    ("encoding", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16-le"), ("utf-16-le", "utf-16-le")],
)
def test_unicode_is_detected(tmp_path: Path, encoding: str, found: str) -> None:
    pulled = pull(written(tmp_path, STATEMENT, encoding))
    assert pulled.reading.encoding == found
    assert pulled.table.column_names == ["Phường", "Số lượt", "_line", "_fault"]
    assert rows(pulled) == [("Hội An", "12"), ("Hội An Đông", "7"), ("Tân Hiệp", "3")]


def test_vietnamese_code_page_is_detected_and_composed(tmp_path: Path) -> None:
    raw = "Phường;Số\nHô\u0323i An;1\n".encode("cp1258", errors="ignore")
    raw = raw.replace("Phường".encode("cp1258", errors="ignore"), b"Ph\xfd\xf5\xccng").replace(b"S\xf4", b"S\xf4\xec")
    pulled = pull(written(tmp_path, raw))
    assert pulled.reading.encoding == "cp1258"
    assert pulled.table.column_names[0] == "Phường"
    assert rows(pulled) == [("Hội An", "1")]


def test_latin_1_is_not_taken_for_vietnamese(tmp_path: Path) -> None:
    pulled = pull(written(tmp_path, "Rue;N\nCôte-Sainte-Catherine;1\nBrébeuf;2\n", "latin-1"))
    assert pulled.reading.encoding == "latin-1"
    assert rows(pulled)[1] == ("Brébeuf", "2")


def test_latin_1_far_below_an_ascii_head_is_found(tmp_path: Path) -> None:
    text = "a,b\n" + "x,1\n" * 300_000 + "Brébeuf,2\n"
    pulled = pull(written(tmp_path, text, "latin-1"))
    assert pulled.table.num_rows == 300_001
    assert pulled.table["a"][-1].as_py() == "Brébeuf"


def test_bytes_that_are_not_the_declared_encoding_are_named_with_their_line(tmp_path: Path) -> None:
    path = written(tmp_path, "a,b\nx,1\nBrébeuf,2\n", "latin-1")
    with pytest.raises(SourceError, match=r"f\.csv:3: byte 0xe9 is not utf-8; declare read\.encoding"):
        pull(path, read={"encoding": "utf-8"})


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_inferred(tmp_path: Path, delimiter: str) -> None:
    text = "\n".join(delimiter.join(row) for row in [("a", "b", "c"), ("1", "x y", ""), ("2", "z", "k")])
    pulled = pull(written(tmp_path, text))
    assert pulled.reading.delimiter == delimiter
    assert rows(pulled) == [("1", "x y", None), ("2", "z", "k")]


def test_titles_above_the_heading_are_skipped(tmp_path: Path) -> None:
    text = "UBND phường\r\nBáo cáo tháng 3,,,\r\n\r\nngày,mã,số,ghi chú\r\n1/3/2026,a,1,\r\n2/3/2026,b,2,c\r\n"
    pulled = pull(written(tmp_path, text))
    assert pulled.reading.title_lines == 3
    assert rows(pulled) == [("1/3/2026", "a", "1", None), ("2/3/2026", "b", "2", "c")]
    assert pulled.table["_line"].to_pylist() == [5, 6]


def test_mapped_headings_find_the_heading_line(tmp_path: Path) -> None:
    text = "Mã,Kỳ,Đơn vị\nA,3,VP\nid,at,note\n1,2026-03-01,x\n"
    pulled = pull(written(tmp_path, text), columns={"id": "id", "at": "at"})
    assert pulled.reading.title_lines == 2
    assert rows(pulled) == [("1", "2026-03-01", "x")]


def test_heading_in_decomposed_accents_keeps_the_spelling_of_the_source(tmp_path: Path) -> None:
    pulled = pull(written(tmp_path, "Ho\u0302\u0323 ,n\nx,1\n"), columns={"Hộ": "household"})
    assert pulled.table.column_names[:2] == ["Hộ", "n"]


def test_cells_with_line_breaks_keep_line_numbers_right(tmp_path: Path) -> None:
    text = 'a,b\n1,"x\ny\nz"\n\n2,"said ""no"""\n3,k\n'
    pulled = pull(written(tmp_path, text))
    assert rows(pulled) == [("1", "x\ny\nz"), ("2", 'said "no"'), ("3", "k")]
    assert pulled.table["_line"].to_pylist() == [2, 6, 7]


def test_ragged_rows_are_kept_and_say_what_was_expected(tmp_path: Path) -> None:
    pulled = pull(written(tmp_path, "a,b,c\n1,2,3\n4,5\n6,7,8,9\n1,2,3,\n5,6,7\n"))
    assert pulled.table["_fault"].to_pylist() == [
        None,
        "expected 3 cells, found 2",
        "expected 3 cells, found 4",
        None,
        None,
    ]
    assert rows(pulled)[1:3] == [("4", "5", None), ("6", "7", "8")]


def test_rows_and_columns_without_content_are_left_out(tmp_path: Path) -> None:
    pulled = pull(written(tmp_path, "a;b;;\n1;2;;\n;;;\n3;;;\n;;;\n\n"))
    assert pulled.table.column_names == ["a", "b", "_line", "_fault"]
    assert rows(pulled) == [("1", "2"), ("3", None)]


def test_a_column_without_heading_is_called_by_its_place(tmp_path: Path) -> None:
    assert pull(written(tmp_path, ",b,c\nx,1,2\n")).table.column_names[0] == "column 1"


def test_a_heading_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"f\.csv:1: heading 'a' stands twice; give every column its own"):
        pull(written(tmp_path, "a,b,a\n1,2,3\n"))


def test_a_missing_heading_names_expected_found_and_nearest(tmp_path: Path) -> None:
    path = written(tmp_path, "created,closd,agency\n1,2,3\n")
    with pytest.raises(SourceError) as caught:
        pull(path, columns={"created": "created_at", "closed": "closed_at"})
    message = str(caught.value)
    assert "no heading 'closed'; expected created, closed; found created, closd, agency" in message
    assert "for 'closed' did you mean 'closd'?" in message


def test_an_empty_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="holds no heading"):
        pull(written(tmp_path, "\n\n"))


def test_an_unknown_encoding_says_which_to_use(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no encoding 'utf-99'; use utf-8"):
        pull(written(tmp_path, "a\n1\n"), read={"encoding": "utf-99"})


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "utf-16"])
def test_segments_do_not_change_the_table(tmp_path: Path, encoding: str) -> None:
    text = "a,b\n" + "".join(f'{i},"é {i}\nzweite"\n' for i in range(200))
    path = written(tmp_path, text, encoding)
    described = source(path.name, read={"encoding": encoding})
    in_one = Delimited().pull(described, whole(path)).table
    in_many = Delimited(native_from=0, segment=301).pull(described, whole(path)).table
    assert in_many.num_rows == 200
    assert in_many.combine_chunks().equals(in_one.combine_chunks())
