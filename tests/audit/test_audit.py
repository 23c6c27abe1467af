"""The audit trail: it is only added to, and any later change is found where it was made."""

from __future__ import annotations

import multiprocessing
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.audit import Audit
from data.audit.audit import Search
from data.state import State
from data.state.tables import ENTRIES
from tests.effort import examples
from tests.state.fresh import fresh

NOW = datetime(2026, 11, 24, 8)
COLUMNS = ("at", "who", "address", "act", "subject", "outcome", "detail", "previous", "digest")
LENGTH = 6


@pytest.fixture
def audit(tmp_path):
    state = fresh(tmp_path / "state.db")
    yield Audit(state)
    state.close()


def fill(audit: Audit, count: int = LENGTH) -> None:
    for n in range(count):
        audit.add(NOW + timedelta(minutes=n), f"user{n % 2}", "10.0.0.7", "export", f"/kpi/DL-0{n}.xlsx", rows=n)


def loosen(audit: Audit) -> None:
    """What somebody with the file in their hands would do first."""
    with audit.state.writing() as connection:
        for name in ("entries_no_update", "entries_no_delete"):
            connection.execute(sa.text(f"DROP TRIGGER IF EXISTS {name}"))


def test_an_empty_trail_holds(audit):
    assert audit.verify() is None


def test_what_was_added_holds_and_is_found_newest_first(audit):
    fill(audit)
    assert audit.verify() is None
    entries, total = audit.page(Search(), limit=2)
    assert (total, [entry.subject for entry in entries]) == (6, ["/kpi/DL-05.xlsx", "/kpi/DL-04.xlsx"])
    assert entries[0].details == {"rows": 5}


def test_a_search_narrows_by_all_that_is_given(audit):
    fill(audit)
    audit.add(NOW, "user1", "10.0.0.7", "sign_in", outcome="refused", waits=2)
    assert audit.page(Search(who="user1", act="export"))[1] == 3
    assert audit.page(Search(since=NOW + timedelta(minutes=4), until=NOW + timedelta(minutes=5)))[1] == 1
    assert audit.page(Search(text="DL-03"))[1] == 1
    assert audit.page(Search(text='"waits":2'))[1] == 1
    assert audit.page(Search(text="%"))[1] == 0, "a sign of the language of searches stands for itself"


@pytest.mark.parametrize("statement", ["UPDATE entries SET who = 'x'", "DELETE FROM entries WHERE number = 3"])
def test_the_database_itself_refuses_to_change_an_entry(audit, statement):
    fill(audit)
    with pytest.raises(sa.exc.DatabaseError, match="only ever added to"), audit.state.writing() as connection:
        connection.execute(sa.text(statement))
    assert audit.verify() is None


@settings(max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.integers(1, LENGTH), column=st.sampled_from(COLUMNS), text=st.text("abc019 /", min_size=1, max_size=8))
def test_any_change_of_any_entry_is_found_where_it_was_made(tmp_path_factory, number, column, text):
    state = fresh(tmp_path_factory.mktemp("audit") / "state.db")
    trail = Audit(state)
    fill(trail)
    loosen(trail)
    value = NOW - timedelta(days=len(text)) if column == "at" else f"x{text}"
    with state.writing() as connection:
        connection.execute(ENTRIES.update().where(ENTRIES.c.number == number).values(**{column: value}))
    found = trail.verify()
    state.close()
    assert found is not None
    assert found.number == number


@pytest.mark.parametrize("number", range(1, LENGTH + 1))
def test_an_entry_that_is_gone_is_missed_the_last_one_too(audit, number):
    fill(audit)
    loosen(audit)
    with audit.state.writing() as connection:
        connection.execute(ENTRIES.delete().where(ENTRIES.c.number == number))
    assert (audit.verify().number, "missing" in audit.verify().why) == (number, True)


def test_a_trail_emptied_but_for_its_head_is_missed(audit):
    fill(audit)
    loosen(audit)
    with audit.state.writing() as connection:
        connection.execute(ENTRIES.delete())
    assert audit.verify().number == 1


def test_secrets_and_unknown_acts_are_not_written(audit):
    with pytest.raises(ValueError, match="new_password does not belong"):
        audit.add(NOW, "lan", "", "password_reset", "lan", new_password="x")
    with pytest.raises(ValueError, match="no act"):
        audit.add(NOW, "lan", "", "dance")
    assert audit.page(Search())[1] == 0


def test_the_trail_is_handed_over_whole_oldest_first(audit, monkeypatch):
    monkeypatch.setattr("data.audit.audit.AT_ONCE", 4)
    fill(audit, 10)
    assert [entry.number for entry in audit.all()] == list(range(1, 11))
    assert [entry.number for entry in audit.all(Search(who="user0"))] == [1, 3, 5, 7, 9]


def _add(url: str, who: str) -> None:
    trail = Audit(State.open(url))
    for n in range(25):
        trail.add(NOW, who, "", "load", str(n))


def test_two_processes_that_write_at_once_make_one_chain(audit):
    context = multiprocessing.get_context("spawn")
    url = str(audit.state.engine.url)
    both = [context.Process(target=_add, args=(url, who)) for who in ("a", "b")]
    for process in both:
        process.start()
    for process in both:
        process.join(60)
    assert audit.page(Search())[1] == 50
    assert audit.verify() is None
