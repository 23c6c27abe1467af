"""A draft takes what is delivered in groups that memory can hold, and the answer does not depend on them."""

from __future__ import annotations

import pytest

from data.store import draft
from data.store.intake import Intake
from tests.store.town import contents


@pytest.mark.parametrize(("room", "most"), [(1, 1), (10**9, 12)])
def test_files_are_checked_together_as_far_as_their_tables_fit(town, monkeypatch, room, most):
    groups: list[int] = []
    check = Intake.check

    def watched(self, source, group, event_times):
        groups.append(len(group))
        return check(self, source, group, event_times)

    monkeypatch.setattr(draft, "CHUNK_BYTES", room)
    monkeypatch.setattr(Intake, "check", watched)
    for day in range(1, 13):
        town.put(f"visit_{day}.csv", f"2026-01-{day:02},east,5", f"2026-01-{day:02},west,7")
    assert len(town.tick()) == 12
    assert (max(groups), sum(groups)) == (most, 12)
    assert town.rows("SELECT sum(rows) FROM rollup_visit") == [(24,)]


def test_the_size_of_a_group_is_what_it_takes_in_memory_not_on_the_disk(town, monkeypatch):
    groups: list[list[int]] = []
    check = Intake.check

    def watched(self, source, group, event_times):
        groups.append([pulled.table.nbytes for _, _, pulled in group])
        return check(self, source, group, event_times)

    monkeypatch.setattr(draft, "CHUNK_BYTES", 2000)
    monkeypatch.setattr(Intake, "check", watched)
    for number in range(8):
        town.put(f"visit_{number}.csv", *["2026-01-05,east,5"] * 40)
    town.tick()
    assert len(groups) > 1
    assert all(sum(sizes[:-1]) <= 2000 for sizes in groups)
    assert contents(town.writer.connection, town.writer.shapes)["rollup_visit"]
