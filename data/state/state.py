"""The state database: opened, brought to this version, read and written in transactions."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError

MIGRATIONS = Path(__file__).parent / "migrations"
PATIENCE = 10_000  # ms a writer waits for another


class StateError(Exception):
    """A state database that cannot be used; the message has the remedy."""


class State:
    """Transactions on the state. Safe to share between threads; processes may share the database.

    ``reading`` and ``writing`` yield a connection whose work is one transaction: all of it is kept, or none. A
    writer is alone from its first statement on, so what it reads is still so when it writes.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    @classmethod
    def open(cls, url: str) -> State:
        """The state at a database URL (``sqlite:///var/state.db``), migrated to this version.

        StateError for one that a newer version has written, or that is no database.
        """
        address = sa.make_url(url)
        if address.get_backend_name() == "sqlite" and address.database not in (None, "", ":memory:"):
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        engine = sa.create_engine(address)
        if engine.dialect.name == "sqlite":
            sa.event.listen(engine, "connect", _prepare)
        sa.event.listen(engine, "begin", _begin)
        state = cls(engine)
        try:
            state.migrate("head")
        except sa.exc.DatabaseError as error:
            engine.dispose()
            raise StateError(
                f"{address.render_as_string()}: {error.orig}; restore a backup, or name another"
            ) from error
        return state

    def migrate(self, revision: str) -> None:
        """Bring the schema to a revision, "head" or an older one; nothing is changed when that fails."""
        with self.writing() as connection:
            here = self.revision(connection)
            known = [script.revision for script in _scripts().walk_revisions()]
            if here is not None and here not in known:
                raise StateError(
                    f"the state is of a newer version of Lantern (revision {here}): run that version, "
                    "or restore a backup made with this one"
                )
            try:
                up = revision == "head" or here is None or known.index(revision) < known.index(here)
                if here != (known[0] if revision == "head" else revision):
                    _run(connection, revision, up)
            except (CommandError, ValueError) as error:
                raise StateError(f"there is no revision '{revision}': it is one of {', '.join(known)}") from error

    def revision(self, connection: sa.Connection) -> str | None:
        """The revision a database is at, None for an empty one."""
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()

    def readable(self) -> bool:
        """Whether the database answers."""
        try:
            with self.reading() as connection:
                self.revision(connection)
        except (sa.exc.SQLAlchemyError, StateError):
            return False
        return True

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """One transaction that only reads; StateError when the database does not answer."""
        try:
            with self.engine.connect() as connection, connection.begin():
                yield connection
        except sa.exc.OperationalError as error:
            raise StateError(f"the state cannot be read: {error.orig}; look at its disk") from error

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """One transaction that may write: kept when the block ends, undone when it raises.

        StateError when the database does not take it: a full disk, a file that is gone, a writer that does not end.
        """
        try:
            with self.engine.connect().execution_options(writes=True) as connection, connection.begin():
                yield connection
        except sa.exc.OperationalError as error:
            raise StateError(f"the state cannot be written: {error.orig}; look at its disk") from error

    def copy(self, target: Path) -> None:
        """Write a consistent copy of a SQLite state, while it is used; StateError for another database."""
        if self.engine.dialect.name != "sqlite":
            raise StateError("the state is not in a SQLite file: back it up with the tools of its database")
        raw = self.engine.raw_connection()
        try:
            with closing(sqlite3.connect(target)) as copy:
                raw.driver_connection.backup(copy)
        finally:
            raw.close()

    @staticmethod
    def put(source: Path, target: Path) -> Path | None:
        """Put a copy in place of a state nobody has open; where the one before lies now, if there was one."""
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = None
        if target.exists():
            number = 1
            while (aside := target.with_name(f"{target.name}.before-{number}")).exists():
                number += 1
            with closing(sqlite3.connect(target)) as held:  # what waits in its log belongs to it
                held.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            target.replace(aside)
            for log in ("-wal", "-shm"):
                target.with_name(target.name + log).unlink(missing_ok=True)
        fresh = target.with_name(f".{target.name}.restoring")
        shutil.copyfile(source, fresh)
        fresh.replace(target)
        return aside

    def close(self) -> None:
        """Release every connection."""
        self.engine.dispose()


@cache
def _scripts() -> ScriptDirectory:
    """The steps from version to version, read once in a process; the newest first."""
    return ScriptDirectory(str(MIGRATIONS))


def _run(connection: sa.Connection, revision: str, up: bool) -> None:
    def steps(here: Any, context: MigrationContext) -> Any:
        return (_scripts()._upgrade_revs if up else _scripts()._downgrade_revs)(revision, here)

    with EnvironmentContext(Config(), _scripts(), fn=steps, destination_rev=revision) as environment:
        environment.configure(connection=connection)
        environment.run_migrations()


def _prepare(connection: Any, record: object) -> None:
    """A SQLite connection: transactions are ours to begin, readers never wait, what is kept is on the disk."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    if connection.dialect.name == "sqlite":
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
