"""Users and the audit trail from the command line, as whoever runs the machine has them."""

from __future__ import annotations

import csv
import io

import pytest
import sqlalchemy as sa

from commands import run
from data.state import State
from tests.catalogue import pack

GOOD = "đèn lồng trên sông Hoài"


@pytest.fixture
def lantern(tmp_path, monkeypatch, capsys):
    """Runs a command of the city in a folder of its own: exit code, what it said, what it complained of."""
    monkeypatch.setenv("LANTERN_CITY", str(pack.write(tmp_path / "pack")))
    monkeypatch.setenv("LANTERN_STATE", f"sqlite:///{tmp_path / 'state.db'}")

    def command(*arguments: str, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = run(arguments)
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def add(lantern, name: str = "lan", *more: str) -> tuple[int, str, str]:
    return lantern("user", "add", name, "--role", "admin", "--password-stdin", *more, typed=GOOD + "\n")


def test_the_first_admin_is_made_and_listed(lantern):
    assert "lantern user add NAME --role admin" in lantern("user", "list")[1]
    assert add(lantern) == (0, "lan may come in as admin.\n", "")
    assert "lan                      admin" in lantern("user", "list")[1]


@pytest.mark.parametrize(
    ("arguments", "typed", "said"),
    [
        (("add", "lan", "--role", "admni", "--password-stdin"), GOOD, "there is no role 'admni'"),
        (("add", "lan", "--role", "admin", "--area", "mars", "--password-stdin"), GOOD, "there is no area 'mars'"),
        (("add", "Lân", "--role", "admin", "--password-stdin"), GOOD, "is no name"),
        (("add", "lan", "--role", "admin", "--password-stdin"), "short", "12 to 256 letters"),
        (("add", "lan", "--role", "admin"), GOOD, "--password-stdin"),
        (("reset", "nobody", "--password-stdin"), GOOD, "there is no user 'nobody'"),
        (("disable", "nobody"), "", "there is no user 'nobody'"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence_and_leaves_nothing(lantern, arguments, typed, said):
    code, out, error = lantern("user", *arguments, typed=typed)
    assert (code, out) == (1, "")
    assert said in error
    assert len(error.strip().splitlines()) == 1
    assert "nobody yet" in lantern("user", "list")[1]


def test_every_change_is_in_the_trail_and_no_password_is(lantern, tmp_path):
    add(lantern)
    lantern("user", "role", "lan", "--role", "analyst")
    lantern("user", "reset", "lan", "--password-stdin", typed="một câu khác dài hơn\n")
    lantern("user", "disable", "lan")
    lantern("user", "enable", "lan")
    out = lantern("audit", "list")[1]
    acts = ("user_add", "role_change", "password_reset", "user_change", "user_change")
    assert [line.split()[4] for line in out.splitlines()[:-1]] == list(acts)
    assert "5 of 5 entries" in out
    assert '"before":["admin"]' in out
    for secret in (GOOD, "một câu khác"):
        assert secret.encode() not in (tmp_path / "state.db").read_bytes()
        assert secret not in out
    assert lantern("audit", "verify") == (0, "5 entries, every one as it was written.\n", "")


def test_a_trail_somebody_changed_is_refused(lantern, tmp_path):
    add(lantern)
    state = State.open(f"sqlite:///{tmp_path / 'state.db'}")
    with state.writing() as connection:
        connection.execute(sa.text("DROP TRIGGER entries_no_update"))
        connection.execute(sa.text("UPDATE entries SET subject = 'minh'"))
    state.close()
    code, _, error = lantern("audit", "verify")
    assert code == 1
    assert "breaks at entry 1: it was changed" in error


def test_a_trail_is_handed_over_once_and_that_is_noted(lantern, tmp_path):
    add(lantern, "lan", "--display", "Lan")
    file = tmp_path / "audit.csv"
    assert "1 entries" in lantern("audit", "export", str(file))[1]
    rows = list(csv.reader(io.StringIO(file.read_text("utf-8-sig"))))
    assert (rows[0][0], rows[1][4:6]) == ("number", ["user_add", "lan"])
    assert lantern("audit", "export", str(file))[0] == 1
    assert "audit_export" in lantern("audit", "list", "--act", "audit_export")[1]


def test_a_search_for_an_act_there_is_none_of_is_refused(lantern):
    code, _, error = lantern("audit", "list", "--act", "sing_in")
    assert code == 1
    assert "sign_in" in error
