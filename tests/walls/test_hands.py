"""Hands in the state: kept as they were laid, the last one wins, and one that has ended is none."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from data.walls.hand import Hand, HandError
from data.walls.hands import Hands
from data.walls.screens import Choice, Screens
from tests.state.fresh import fresh

NOW = datetime(2026, 11, 24, 19, 42, 8, 250_000)
MINUTE = timedelta(minutes=1)
PIN = Hand("lan", "pin", "egov", 2, 3.25, NOW, NOW + 30 * MINUTE, NOW + 40 * MINUTE)


@pytest.fixture
def kept(tmp_path: Path):
    state = fresh(tmp_path / "state.db")
    yield Hands(state)
    state.close()


def lay(kept: Hands, hand: Hand, room: str = "main") -> None:
    kept.lay(room, hand.taken_at, lambda before: hand)


def test_a_hand_is_read_as_it_was_laid_and_is_of_one_room(kept):
    lay(kept, PIN)
    assert kept.of("main", NOW) == PIN
    assert kept.of("other", NOW) is None


def test_one_that_has_ended_is_none(kept):
    lay(kept, PIN)
    assert kept.of("main", PIN.until - MINUTE) == PIN
    assert kept.of("main", PIN.until) is None


def test_the_last_one_wins_and_is_told_of_the_one_before(kept):
    lay(kept, PIN)
    told = []
    other = Hand("minh", "next", "goals", 4, 0.0, NOW + MINUTE, NOW + MINUTE, NOW + 11 * MINUTE)
    kept.lay("main", NOW + MINUTE, lambda before: told.append(before) or other)
    assert told == [PIN] and kept.of("main", NOW + MINUTE) == other


def test_an_act_that_is_refused_leaves_what_was(kept):
    def refuse(before: Hand | None) -> Hand:
        raise HandError("alert")

    lay(kept, PIN)
    with pytest.raises(HandError):
        kept.lay("main", NOW, refuse)
    assert kept.of("main", NOW) == PIN


def test_whatever_is_laid_or_lifted_is_another_revision(kept):
    seen = [kept.revision()]
    for act in (lambda: lay(kept, PIN), lambda: lay(kept, PIN, "other"), lambda: kept.release("main")):
        act()
        seen.append(kept.revision())
    assert len(set(seen)) == 4
    assert kept.of("main", NOW) is None and kept.of("other", NOW) == PIN


def test_the_place_of_a_screen_comes_and_goes_with_its_migration(kept):
    screens = Screens(kept.state)
    choice = Choice("A", "hall", "dark", "vi", "Tầng 2", "main/a")
    number = screens.pair(screens.announce(NOW)[1], choice, "lan", NOW).id
    assert screens.screen(number).choice == choice
    lay(kept, PIN)
    kept.state.migrate("0006")
    inspector = sa.inspect(kept.state.engine)
    assert "hands" not in inspector.get_table_names()
    assert "place" not in {column["name"] for column in inspector.get_columns("screens")}
    kept.state.migrate("head")
    assert screens.screen(number).choice == Choice("A", "hall", "dark", "vi", "Tầng 2", "")
    assert kept.of("main", NOW) is None
