"""Clients that drip: they are hung up on, and everybody else is answered, by a real server of two threads."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection

import pytest

from callbacks.guard import LARGEST_BODY
from tests.test_architecture import ROOT

HEAD = b"POST /take HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n"
PATIENT = 30  # seconds a test waits before it says that something never happened


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        number = probe.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-m", "tests.attacks.slow_server", str(number)], cwd=ROOT)
    for _ in range(PATIENT * 10):
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", number)) == 0:
                break
        time.sleep(0.1)
    yield number
    server.terminate()
    server.wait(PATIENT)


class Dripping(threading.Thread):
    """Sends a beginning, then a byte ten times a second until it is hung up on."""

    def __init__(self, port: int, beginning: bytes) -> None:
        super().__init__(daemon=True)
        self.ended = False
        self.socket = socket.create_connection(("127.0.0.1", port), PATIENT)
        self.socket.sendall(beginning)
        self.start()

    def run(self) -> None:
        try:
            for _ in range(PATIENT * 10):
                self.socket.sendall(b"x")
                time.sleep(0.1)
        except OSError:
            self.ended = True
        finally:
            self.socket.close()


def answered(port: int, method: str = "GET", path: str = "/", body: bytes | None = None) -> tuple[int, bytes]:
    with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENT)) as connection:
        connection.request(method, path, body)
        answer = connection.getresponse()
        return answer.status, answer.read()


@pytest.mark.parametrize(
    "beginning",
    [b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ", HEAD],
    ids=["a head that does not end", "a body that does not end"],
)
def test_who_drips_is_hung_up_on_and_the_others_are_answered(port, beginning):
    dripping = [Dripping(port, beginning) for _ in range(6)]
    assert answered(port) == (200, b"here")
    for one in dripping:
        one.join(PATIENT)
        assert one.ended


def test_a_body_that_comes_in_time_is_read_whole(port):
    assert answered(port, "POST", "/take", b"x" * 1000) == (200, b"1000")
    assert answered(port, "POST", "/take", b"x" * LARGEST_BODY) == (200, str(LARGEST_BODY).encode())


def test_one_connection_asks_again_and_again(port):
    with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENT)) as connection:
        for size in (3, 0, 70_000):
            connection.request("POST", "/take", b"x" * size)
            assert connection.getresponse().read() == str(size).encode()


def test_a_body_that_is_too_large_is_refused_and_what_follows_is_no_request(port):
    smuggled = b"GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n"
    body = b"x" * (LARGEST_BODY + 10) + smuggled
    with closing(socket.create_connection(("127.0.0.1", port), PATIENT)) as client:
        head = f"POST /take HTTP/1.1\r\nHost: localhost\r\nContent-Length: {LARGEST_BODY + 10}\r\n\r\n".encode()
        try:
            client.sendall(head + body)
            told = b"".join(iter(lambda: client.recv(65_536), b""))
        except ConnectionError:  # hung up on while it was still sending
            told = b""
    assert b"404" not in told
    assert told == b"" or told.startswith(b"HTTP/1.1 413")
    assert answered(port) == (200, b"here")


@pytest.mark.parametrize(
    "head",
    [b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", b"Content-Length: 5\r\nContent-Length: 6\r\n",
     b"Content-Length: -1\r\n", b"Transfer-Encoding: chunked, identity\r\n", b"X: a\rb\r\n", b"X : a\r\n"],
)  # fmt: skip
def test_a_head_that_says_two_things_is_refused(port, head):
    with closing(socket.create_connection(("127.0.0.1", port), PATIENT)) as client:
        client.sendall(b"POST /take HTTP/1.1\r\nHost: localhost\r\n" + head + b"\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n")
        client.shutdown(socket.SHUT_WR)
        try:
            told = b"".join(iter(lambda: client.recv(65_536), b""))
        except ConnectionError:
            told = b""
    assert told == b"" or told.split(b" ")[1] in (b"400", b"501")
    assert b"here" not in told


def test_forty_listeners_hold_no_thread_and_all_hear(port: int) -> None:
    lines = [socket.create_connection(("127.0.0.1", port), PATIENT) for _ in range(40)]
    try:
        for line in lines:
            line.sendall(b"GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n")
        for line in lines:
            told = b""
            while told.count(b"data: news\n\n\r\n") < 2:  # the first, and a heartbeat
                told += line.recv(4096)
            assert told.startswith(b"HTTP/1.1 200") and b"\r\n\r\nD\r\nretry: 2000\n\n\r\n" in told
        assert answered(port) == (200, b"here")
    finally:
        for line in lines:
            line.close()
