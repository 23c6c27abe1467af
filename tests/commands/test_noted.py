"""What the loading process loads is in the audit trail, and a trail that is not there stops no load."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from commands.loading import noted
from data.audit import Audit
from data.audit.audit import Search
from tests.state.fresh import fresh

NOW = datetime(2026, 11, 24, 9, 0)
LOADS = [
    SimpleNamespace(source=name, load=number, loaded=10, quarantined=1)
    for number, name in enumerate(("rain", "air"), 7)
]


@pytest.fixture
def trail(tmp_path):
    state = fresh(tmp_path / "state.db")
    yield Audit(state)
    state.close()


def test_a_load_is_an_entry(trail):
    noted(trail, LOADS, NOW)
    (entry,), total = trail.page(Search(act="load"))
    assert (total, entry.who, entry.subject) == (1, "clock", "air, rain")
    assert entry.details == {"loads": [7, 8], "rows": 20, "aside": 2}


def test_a_trail_that_cannot_be_written_is_told_and_stops_nothing(trail, caplog):
    with trail.state.writing() as connection:
        connection.execute(sa.text("DROP TABLE heads"))
    noted(trail, LOADS, NOW)
    assert "air, rain" in caplog.text
    assert trail.page(Search())[1] == 0
