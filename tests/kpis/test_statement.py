"""The statement as it is shown: run by hand, with the values that stand below it, it gives the number that is shown."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from data.calendar.period import Period
from data.kpis.plan import Statement
from data.kpis.query import Compare, KpiQuery
from data.kpis.scope import Scope
from data.kpis.service import KpiService
from data.kpis.statement import said, written
from tests.kpis.november import at

NOVEMBER = Period(at(1), at(24, 19, 42))
VALUE = re.compile(r"^-- \$(\d+) = (.*)$", re.M)


def ran(service: KpiService, text: str) -> list[tuple]:
    """What the engine answers to a text that somebody copied, its values put in place."""
    values = dict(VALUE.findall(text))
    sql = re.sub(r"\$(\d+)", lambda found: values[found[1]], VALUE.sub("", text))
    return service.reader.snapshot().cursor().execute(sql).fetchall()


@pytest.mark.parametrize(
    "more", [{}, {"area": "hoi_an", "joined": ("hoi_an_dong",)}, {"filters": (("field", ("land",)),)}]
)
def test_what_is_shown_is_what_was_run(november: KpiService, more: dict) -> None:
    query = KpiQuery("DVC-01", NOVEMBER, **more)
    shown = november.sql(query)
    counted = sum(cell for branch, _, part, cell, *_ in ran(november, shown) if branch == 0 and part is None)
    assert counted == november.ask([query])[0].value.number > 0
    assert november.sql(query) == shown, "the same question is the same text"


def test_everything_that_is_compared_is_in_it(november: KpiService) -> None:
    plain, held = (november.sql(KpiQuery("DVC-01", NOVEMBER, compare=kind)) for kind in (Compare.NONE, Compare.YEAR))
    assert "TIMESTAMP '2025-11-01 00:00:00'" in held
    assert "2025" not in plain


def test_files_are_named_from_the_store(november: KpiService) -> None:
    """Of rows that have no key the lake is read, wherever it lies on the machine."""
    text = november.sql(KpiQuery("DVC-01", NOVEMBER)) + november.sql(KpiQuery("DL-02", NOVEMBER))
    assert str(november.reader.store) not in text


def test_who_sees_a_part_is_shown_none(november: KpiService) -> None:
    assert november.sql(KpiQuery("DVC-01", NOVEMBER), Scope(areas=frozenset({"hoi_an"}), small=True)) == ""
    assert november.sql(KpiQuery("DVC-01", NOVEMBER), Scope(small=True)) != ""
    with pytest.raises(KeyError):
        november.sql(KpiQuery("DVC-01", NOVEMBER), Scope(datasets=frozenset({"visit"})))


def test_values_are_written_as_the_engine_reads_them() -> None:
    moment = datetime(2026, 11, 1)
    assert [said(value) for value in (None, True, 3, 1.5, "o'nline", ["a", "b"], moment)] == [
        "NULL", "TRUE", "3", "1.5", "'o''nline'", "['a', 'b']", "TIMESTAMP '2026-11-01 00:00:00'"]  # fmt: skip


def test_what_is_quoted_is_never_broken() -> None:
    text = written([Statement("x", (), "SELECT 1 WHERE a = 'this AND that' AND \"b OR c\" = 2", ())])
    assert "'this AND that'\n  AND \"b OR c\" = 2;" in text
