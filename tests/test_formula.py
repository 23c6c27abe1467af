"""Formulas in files that a spreadsheet opens."""

from __future__ import annotations

import pytest

from data.formula import disarmed


@pytest.mark.parametrize("cell", ["=1+1", "+84905", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", '=HYPERLINK("x")'])
def test_what_a_spreadsheet_would_compute_is_text_behind_an_apostrophe(cell):
    assert disarmed(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["Hội An", "", "1=1", " =1", 12, -3.5, None])
def test_everything_else_stays_as_it_is(cell):
    assert disarmed(cell) == cell
