"""Verification: a figure that today's definitions answer differently is flagged, and what was issued stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from data.alerts.events import Events
from data.kpis.sight import Sight
from data.reports.draft import Draft
from data.reports.orders import Orders
from data.reports.papers import Papers
from data.reports.timetable import Timetable
from data.reports.verification import deviations, verify, version
from tests.state.fresh import fresh

NOW = datetime(2026, 12, 2, 9, 0)


@pytest.fixture
def papers(tmp_path: Path, november: Draft) -> Iterator[Papers]:
    state = fresh(tmp_path / "state.db")
    made = Papers(state, tmp_path / "archive")
    record = made.draft(november, "lan", NOW)
    made.check(record.id, "hoa", NOW)
    made.issue(record.id, november, {"pdf": b"%PDF one"}, "minh", NOW)
    yield made
    state.close()


def test_nothing_deviates_while_nothing_has_changed(papers: Papers, sight: Sight) -> None:
    assert papers.unverified(version(sight.catalogue))
    ((record, found),) = verify(sight, papers, NOW)
    assert found == [] and papers.paper(record.id).deviations == ()
    assert not papers.unverified(version(sight.catalogue))


def test_a_figure_that_is_another_now_is_flagged_and_the_file_is_served_as_it_was(papers: Papers, sight: Sight) -> None:
    (record,) = papers.issued()
    figures = papers.figures(record.id)
    changed = figures | {"DVC-03": [0.5, "present"], "GONE-1": [1.0, "present"], "DL-02": [None, "missing"]}
    expected = {"DVC-03", "GONE-1"} | ({"DL-02"} if figures["DL-02"][1] != "missing" else set())
    assert set(deviations(changed, figures)) == expected
    papers.verified(record.id, "another version", sorted(expected), NOW)
    held = papers.paper(record.id)
    assert set(held.deviations) == expected
    assert papers.content(held, "pdf") == b"%PDF one"


def test_another_definition_is_another_version_and_is_verified_once(papers: Papers, sight: Sight) -> None:
    events = Events(papers.state)
    before = Timetable(sight.catalogue, Orders(papers.state), events, papers)
    assert list(before.look(NOW)) == [f"verify/{version(sight.catalogue)}"]
    assert list(before.look(NOW)) == []
    tuple(verify(sight, papers, NOW))
    kpi = next(iter(sight.catalogue.kpis.values()))
    longer = kpi.model_copy(update={"decimals": kpi.decimals + 1})
    changed = replace(sight.catalogue, kpis=sight.catalogue.kpis | {kpi.id: longer})
    assert version(changed) != version(sight.catalogue)
    after = Timetable(changed, Orders(papers.state), events, papers)
    assert list(after.look(NOW)) == [f"verify/{version(changed)}"]
