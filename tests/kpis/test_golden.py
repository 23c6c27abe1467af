"""The SQL a tile of every KPI runs, kept as text: a change of it is seen and read, never slipped in."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.calendar.comparison import named_period
from data.calendar.period import Grain
from data.catalogue import Kpi
from data.kpis.plan import Plan
from data.kpis.query import Compare, KpiQuery
from data.kpis.question import Question
from data.kpis.scope import EVERYTHING
from data.kpis.service import KpiService
from tests.kpis.delivered import NOW, hoian

GOLDEN = Path(__file__).parent / "golden"
KPIS = {kpi.code: kpi for kpi in hoian().kpis.values()}


def golden(service: KpiService, kpi: Kpi) -> str:
    """The statements of a KPI's tile, headed by what it means."""
    snapshot = service.reader.snapshot()
    asked = KpiQuery(
        kpi.id, named_period(kpi.period, NOW), Grain(kpi.grain), compare=Compare(kpi.compare), trend=kpi.trend
    )
    plan = Plan()
    for ask in Question(service.catalogue, snapshot.manifest, asked, NOW).asks:
        plan.add(ask)
    heading = [f"-- {kpi.code} {kpi.name.en}", f"-- {' '.join(kpi.definition.en.split())}"]
    trend = f"{kpi.trend} buckets of {kpi.grain}"
    heading.append(f"-- Tile: {kpi.period}, {trend}, compared with {kpi.compare}.")
    statements = [
        f"-- dataset {statement.dataset}\n" + _lines(statement.sql) + ";"
        for statement in plan.statements(snapshot.rows_sql, EVERYTHING)
    ]
    return "\n".join(heading) + "\n\n" + "\n\n".join(statements) + "\n"


def _lines(sql: str) -> str:
    broken = sql.replace(" UNION ALL ", "\nUNION ALL\n").replace(" GROUP BY ", "\nGROUP BY ")
    return "\n".join(line.rstrip() for line in broken.splitlines())


@pytest.mark.parametrize("code", KPIS)
def test_a_tile_runs_the_statement_that_was_read(
    november: KpiService, code: str, request: pytest.FixtureRequest
) -> None:
    path, text = GOLDEN / f"{code}.sql", golden(november, KPIS[code])
    if request.config.getoption("--refresh-golden"):
        path.write_text(text, encoding="utf-8")
    held = path.read_text(encoding="utf-8") if path.is_file() else ""
    assert text == held, "read the difference, then run pytest tests/kpis/test_golden.py --refresh-golden"


def test_every_golden_file_is_of_a_kpi() -> None:
    assert {path.stem for path in GOLDEN.glob("*.sql")} == set(KPIS)


def test_what_a_user_chose_is_never_in_the_text(november: KpiService) -> None:
    snapshot = november.reader.snapshot()
    asked = KpiQuery(
        "DVC-01", named_period("month", NOW), area="hoi_an_dong", by="field", filters=(("channel", ("o'nline",)),)
    )
    plan = Plan()
    for ask in Question(november.catalogue, snapshot.manifest, asked, NOW).asks:
        plan.add(ask)
    [statement] = plan.statements(snapshot.rows_sql, EVERYTHING)
    assert "hoi_an_dong" not in statement.sql
    assert "nline" not in statement.sql
    assert "hoi_an_dong" in statement.values
    assert ["o'nline"] in statement.values
