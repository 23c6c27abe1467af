"""Accounts: who comes in, who waits and how long, and when a session ends."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from data.accounts import AccountError, Accounts, Identity, Passwords, WeakPassword
from data.accounts.lockout import wait
from data.accounts.session import digest
from data.state import State
from data.state.tables import SESSIONS, USERS
from tests.state.fresh import fresh

NOW = datetime(2026, 11, 24, 8)
GOOD = "đèn lồng trên sông Hoài"
QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
HERE, AGENT = "10.0.0.7", "Firefox"


def lan(state: State) -> None:
    Accounts(state, passwords=Passwords(QUICK)).add("lan", "Nguyễn Thị Lan", ["analyst"], NOW, GOOD)


@pytest.fixture
def accounts(tmp_path):
    state = fresh(tmp_path / "state.db", lan)
    held = Accounts(state, passwords=Passwords(QUICK))
    yield held
    state.close()


def try_(accounts: Accounts, password: str = GOOD, at: datetime = NOW, name: str = "lan", address: str = HERE):
    return accounts.sign_in(name, password, address, AGENT, at)


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


# -- users ---------------------------------------------------------------------------------


def test_a_name_is_given_once_whatever_its_case(accounts):
    with pytest.raises(AccountError, match="already"):
        accounts.add("LAN", "Lan", [], NOW, GOOD)


@pytest.mark.parametrize("name", ["", "a", "-lan", "lan lan", "lan'--", "lân", "a" * 65])
def test_a_name_is_plain(accounts, name):
    with pytest.raises(AccountError, match="is no name"):
        accounts.add(name, "x", [], NOW, GOOD)


def test_a_password_is_never_kept_as_it_is(accounts):
    with accounts.state.reading() as connection:
        kept = connection.execute(sa.select(USERS.c.password)).scalar_one()
    assert kept.startswith("$argon2id$")
    assert GOOD not in kept


def test_one_without_a_password_comes_in_by_none(accounts):
    accounts.add("minh", "Minh", ["leader"], NOW)
    assert try_(accounts, "", name="minh").token is None
    assert try_(accounts, "nobody has this password", name="minh").token is None


def test_preferences_are_kept_and_only_those_there_are(accounts):
    user = accounts.prefer(accounts.user("lan"), language="en", landing="tourism")
    assert (user.language, user.theme, user.landing) == ("en", None, "tourism")
    with pytest.raises(AccountError):
        accounts.prefer(user, roles="admin")


# -- passwords -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "weak", ["short", "aaaaaaaaaaaaaaaa", "ababababababab", "Password12345", "Hội An 2026!!", "123456789012", "x" * 300]
)
def test_a_weak_password_is_refused(accounts, weak):
    with pytest.raises(WeakPassword):
        accounts.set_password("lan", weak, NOW)


def test_the_name_is_no_password(accounts):
    accounts.add("nguyenthilan", "Lan", [], NOW, GOOD)
    with pytest.raises(WeakPassword, match="name of the user"):
        accounts.set_password("nguyenthilan", "NguyenThiLan2026", NOW)


def test_two_ways_to_type_the_same_letters_are_one_password(accounts):
    accounts.set_password("lan", "đe\u0300n lo\u0302\u0300ng phố cổ", NOW)
    assert try_(accounts, "đèn lồng phố cổ").token


def test_a_hash_of_an_older_cost_is_made_anew_at_sign_in(accounts):
    dearer = Accounts(accounts.state, passwords=Passwords(PasswordHasher(time_cost=2, memory_cost=64, parallelism=1)))
    assert try_(dearer).token
    with accounts.state.reading() as connection:
        assert "t=2" in connection.execute(sa.select(USERS.c.password)).scalar_one()
    assert try_(dearer).token


# -- lock-out ------------------------------------------------------------------------------


def test_the_wait_doubles_after_five_failures_and_ends_at_a_quarter_of_an_hour():
    assert [wait(n).total_seconds() for n in (0, 4, 5, 6, 7, 13, 14, 99)] == [0, 0, 2, 4, 8, 512, 900, 900]


def test_who_guesses_waits_even_with_the_right_password(accounts):
    assert [try_(accounts, f"wrong word {n}").wait.total_seconds() for n in range(5)] == [0, 0, 0, 0, 2]
    assert try_(accounts, at=NOW + seconds(1.5)).wait == seconds(0.5)
    assert try_(accounts, at=NOW + seconds(1.5)).token is None
    assert try_(accounts, at=NOW + seconds(2)).token


def test_an_unknown_name_a_wrong_password_and_a_disabled_account_look_the_same(accounts):
    accounts.add("off", "Off", [], NOW, GOOD)
    accounts.set_disabled("off", True, NOW)
    answers = {try_(accounts, "wrong words here", name="lan", address="a"),
               try_(accounts, "wrong words here", name="nobody", address="b"),
               try_(accounts, GOOD, name="off", address="c")}  # fmt: skip
    assert len(answers) == 1


def test_guessing_many_names_from_one_address_waits_too(accounts):
    for n in range(5):
        try_(accounts, "wrong words here", name=f"name{n}")
    assert try_(accounts).wait == seconds(2)
    assert try_(accounts, address="10.0.0.8").token


def test_a_right_password_clears_the_name_but_not_the_address(accounts):
    for n in range(4):
        try_(accounts, f"wrong {n}", address="10.0.0.9")
    assert try_(accounts).token
    assert try_(accounts, "wrong").wait == seconds(0)
    assert try_(accounts, "wrong", name="other", address="10.0.0.9").wait == seconds(2)


def test_failures_are_forgotten_after_a_day(accounts):
    for n in range(9):
        try_(accounts, f"wrong {n}", at=NOW + timedelta(minutes=n))
    assert try_(accounts, "wrong", at=NOW + timedelta(days=2)).wait == seconds(0)


# -- sessions ------------------------------------------------------------------------------


def test_a_session_is_known_by_its_token_alone_which_is_not_stored(accounts):
    token = try_(accounts).token
    session = accounts.session(token, NOW)
    assert (session.user.name, session.address, session.agent) == ("lan", HERE, AGENT)
    assert accounts.session(token + "x", NOW) is None
    with accounts.state.reading() as connection:
        assert connection.execute(sa.select(SESSIONS.c.digest)).scalar_one() == digest(token) != token


def test_every_sign_in_is_a_new_session(accounts):
    assert try_(accounts).token != try_(accounts).token


def test_an_idle_session_ends_after_half_an_hour_and_use_keeps_it(accounts):
    token = try_(accounts).token
    assert accounts.session(token, NOW + timedelta(minutes=29)) is not None
    assert accounts.session(token, NOW + timedelta(minutes=58)) is not None
    assert accounts.session(token, NOW + timedelta(minutes=89)) is None


def test_even_a_busy_session_ends_after_twelve_hours(accounts):
    token = try_(accounts).token
    for quarter in range(48):
        assert accounts.session(token, NOW + timedelta(minutes=15 * quarter)) is not None
    assert accounts.session(token, NOW + timedelta(hours=12, seconds=1)) is None


def test_a_clock_set_back_keeps_no_session_alive(accounts):
    token = try_(accounts).token
    assert accounts.session(token, NOW - timedelta(hours=13)) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda a: a.set_roles("lan", ["admin"], None, NOW),
        lambda a: a.set_disabled("lan", True, NOW),
        lambda a: a.set_password("lan", "một câu khác dài hơn", NOW),
        lambda a: a.end(a.user("lan"), NOW),
    ],
)
def test_a_change_of_the_account_ends_its_sessions(accounts, change):
    tokens = [try_(accounts).token, try_(accounts).token]
    change(accounts)
    assert [accounts.session(token, NOW) for token in tokens] == [None, None]


def test_one_session_of_several_can_be_ended_but_no_one_elses(accounts):
    other = accounts.add("minh", "Minh", [], NOW, GOOD)
    first, second = try_(accounts).token, try_(accounts).token
    held = accounts.session(first, NOW)
    assert accounts.end(other, NOW, held.id) == 0
    assert accounts.end(held.user, NOW, held.id) == 1
    assert accounts.session(first, NOW) is None
    assert [s.id for s in accounts.sessions_of(held.user, NOW)] == [accounts.session(second, NOW).id]


# -- other sign-ins ------------------------------------------------------------------------


def test_who_another_sign_in_vouches_for_comes_in_only_when_known_here(accounts):
    def come(issuer: str):
        return accounts.receive(Identity(issuer, "42", "lan", "Lan"), HERE, AGENT, NOW)

    assert come("https://id.example").token is None
    accounts.link(accounts.user("lan"), "https://id.example", "42")
    assert come("https://id.example").user.name == "lan"
    assert come("https://other.example").token is None
    minh = accounts.add("minh", "Minh", [], NOW)
    with pytest.raises(AccountError):
        accounts.link(minh, "https://id.example", "42")
    accounts.set_disabled("lan", True, NOW)
    assert come("https://id.example").token is None
