"""The state: whole transactions or none, two writers at once, migrations up and down, a newer one refused."""

from __future__ import annotations

import multiprocessing
import os
import signal

import pytest
import sqlalchemy as sa

from data.state import State, StateError
from data.state.tables import ATTEMPTS, METADATA

AT = "2026-11-24 08:00:00"
ADD = "INSERT INTO attempts VALUES (:key, 1, :at)"


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'deep' / 'state.db'}"


@pytest.fixture
def state(url):
    opened = State.open(url)
    yield opened
    opened.close()


def keys(state: State) -> set[str]:
    with state.reading() as connection:
        return set(connection.execute(sa.select(ATTEMPTS.c.key)).scalars())


def add(connection: sa.Connection, key: str) -> None:
    connection.execute(sa.text(ADD), {"key": key, "at": AT})


def test_what_a_block_wrote_is_kept_when_it_ends(state, url):
    with state.writing() as connection:
        add(connection, "a")
    state.close()
    assert keys(State.open(url)) == {"a"}


def test_a_block_that_raises_wrote_nothing(state):
    with pytest.raises(ZeroDivisionError), state.writing() as connection:
        add(connection, "a")
        1 / 0  # noqa: B018
    assert keys(state) == set()


def test_a_reader_does_not_wait_for_a_writer_and_sees_what_was(state):
    with state.writing() as connection:
        add(connection, "a")
        assert keys(state) == set()
    assert keys(state) == {"a"}


def test_the_tables_migrated_to_are_those_the_code_knows(state):
    inspector = sa.inspect(state.engine)
    for table in METADATA.sorted_tables:
        held = {column["name"]: column["nullable"] for column in inspector.get_columns(table.name)}
        assert held == {column.name: column.nullable for column in table.columns}, table.name
    assert set(inspector.get_table_names()) == {*METADATA.tables, "alembic_version"}


def test_migrations_go_up_and_down_and_keep_what_both_know(state):
    with state.writing() as connection:
        add(connection, "a")
    state.migrate("0001")
    assert "entries" not in sa.inspect(state.engine).get_table_names()
    assert keys(state) == {"a"}
    state.migrate("head")
    assert "entries" in sa.inspect(state.engine).get_table_names()
    assert keys(state) == {"a"}


def test_a_database_of_a_newer_version_is_refused_and_left_alone(state, url):
    with state.writing() as connection:
        add(connection, "a")
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    state.close()
    with pytest.raises(StateError, match=r"newer version of Lantern \(revision 9999\): run that version"):
        State.open(url)


def test_a_file_that_is_no_database_is_refused_with_a_remedy(tmp_path):
    (tmp_path / "state.db").write_text("not a database, but long enough to be taken for one" * 40)
    with pytest.raises(StateError, match="restore a backup"):
        State.open(f"sqlite:///{tmp_path / 'state.db'}")


def test_a_revision_there_is_none_of_is_refused(state):
    with pytest.raises(StateError, match="there is no revision '0042'"):
        state.migrate("0042")


def _count(url: str, times: int) -> None:
    state = State.open(url)
    for _ in range(times):
        with state.writing() as connection:
            held = connection.execute(sa.text("SELECT failures FROM attempts WHERE key = 'n'")).scalar_one()
            connection.execute(sa.text("UPDATE attempts SET failures = :n WHERE key = 'n'"), {"n": held + 1})


def test_two_processes_that_read_and_write_lose_no_step(state, url):
    with state.writing() as connection:
        add(connection, "n")
    context = multiprocessing.get_context("spawn")
    both = [context.Process(target=_count, args=(url, 40)) for _ in range(2)]
    for process in both:
        process.start()
    for process in both:
        process.join(60)
    with state.reading() as connection:
        assert connection.execute(sa.text("SELECT failures FROM attempts")).scalar_one() == 1 + 2 * 40


def _die(url: str) -> None:
    state = State.open(url)
    with state.writing() as connection:
        add(connection, "kept")
    with state.writing() as connection:
        add(connection, "half")
        os.kill(os.getpid(), signal.SIGKILL)


def test_a_process_killed_in_the_middle_leaves_what_it_had_finished(state, url):
    process = multiprocessing.get_context("spawn").Process(target=_die, args=(url,))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert keys(state) == {"kept"}
    with state.writing() as connection:
        add(connection, "next")
    assert keys(state) == {"kept", "next"}
