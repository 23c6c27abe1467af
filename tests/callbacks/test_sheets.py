"""Sheets: drawn once for many, never for another reader, data or minute, and ahead when nobody waits."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace

from callbacks.sheets import Key, Sheet, Sheets
from data.access import grant
from tests.kpis.delivered import hoian

ALL, NORTH = grant(hoian(), ["analyst"]), grant(hoian(), ["ward_hoi_an"])
HERE = Key("/board/page", "", "vi", "light", "7.0910", ALL)


class Press:
    """Draws what a key says and counts."""

    def __init__(self, kept: bool = True, next: tuple[tuple[str, str], ...] = (), takes: float = 0.0) -> None:
        self.drawn: list[Key] = []
        self.kept, self.next, self.takes = kept, next, takes

    def __call__(self, key: Key) -> Sheet:
        self.drawn.append(key)
        time.sleep(self.takes)
        return Sheet(repr(key), key.path, self.next, self.kept)


def test_many_who_ask_at_once_are_handed_one_drawing():
    press = Press(takes=0.05)
    sheets = Sheets(press)
    found: list[Sheet] = []
    threads = [threading.Thread(target=lambda: found.append(sheets.at(HERE))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert press.drawn == [HERE]
    assert {sheet.markup for sheet in found} == {repr(HERE)}


def test_another_language_theme_address_minute_or_grant_is_another_sheet():
    sheets = Sheets(Press())
    others = [replace(HERE, language="en"), replace(HERE, theme="dark"), replace(HERE, search="?area=a"),
              replace(HERE, path="/"), replace(HERE, mark="8.0910"), replace(HERE, mark="7.0911"),
              replace(HERE, grant=NORTH)]  # fmt: skip
    assert len({sheets.at(key).markup for key in [HERE, *others]}) == 8


def test_a_page_that_could_not_be_read_is_drawn_again():
    press = Press(kept=False)
    sheets = Sheets(press)
    sheets.at(HERE)
    sheets.at(HERE)
    assert len(press.drawn) == 2


def test_a_new_minute_lets_go_of_the_sheets_of_the_last():
    press = Press()
    sheets = Sheets(press)
    sheets.at(HERE)
    sheets.at(replace(HERE, mark="7.0911"))
    sheets.at(HERE)
    assert len(press.drawn) == 3


def test_no_more_letters_are_held_than_allowed():
    press = Press()
    sheets = Sheets(press, most=len(repr(HERE)) + 10)
    sheets.at(HERE)
    sheets.at(replace(HERE, path="/other/one"))
    sheets.at(HERE)
    assert len(press.drawn) == 3


def test_what_is_near_is_drawn_ahead_for_the_same_reader():
    press = Press(next=(("/board/page", "?area=a"), ("/board/page", "?area=b")))
    sheets = Sheets(press)
    sheets.ahead(HERE, sheets.at(HERE))
    _await(lambda: len(press.drawn) == 3)
    sheets.stop()
    assert press.drawn == [HERE, replace(HERE, search="?area=a"), replace(HERE, search="?area=b")]
    sheets.at(replace(HERE, search="?area=b"))
    assert len(press.drawn) == 3


def test_nothing_is_drawn_ahead_of_data_that_is_no_more():
    press = Press(next=(("/board/page", "?area=a"),))
    sheets = Sheets(press)
    old, new = replace(HERE, mark="6.0910"), HERE
    sheets.at(new)
    sheets.ahead(old, Sheet("", "", (("/board/page", "?area=a"),)))
    sheets.ahead(new, sheets.at(new))
    _await(lambda: len(press.drawn) == 2)
    sheets.stop()
    assert press.drawn == [new, replace(new, search="?area=a")]


def test_one_that_cannot_be_drawn_ahead_stops_nobody(caplog):
    drawn: list[str] = []

    def broken(key: Key) -> Sheet:
        if key.search == "?area=a":
            raise LookupError(key.search)
        drawn.append(key.search)
        return Sheet("", "", (("/board/page", "?area=a"), ("/board/page", "?area=b")), True)

    sheets = Sheets(broken)
    sheets.ahead(HERE, sheets.at(HERE))
    _await(lambda: len(drawn) == 2)
    sheets.stop()
    assert drawn == ["", "?area=b"]
    assert "LookupError" in caplog.text


def test_nothing_is_drawn_ahead_while_somebody_waits():
    slow, begun = threading.Event(), threading.Event()
    drawn: list[str] = []

    def press(key: Key) -> Sheet:
        if key.path == "/slow":
            begun.set()
            slow.wait(5)
        drawn.append(key.path + key.search)
        return Sheet("", "", (("/board/page", "?area=a"),), True)

    sheets = Sheets(press)
    first = sheets.at(HERE)
    waiting = threading.Thread(target=sheets.at, args=(replace(HERE, path="/slow"),))
    waiting.start()
    begun.wait(5)
    sheets.ahead(HERE, first)
    time.sleep(0.4)
    assert drawn == ["/board/page"]
    slow.set()
    waiting.join()
    _await(lambda: len(drawn) == 3)
    sheets.stop()
    assert drawn == ["/board/page", "/slow", "/board/page?area=a"]


def _await(done: Callable[[], bool]) -> None:
    for _ in range(300):
        if done():
            return
        time.sleep(0.02)
    raise TimeoutError
