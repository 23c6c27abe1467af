"""Sieves over the rows of a November: what passes is counted by hand, and no number moves."""

from __future__ import annotations

from datetime import date

import pytest

from data.kpis.query import KpiQuery
from data.kpis.rows import RowPage
from data.kpis.scope import EVERYTHING, Scope
from data.kpis.service import KpiService
from data.kpis.sieve import Sieve, folded
from tests.kpis.test_listing import RECEIVED, column

HOSTILE = ("'; DROP TABLE x; --", "%", "_", "\\", '"', "đ" * 60)


def passed(service: KpiService, *sieves: Sieve, scope: Scope = EVERYTHING) -> list[object]:
    page: RowPage = service.rows(RECEIVED, scope, "dossier_id", sieves=sieves)
    assert page.total == len(page.rows)
    return column(page, "dossier_id")


@pytest.mark.parametrize(
    ("sieve", "rows"),
    [
        (Sieve("dossier_id", "D3"), ["d3"]),
        (Sieve("field", "dat dai"), ["d3"]),  # what the value is called, without its marks
        (Sieve("field", "Land"), ["d3"]),  # in either language
        (Sieve("channel", "truc tuyen"), ["d1", "d3", "d7"]),
        (Sieve("channel", "online-x"), []),
        (Sieve("area", "Tây"), ["d6"]),  # the name that stands beside the code
        (Sieve("area", "dong ward"), ["d4"]),
        (Sieve("area", "20401"), ["d6"]),
        (Sieve("area", "Phường Hội An Tây 20401"), ["d6"]),
        (Sieve("has_fee", "1"), ["d1", "d2", "d8"]),
        (Sieve("received_at", low=date(2026, 11, 20)), ["d6", "d7", "d8"]),
        (Sieve("received_at", low=date(2026, 11, 10), high=date(2026, 11, 20)), ["d4", "d6"]),
        (Sieve("score", low=4.0), ["d1"]),
        (Sieve("score", low=3.0, high=3.0), ["d2"]),
        (Sieve("processing_days", high=4.0), ["d1"]),
    ],
)
def test_what_passes_is_what_a_reader_counts(november: KpiService, sieve: Sieve, rows: list[str]) -> None:
    assert passed(november, sieve) == rows


def test_all_sieves_hold_at_once(november: KpiService) -> None:
    assert passed(november, Sieve("channel", "online"), Sieve("received_at", high=date(2026, 11, 5))) == ["d1", "d3"]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_was_typed_is_text(november: KpiService, text: str) -> None:
    assert passed(november, Sieve("dossier_id", text)) == []


def test_what_may_not_be_seen_may_not_be_searched(november: KpiService) -> None:
    """An applicant's name is not shown: nobody learns by trying letters whose dossier it is."""
    assert len(passed(november, Sieve("applicant", "A"))) == 7


def test_a_stream_lets_the_same_rows_through_and_no_number_moves(november: KpiService) -> None:
    sieve = Sieve("channel", "online")
    columns, batches = november.stream(RECEIVED, sieves=[sieve])
    place = [one.name for one in columns].index("dossier_id")
    assert sorted(v for batch in batches for v in batch.column(place).to_pylist()) == ["d1", "d3", "d7"]
    assert november.ask([KpiQuery("DVC-01", RECEIVED.period)])[0].value.number == 7


def test_a_scope_holds_before_a_sieve(november: KpiService) -> None:
    ward = Scope(areas=frozenset({"hoi_an_dong"}), small=True)
    assert passed(november, Sieve("dossier_id", "d"), scope=ward) == ["d4"]
    assert passed(november, Sieve("dossier_id", "d3"), scope=ward) == []


def test_marks_and_capitals_do_not_count() -> None:
    assert folded("  Đất ĐAI ") == folded("đất đai") == "dat dai"
