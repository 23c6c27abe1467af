"""The catalogue shows every KPI once, and hides what an address does not ask for."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.kpis.result import Freshness
from layouts.html import render
from layouts.indicators import Choice, folded, indicators
from tests.layouts import answers

REPORTS = answers.result()
LAMPS = answers.result(
    kpi=answers.kpi(
        id="infrastructure.lit", code="HT-07", domain="infrastructure",
        name={"vi": "Đèn chiếu sáng hoạt động", "en": "Street lamps working"},
        owner={"vi": "Đơn vị quản lý chiếu sáng", "en": "Lighting operator"},
    ),
    freshness=Freshness.LOST,
)  # fmt: skip


def shown(address: str, language: str = "vi") -> list[str]:
    """Codes of the rows a reader sees."""
    markup = render(indicators([REPORTS, LAMPS], Choice.of(dict(parse_qsl(address))), language))
    rows = re.findall(r"<tr ([^>]*)><td class=\"ix-code\">([^<]+)", markup)
    assert {code for _, code in rows} == {"DVC-11", "HT-07"}
    return [code for attributes, code in rows if " hidden" not in f" {attributes}"]


@pytest.mark.parametrize(
    ("address", "codes"),
    [
        ("", ["DVC-11", "HT-07"]),
        ("q=den+chieu+sang", ["HT-07"]),
        ("q=ĐÈN", ["HT-07"]),
        ("q=ht-07", ["HT-07"]),
        ("q=street+lamps", ["HT-07"]),
        ("q=overdue", ["DVC-11"]),
        ("q=tong+dai+den", []),
        ("domain=egov", ["DVC-11"]),
        ("domain=nowhere", []),
        ("owner=Đơn vị quản lý chiếu sáng", ["HT-07"]),
        ("state=stale", ["HT-07"]),
        ("q=den&domain=egov", []),
        ("other=1", ["DVC-11", "HT-07"]),
    ],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_address_chooses(address: str, codes: list[str], language: str) -> None:
    assert shown(address, language) == codes


def test_when_nothing_is_left_it_says_what_was_asked() -> None:
    markup = render(indicators([REPORTS, LAMPS], Choice.of({"q": "<b>xe"}), "vi"))
    assert '<q data-asked="">&lt;b&gt;xe</q>' in markup
    assert 'value="&lt;b&gt;xe"' in markup
    assert re.search(r'class="ix-nothing"[^>]* hidden', markup) is None


@given(st.text(alphabet="aâăđêôơưẩẫậỗợựAÂĐỞ bc", max_size=40))
def test_folding_ends_and_looks_past_capitals(text: str) -> None:
    assert folded(folded(text)) == folded(text) == folded(text.upper())
    assert folded(text).isascii()


def test_vietnamese_folds_to_plain_letters() -> None:
    assert folded("Đúng hạn, ưỡn ẹo, Ỷ Lan") == "dung han, uon eo, y lan"
