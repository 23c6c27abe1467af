"""What the values themselves say about decimals, dates and nulls."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.catalogue.source import Reading
from data.sources import infer


def read(*values: str | None, **declared: object) -> Reading:
    return infer(pa.table({"c": pa.array(values, pa.string())}), Reading(**declared))


@pytest.mark.parametrize(
    ("values", "mark"),
    [
        (["2,6", "13,6"], ","),
        (["2.6", "13.6"], "."),
        (["1.234,5"], ","),
        (["1,234.5"], "."),
        (["0,757", "1,204"], ","),
        (["1,234", "5,678"], "."),
        (["12", "13"], "."),
        (["18.00.00", "19.00.00"], "."),
        (["a,5"], "."),
    ],
)
def test_decimal_mark(values: list[str], mark: str) -> None:
    assert read(*values).decimal == mark


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (["13/02/2026", "01/02/2026"], "dmy"),
        (["02/13/2026 01:20:00 PM"], "mdy"),
        (["2026-02-13"], "ymd"),
        (["01/02/2026"], "dmy"),
        (["13.2.26"], "dmy"),
        ([], "dmy"),
    ],
)
def test_order_of_dates(values: list[str], order: str) -> None:
    assert read(*values).dates == order


def test_iso_dates_beside_others_do_not_decide() -> None:
    table = pa.table({"a": ["1/12/2023"], "b": ["2023-12-01T15:40:00+08:00"]})
    assert infer(table, Reading()).dates == "dmy"


def test_declared_is_not_questioned() -> None:
    found = read("13/02/2026", "2,5", "NA", dates="mdy", decimal=".", nulls=("x",))
    assert (found.dates, found.decimal, found.nulls) == ("mdy", ".", ("x",))


@pytest.mark.parametrize(
    ("values", "nulls"),
    [
        (["1", "NA", "ND", "2"], ("NA", "ND")),
        (["None", "Christmas Day"], ()),
        (["1.5", "-999999", "2"], ("-999999",)),
        (["-999", "-250", "-300"], ()),
        (["-200", "5"], ()),
        (["01/02/2026", "-"], ("-",)),
    ],
)
def test_null_tokens_stand_in_columns_of_values(values: list[str], nulls: tuple[str, ...]) -> None:
    assert read(*values).nulls == nulls


@given(st.lists(st.dates(date(1900, 1, 1)), min_size=1), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]))
def test_the_order_found_reads_every_date_back(days: list[date], form: str) -> None:
    shown = [day.strftime(form) for day in days]
    order = read(*shown).dates
    if any(day.day > 12 for day in days):
        assert order == ("dmy" if form.startswith("%d") else "mdy")
    else:
        assert order == "dmy"
