"""Backups: what was there comes back whole, and what is not whole does not come back at all."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from commands import run
from data.accounts import Accounts
from data.alerts.log import Log, watched_since
from data.catalogue import load
from data.state import State
from data.store import manifest
from data.store.backup import digest
from data.store.lease import Lease
from tests.catalogue import pack
from tests.state.fresh import fresh
from tests.store.town import Town, catalogue, contents


class City:
    """A town with one load and one user, and the command line over it."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys
        self.town = Town(folder / "town", load(folder / "pack"))
        for name, value in (("CITY", folder / "pack"), ("STORE", self.town.store), ("DROP", self.town.drop)):
            monkeypatch.setenv(f"LANTERN_{name}", str(value))
        monkeypatch.setenv("LANTERN_STATE", f"sqlite:///{folder / 'state.db'}")
        self.archive = folder / "reports"
        monkeypatch.setenv("LANTERN_ARCHIVE", str(self.archive))

    def __call__(self, *arguments: str) -> tuple[int, str]:
        code = run(arguments)
        said = self.capsys.readouterr()
        return code, said.out + said.err

    def load(self, name: str, *rows: str) -> None:
        self.town.put(name, *rows)
        self.town.tick()

    def users(self) -> str:
        return self("user", "list")[1]


def lan(state: State) -> None:
    Accounts(state).add("lan", "Lan", ["admin"], datetime(2026, 11, 24, 8, 0))


@pytest.fixture(scope="module")
def begun(tmp_path_factory) -> Path:
    """The folder of the town, from which each test has a copy."""
    folder = tmp_path_factory.mktemp("begun")
    town = Town(folder / "town", catalogue(folder / "pack"))
    town.put("visit_1.csv", "2026-01-05,east,5", "2026-01-06,east,oops")
    town.tick()
    town.writer.close()
    fresh(folder / "state.db", lan).close()
    return folder


@pytest.fixture
def city(begun, tmp_path, monkeypatch, capsys):
    shutil.copytree(begun, tmp_path, dirs_exist_ok=True)
    made = City(tmp_path, monkeypatch, capsys)
    yield made
    made.town.writer.close()


@pytest.fixture
def taken(city, tmp_path) -> Path:
    """A backup, after which the city went on."""
    target = tmp_path / "kept"
    Log(city.town.store).watch(datetime(2026, 1, 7, 8))
    assert city("backup", str(target))[0] == 0
    city.load("visit_2.csv", "2026-02-05,west,9")
    city("user", "add", "minh", "--role", "admin", "--no-password")
    return target


def test_what_was_there_comes_back_and_what_came_after_is_put_aside(city, taken):
    before = manifest.current_number(city.town.store)
    code, said = city("restore", str(taken), "--replace")
    assert code == 0, said
    assert manifest.current_number(city.town.store) < before
    assert "lan" in city.users() and "minh" not in city.users()
    assert watched_since(city.town.store) == datetime(2026, 1, 7, 8)
    again = Town(city.folder / "again", city.town.catalogue)
    shutil.rmtree(again.store)
    shutil.copytree(city.town.store, again.store)
    assert manifest.current_number(Path(f"{city.town.store}.before-1")) == before
    assert "minh" in _users(city.folder / "state.db.before-1")
    assert "restore" in city("audit", "list")[1]
    assert city("audit", "verify")[0] == 0


