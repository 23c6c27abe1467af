"""The two readers of cells agree on every text, or DuckDB declines."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from data.sources.cells import native, plain

TEXT = st.text(alphabet='ab1é 中,;"\n\r\t', max_size=6)
LOOSE = st.text(alphabet='a1 ,"\n\r', max_size=40)


def rendered(table: list[list[str]], end: str) -> str:
    """The table as RFC 4180 writes it."""
    return "".join(",".join(map(quoted, row)) + end for row in table)


def quoted(cell: str) -> str:
    doubled = cell.replace('"', '""')
    return f'"{doubled}"' if any(sign in cell for sign in ',"\n\r') else cell


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(TEXT, min_size=3, max_size=3), min_size=1, max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_written_tables_are_read_alike(table: list[list[str]], end: str) -> None:
    text = rendered(table, end)
    expected = plain(text, 3, ",", 5)
    read = native(text.encode(), 3, ",", 5)
    assert [list(row.values())[:3] for row in expected.to_pylist()] == [
        [cell or None for cell in row] for row in table if any(row)
    ]
    if read is not None:
        assert read.combine_chunks().equals(expected.combine_chunks())


@settings(max_examples=150, deadline=None)
@given(LOOSE)
@example('a, "b",c\n')
@example('a,"b" ,c\n')
@example('a, "",c\n')
@example('a, """b""",c\n')
@example('"",""  ,1\n')
@example('a,b"1,c\n')
def test_any_text_is_read_alike_or_declined(text: str) -> None:
    read = native(text.encode(), 3, ",", 1)
    if read is not None:
        assert read.combine_chunks().equals(plain(text, 3, ",", 1).combine_chunks())


def test_ordinary_records_are_not_declined() -> None:
    text = 'a,"b, ""c""",\r\n1,"x\r\ny",2\r\n'
    read = native(text.encode(), 3, ",", 2)
    assert read is not None
    assert read.to_pydict() == {
        "c0": ["a", "1"],
        "c1": ['b, "c"', "x\r\ny"],
        "c2": [None, "2"],
        "_line": [2, 3],
        "_fault": [None, None],
    }


def test_ragged_records_are_declined() -> None:
    assert native(b"a,b,c\n1,2\n", 3, ",", 1) is None
