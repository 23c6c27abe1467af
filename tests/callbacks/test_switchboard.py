"""The switchboard: everybody hears what changes, in whole chunks; who may not, or does not listen, is let go."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest

from callbacks import switchboard as module
from callbacks.switchboard import Listener, Switchboard
from data.clock.clock import SystemClock

CLOCK = SystemClock("Asia/Ho_Chi_Minh")


class News:
    """What is told, and whether it may be."""

    def __init__(self) -> None:
        self.told, self.lasts, self.asked = "1", True, 0

    def may(self) -> bool:
        self.asked += 1
        return self.lasts


@pytest.fixture
def board() -> Iterator[Switchboard]:
    held = Switchboard(CLOCK, threading.Condition())
    yield held
    held.stop()


@pytest.fixture
def listen(board: Switchboard) -> Iterator:
    """Listens; every line is hung up when the test ends."""
    lines: list[socket.socket] = []

    def one(news: News, heartbeat: float = 30.0) -> socket.socket:
        here, there = socket.socketpair()
        lines.append(here)
        here.settimeout(5)
        there.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4_096)
        event = "data: {}\n\n".format
        assert board.take(Listener(there, lambda: news.told, event, news.may, heartbeat, CLOCK.monotonic()))
        return here

    yield one
    for line in lines:
        line.close()


def say(board: Switchboard, news: News, told: str) -> None:
    news.told = told
    board.wake()


def chunk(text: str) -> bytes:
    return b"%x\r\n%b\r\n" % (len(text.encode()), text.encode())


def heard(line: socket.socket, length: int) -> bytes:
    """As much as was asked for, or all there is until the end."""
    found = b""
    while len(found) < length and (more := line.recv(length - len(found))):
        found += more
    return found


def test_everybody_hears_what_is_told_first_and_what_changes_once(board, listen):
    news = News()
    lines = [listen(news) for _ in range(40)]
    first, second = chunk("data: 1\n\n"), chunk("data: Hội An\n\n")
    assert {heard(line, len(first)) for line in lines} == {first}
    say(board, news, "Hội An")
    say(board, news, "Hội An")
    assert {heard(line, len(second)) for line in lines} == {second}
    for line in lines:
        line.setblocking(False)
        with pytest.raises(BlockingIOError):
            line.recv(1)
    assert len(board) == 40
    assert sum(thread.name == "switchboard" for thread in threading.enumerate()) == 1


def test_a_heartbeat_repeats_what_was_told(board, listen):
    line = listen(News(), heartbeat=0.1)
    beat = chunk("data: 1\n\n")
    assert heard(line, 3 * len(beat)) == 3 * beat


def test_who_may_no_longer_is_let_go_in_good_order_as_soon_as_anything_changes(board, listen):
    news = News()
    line = listen(news)
    heard(line, len(chunk("data: 1\n\n")))
    news.lasts = False
    say(board, news, "2")
    assert heard(line, 100) == b"0\r\n\r\n"  # the end of a chunked answer, and nothing of what was new


def test_who_hung_up_or_takes_nothing_is_forgotten_and_the_others_hear_on(board, listen):
    news = News()
    gone, deaf, good = (listen(news) for _ in range(3))
    for line in (gone, deaf, good):
        heard(line, len(chunk("data: 1\n\n")))
    gone.close()
    for turn in range(200):
        said = f"{turn:03}" * 200
        say(board, news, said)
        assert heard(good, len(chunk(f"data: {said}\n\n"))) == chunk(f"data: {said}\n\n")
        if len(board) == 1:
            break
    assert len(board) == 1


def test_there_is_no_room_for_more_than_enough_and_none_once_it_ends(board, listen, monkeypatch):
    monkeypatch.setattr(module, "MOST", 2)
    listen(News())
    listen(News())
    ours, theirs = socket.socketpair()
    told = Listener(theirs, str, str, bool, 1.0, 0.0)
    assert not board.take(told)
    board.stop()
    assert not board.take(told)
    ours.close()
    theirs.close()


def test_stopping_ends_every_stream_in_good_order(board, listen):
    line = listen(News())
    first = chunk("data: 1\n\n")
    assert heard(line, len(first)) == first
    board.stop()
    assert heard(line, 100) == b"0\r\n\r\n"