def test_what_was_issued_comes_back_and_is_refused_when_it_was_changed(city, tmp_path):
    city.archive.mkdir()
    (city.archive / "monthly-2026-10.pdf").write_bytes(b"%PDF issued")
    (city.archive / "orders").mkdir()
    (city.archive / "orders" / "draft.pdf").write_bytes(b"%PDF to look at")
    kept = tmp_path / "kept"
    assert city("backup", str(kept))[0] == 0
    assert [path.name for path in (kept / "reports").iterdir()] == ["monthly-2026-10.pdf"]
    (city.archive / "weekly-2026-W48.pdf").write_bytes(b"%PDF later")
    assert "--replace" in city("restore", str(kept))[1]
    code, said = city("restore", str(kept), "--replace")
    assert code == 0, said
    assert {path.name: path.read_bytes() for path in city.archive.iterdir()} == {"monthly-2026-10.pdf": b"%PDF issued"}
    assert (tmp_path / "reports.before-1" / "weekly-2026-W48.pdf").is_file() and "reports.before-1" in said
    (kept / "reports" / "monthly-2026-10.pdf").write_bytes(b"%PDF forged")
    code, said = city("restore", str(kept), "--replace")
    assert code == 1 and "not as it was written" in said


def _users(path: Path) -> set[str]:
    state = State.open(f"sqlite:///{path}")
    with state.reading() as connection:
        found = set(connection.execute(sa.text("SELECT name FROM users")).scalars())
    state.close()
    return found


def test_a_restored_store_answers_as_the_one_that_was_copied(city, tmp_path):
    wanted = contents(city.town.writer.connection, city.town.writer.shapes)
    quarantined = city.town.writer.loads[1].quarantine
    city("backup", str(tmp_path / "kept"))
    city.town.writer.close()
    shutil.rmtree(city.town.store)
    (tmp_path / "state.db").unlink()
    code, said = city("restore", str(tmp_path / "kept"))
    assert code == 0, said
    city.town = Town(tmp_path / "town", city.town.catalogue)
    assert contents(city.town.writer.connection, city.town.writer.shapes) == wanted
    assert (city.town.store / quarantined).is_file()
    assert city.town.tick() == [], "the file was loaded before the backup and is not loaded again"


@pytest.mark.parametrize("hurt", ["changed", "missing", "unfinished", "newer", "newer state"])
def test_a_backup_that_is_not_whole_is_refused_and_changes_nothing(city, taken, hurt):
    before, users = manifest.current_number(city.town.store), city.users()
    held = json.loads((taken / "backup.json").read_bytes())
    mart = taken / next(name for name in held["files"] if "/marts/" in name)
    if hurt == "changed":
        mart.write_bytes(mart.read_bytes()[:-1] + b"x")
    elif hurt == "missing":
        mart.unlink()
    elif hurt == "unfinished":
        (taken / "backup.json").unlink()
    elif hurt == "newer":
        (taken / "backup.json").write_text(json.dumps(held | {"format": 99}))
    else:
        _age(taken, held)
    code, said = city("restore", str(taken), "--replace")
    assert code == 1
    assert any(
        remedy in said for remedy in ("use another backup", "take another", "restore it there", "run that version")
    )
    assert (manifest.current_number(city.town.store), city.users()) == (before, users)


def _age(taken: Path, held: dict) -> None:
    """Make the state of a backup that of a version to come."""
    with closing(sqlite3.connect(taken / "state.db")) as state:
        state.execute("UPDATE alembic_version SET version_num = '9999'")
        state.commit()
        state.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    held["files"]["state.db"] = digest(taken / "state.db")
    (taken / "backup.json").write_text(json.dumps(held))


def test_nothing_is_overwritten_unasked(city, taken):
    code, said = city("restore", str(taken))
    assert code == 1
    assert "--replace" in said
    code, said = city("backup", str(taken))
    assert code == 1
    assert "is there already" in said


def test_a_store_somebody_writes_is_not_replaced(city, taken):
    with Lease(city.town.store):
        code, said = city("restore", str(taken), "--replace")
    assert code == 1
    assert "being written by process" in said


def test_without_a_snapshot_there_is_nothing_to_back_up(tmp_path, monkeypatch, capsys):
    for name, value in (("CITY", pack.write(tmp_path / "pack")), ("STORE", tmp_path / "none")):
        monkeypatch.setenv(f"LANTERN_{name}", str(value))
    assert run(["backup", str(tmp_path / "kept")]) == 1
    assert "lantern sync" in capsys.readouterr().err
    assert not (tmp_path / "kept").exists()
