"""One column from several cells: a day and a time, or a day in parts; and labels written once a block."""

from __future__ import annotations

from datetime import datetime

import pyarrow as pa
import pytest

from data.catalogue import Reading
from data.sources.blocks import filled
from tests.store.test_contract import check, connection  # noqa: F401

PARTS = {"id": "1"}


@pytest.mark.parametrize(
    ("cells", "dates", "moment"),
    [
        (["10/03/2004", "18.00.00"], "dmy", datetime(2004, 3, 10, 18)),
        (["10/03/2004", "18:30"], "mdy", datetime(2004, 10, 3, 18, 30)),
        (["2004-03-10", "6:30 PM"], "ymd", datetime(2004, 3, 10, 18, 30)),
        (["2015", "July", "1"], "ymd", datetime(2015, 7, 1)),
        (["2015", "7", "31"], "dmy", datetime(2015, 7, 31)),
        (["31", "7", "2015"], "dmy", datetime(2015, 7, 31)),
        (["7", "31", "2015", "08:00"], "mdy", datetime(2015, 7, 31, 8)),
        (["Jan", "2020"], "ymd", datetime(2020, 1, 1)),
        (["12", "2020"], "dmy", datetime(2020, 12, 1)),
        (["March quarter 1998"], "dmy", datetime(1998, 3, 1)),
    ],
)
def test_a_moment_in_parts(connection, cells, dates, moment):  # noqa: F811
    row = PARTS | {f"part {n}": cell for n, cell in enumerate(cells)}
    columns = {"id": "id"}
    join = {"at": [f"part {n}" for n in range(len(cells))]}
    good, bad = check(connection, [row], reading=Reading(dates=dates), columns=columns, join=join)
    assert ([row["at"] for row in good], bad) == ([moment], [])


@pytest.mark.parametrize(
    ("cells", "value", "reason"),
    [(["10/03/2004", None], "10/03/2004 ?", "unreadable"), ([None, "18:00"], "? 18:00", "unreadable"),
     ([None, ""], None, "missing"), (["10/03/2004", "25:00"], "10/03/2004 25:00", "unreadable")],
)  # fmt: skip
def test_a_missing_part_is_never_guessed(connection, cells, value, reason):  # noqa: F811
    row = PARTS | {"day": cells[0], "time": cells[1]}
    source = {"columns": {"id": "id"}, "join": {"at": ["day", "time"]}}
    good, bad = check(connection, [row], reading=Reading(dates="dmy"), **source)
    assert (good, [(r["name"], r["value"], r["reason"]) for r in bad]) == ([], [("at", value, reason)])


def test_a_heading_may_be_joined_and_a_column_of_its_own(connection):  # noqa: F811
    row = PARTS | {"day": "10/03/2004", "time": "18:00"}
    source = {"columns": {"id": "id", "day": "until"}, "join": {"at": ["day", "time"]}}
    good, _ = check(connection, [row], reading=Reading(dates="dmy"), **source)
    assert (good[0]["until"], good[0]["at"]) == (datetime(2004, 3, 10), datetime(2004, 3, 10, 18))


def test_labels_are_filled_down_over_pieces_of_a_table():
    pieces = [pa.table({"label": ["a", None], "n": [1, 2]}), pa.table({"label": [None, "b"], "n": [None, 4]})]
    table = filled(pa.concat_tables(pieces), ["label", "not there"])
    assert table.to_pydict() == {"label": ["a", "a", "a", "b"], "n": [1, 2, None, 4]}


def test_nothing_above_leaves_the_first_cells_empty():
    assert filled(pa.table({"label": pa.array([None, "a", None])}), ["label"])["label"].to_pylist() == [None, "a", "a"]


@pytest.mark.parametrize(
    ("text", "moment"),
    [("2026-03-10 6:30 PM", datetime(2026, 3, 10, 18, 30)), ("2026-03-10 06:30 BST", None),
     ("2026-03-10 06:30 +", None), ("2026-03-10 06:30:00+00", datetime(2026, 3, 10, 13, 30))],
)  # fmt: skip
def test_a_word_after_a_moment_is_read_or_refused(connection, text, moment):  # noqa: F811
    good, bad = check(connection, [PARTS | {"at": text}], reading=Reading(dates="ymd"))
    assert [row["at"] for row in good] == ([moment] if moment else [])
    assert len(bad) == (moment is None)
