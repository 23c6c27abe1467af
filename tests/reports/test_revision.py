"""Revisions: a list of papers says which of them the data has moved under since they were issued."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from data.kpis.scope import EVERYTHING
from data.kpis.sight import Sight
from data.reports.changes import changes
from data.reports.papers import Papers
from data.reports.revision import revisions
from tests.kpis.delivered import city, deliver
from tests.kpis.november import VISITORS
from tests.reports.conftest import MORNING, monthly
from tests.state.fresh import fresh

MONTHS = {"november": VISITORS[0], "december": {**VISITORS[0], "at": datetime(2026, 12, 1, 7, 0)}}


def test_a_paper_is_flagged_by_what_came_or_went_of_its_period_and_by_nothing_else(tmp_path: Path) -> None:
    service, writer = city(tmp_path, {"visitors": VISITORS}, MORNING)
    sight, state = Sight(service, EVERYTHING), fresh(tmp_path / "state.db")
    papers, made = Papers(state, tmp_path / "archive"), monthly(Sight(service, EVERYTHING))
    record = papers.draft(made, "lan", MORNING)
    papers.check(record.id, "hoa", MORNING)
    papers.issue(record.id, made, {"csv": b"x"}, "minh", MORNING)
    under_way = papers.draft(monthly(sight, "en"), "lan", MORNING)
    told = [papers.paper(record.id), under_way]
    assert revisions(sight, told) == {}
    deliver(tmp_path, writer, {"visitors": [MONTHS["december"]]}, "2")
    assert revisions(sight, told) == {}
    deliver(tmp_path, writer, {"visitors": [MONTHS["november"]]}, "3")
    assert revisions(sight, told) == {record.id: 1}
    assert {one.then.kpi.code for one in changes(sight, made)} >= {"DL-02"}
    late = max(writer.loads)
    writer.undo(late)
    assert revisions(sight, told) == {}
    writer.undo(min(writer.loads))
    assert revisions(sight, told) == {record.id: 1}
    state.close()
    writer.close()
