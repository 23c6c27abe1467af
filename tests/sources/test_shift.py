"""Shifted columns are refused with what was expected; bad cells alone never are."""

from __future__ import annotations

import csv
import io

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.sources.delivery import FAULT, LINE
from data.sources.shift import shifted
from tests.kpis.by_hand import ROWS
from tests.kpis.delivered import _text, city, hoian

CITY = hoian()
SOURCE, DATASET = CITY.sources["dossiers"], CITY.datasets["dossier"]
HEADINGS = list(SOURCE.columns)
GOOD = [[_text(SOURCE, row.get(column)) for column in SOURCE.columns.values()] for row in ROWS["dossiers"]]


def table(rows: list[list[str]], headings: list[str] = HEADINGS) -> pa.Table:
    """Rows as a connector hands them over."""
    columns = {name: [row[place] or None for row in rows] for place, name in enumerate(headings)}
    numbers = {LINE: list(range(2, len(rows) + 2)), FAULT: pa.nulls(len(rows), pa.string())}
    return pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()} | numbers)


def test_a_good_file_is_taken() -> None:
    assert len(GOOD) >= 5
    assert shifted(SOURCE, DATASET, table(GOOD), "f.csv") is None


@pytest.mark.parametrize("places", [1, 2, -1, -2])
def test_rows_that_moved_are_refused_with_what_was_expected(places: int) -> None:
    moved = [row[places:] + [""] * places if places > 0 else [""] * -places + row[:places] for row in GOOD]
    refused = shifted(SOURCE, DATASET, table(moved), "f.csv")
    assert refused is not None
    assert str(refused).startswith("f.csv:2: the columns are shifted")
    assert "expected Mã hồ sơ, Ngày tiếp nhận" in str(refused)
    assert f"{abs(places)} to the {'left' if places > 0 else 'right'}" in str(refused)


def test_rows_with_a_cell_more_than_the_heading_are_refused_together() -> None:
    rows = table(GOOD)
    rows = rows.set_column(rows.column_names.index(FAULT), FAULT, pa.array(["15 cells, not 16"] * len(GOOD)))
    assert "nearly every row" in str(shifted(SOURCE, DATASET, rows, "f.csv"))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_bad_cells_in_two_columns_are_never_taken_for_a_shift(data: st.DataObject) -> None:
    spoilt = data.draw(st.lists(st.integers(0, len(HEADINGS) - 1), min_size=1, max_size=2))
    bad = st.sampled_from(["", "?", "n/a", "31/02/2026", "-1", "abc", "20410"])
    rows = [[data.draw(bad) if place in spoilt else cell for place, cell in enumerate(row)] for row in GOOD]
    assert shifted(SOURCE, DATASET, table(rows), "f.csv") is None


def test_what_was_loaded_before_is_still_there(tmp_path) -> None:
    service, writer = city(tmp_path, {"dossiers": ROWS["dossiers"]})
    before = writer.manifest
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerows([HEADINGS, *(["", *row[:-1]] for row in GOOD)])
    path = tmp_path / "drop" / SOURCE.path.replace("*", "2")
    path.write_bytes(("\ufeff" + out.getvalue()).encode())
    from data.sources import Discovery
    from tests.kpis.delivered import SETTLED

    found = Discovery(SOURCE, tmp_path / "drop").deliveries(writer.cursors(SOURCE.id), SETTLED)
    assert writer.load([(SOURCE, found)]) == []
    assert writer.manifest.files == before.files
    assert "shifted" in writer.manifest.sources[SOURCE.id].error
    writer.close()
    assert service.ask([]) == []
