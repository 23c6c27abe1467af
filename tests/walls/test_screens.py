"""Screens: a code that holds five minutes, a token that is kept as its digest, and what is revoked."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from data.state.tables import SCREENS
from data.walls import screens as module
from data.walls.screens import Choice, ScreenError, Screens
from tests.state.fresh import fresh

NOW = datetime(2026, 11, 24, 19, 42)
MINUTE = timedelta(minutes=1)
HALL = Choice("Sảnh 1", "hall", "dark", "vi", "Phòng họp")


@pytest.fixture
def kept(tmp_path: Path):
    state = fresh(tmp_path / "state.db")
    yield Screens(state)
    state.close()


def test_a_screen_is_paired_by_its_code_and_known_by_its_token(kept):
    token, code = kept.announce(NOW)
    assert len(code) == 6 and code.isdigit()
    assert kept.known(token) is None
    screen = kept.pair(code, HALL, "lan", NOW)
    assert (kept.known(token), screen.choice, screen.paired_by) == (screen, HALL, "lan")
    assert kept.code(token, NOW) is None


def test_the_token_itself_is_nowhere_in_the_state(kept):
    token, code = kept.announce(NOW)
    kept.pair(code, HALL, "lan", NOW)
    with kept.state.reading() as connection:
        rows = connection.execute(sa.select(SCREENS)).all()
    assert token not in repr(rows)
    assert code not in [row.code for row in rows]


def test_a_code_holds_five_minutes_then_the_screen_shows_another(kept):
    token, code = kept.announce(NOW)
    assert kept.code(token, NOW + 4 * MINUTE)[0] == code
    with pytest.raises(ScreenError, match="code"):
        kept.pair(code, HALL, "lan", NOW + 6 * MINUTE)
    fresh, until = kept.code(token, NOW + 6 * MINUTE)
    assert until == NOW + 11 * MINUTE
    assert kept.pair(fresh, HALL, "lan", NOW + 7 * MINUTE).choice == HALL


def test_a_code_pairs_one_screen_once(kept):
    _, code = kept.announce(NOW)
    kept.pair(code, HALL, "lan", NOW)
    with pytest.raises(ScreenError, match="code"):
        kept.pair(code, Choice("other", "hall"), "lan", NOW)


def test_a_name_is_one_screens_until_it_is_revoked(kept):
    first = kept.pair(kept.announce(NOW)[1], HALL, "lan", NOW)
    with pytest.raises(ScreenError, match="name"):
        kept.pair(kept.announce(NOW)[1], HALL, "lan", NOW)
    kept.revoke(first.id, NOW)
    assert kept.pair(kept.announce(NOW)[1], HALL, "lan", NOW).id != first.id


@pytest.mark.parametrize("choice", [Choice("", "hall"), Choice("  ", "hall"), Choice("a", "hall", "purple")])
def test_a_choice_that_is_none_pairs_nothing(kept, choice):
    token, code = kept.announce(NOW)
    with pytest.raises(ScreenError):
        kept.pair(code, choice, "lan", NOW)
    assert kept.code(token, NOW)[0] == code


def test_a_revoked_screen_is_known_no_longer_and_waits_for_no_code(kept):
    token, code = kept.announce(NOW)
    screen = kept.pair(code, HALL, "lan", NOW)
    kept.revoke(screen.id, NOW)
    assert kept.known(token) is None and kept.code(token, NOW) is None and not kept.all()
    with pytest.raises(KeyError):
        kept.revoke(screen.id, NOW)


def test_a_screen_is_live_then_frozen_then_lost(kept):
    screen = kept.pair(kept.announce(NOW)[1], HALL, "lan", NOW)
    kept.beat(screen.id, NOW + MINUTE, True, "overview", "1920x1080")
    assert kept.screen(screen.id).standing(NOW + 2 * MINUTE) == "live"
    kept.beat(screen.id, NOW + 3 * MINUTE, False, "overview", "1920x1080")
    held = kept.screen(screen.id)
    assert held.standing(NOW + 3 * MINUTE) == "frozen"  # it spoke, its last frame is two minutes old
    assert held.standing(NOW + 5 * MINUTE) == "lost"
    assert (held.scene, held.size) == ("overview", "1920x1080")


def test_what_is_changed_is_another_revision(kept):
    screen = kept.pair(kept.announce(NOW)[1], HALL, "lan", NOW)
    before = kept.revision()
    kept.change(screen.id, Choice("Sảnh 1", "tourism"))
    assert kept.revision() != before
    kept.beat(screen.id, NOW, True, "x", "y")
    assert kept.revision() != before and kept.screen(screen.id).choice.playlist == "tourism"


def test_screens_nobody_pairs_are_not_kept_for_ever(kept, monkeypatch):
    monkeypatch.setattr(module, "MOST_WAITING", 3)
    for _ in range(3):
        kept.announce(NOW)
    with pytest.raises(ScreenError, match="too many"):
        kept.announce(NOW)
    kept.announce(NOW + timedelta(hours=2))
