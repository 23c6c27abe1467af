"""Two hundred walls that hang on one server: what they cost while nothing happens, and how soon all show what came.

Most are connections that do what a wall's page does, held by one loop of this process; four are real browsers.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from statistics import quantiles
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

from data.store import manifest
from tests.bench.table import Row
from tests.browser import chromium
from tests.browser.town import EVENING, Ticking, Town

ROOT = Path(__file__).parents[2]
TICK = os.sysconf("SC_CLK_TCK")
WALLS, BROWSERS, ROUNDS = 196, 4, 3
IDLE, PATIENCE, REDRAWN = 30.0, 20.0, 300
PLAYLIST = "/wall/hall"
MARK = "() => document.documentElement.dataset.mark || ''"


@dataclass
class Connected:
    """A wall as the server sees it: it listens, and fetches what stands first, then the rest, when it is woken."""

    host: str
    port: int
    scene: str
    have: dict[str, str] = field(default_factory=dict)
    shown: dict[str, float] = field(default_factory=dict)  # mark -> when its first scene was there

    async def listen(self) -> None:
        """Until it is cancelled."""
        reader, writer = await asyncio.open_connection(self.host, self.port)
        writer.write(_request(self.host, f"{PLAYLIST}/stream"))
        held = ""
        try:
            while line := await reader.readline():
                if line.startswith(b"data: ") and (mark := line.split()[1].decode()) != held:
                    held = mark
                    await self.fetch(mark)
        finally:
            writer.close()

    async def fetch(self, mark: str) -> None:
        """What stands, then the others."""
        for first in (f"&first={self.scene}", ""):
            have = ",".join(f"{name}:{tag}" for name, tag in self.have.items())
            reader, writer = await asyncio.open_connection(self.host, self.port)
            writer.write(_request(self.host, f"{PLAYLIST}/scenes?have={have}{first}", close=True))
            answer = await reader.read()
            writer.close()
            head, _, body = answer.partition(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(head.split(b"\r\n")[0].decode())
            self.have |= {name: tag for name, (tag, _) in json.loads(body)["scenes"].items()}
            self.shown.setdefault(mark, time.perf_counter())


class Hall:
    """The connected walls, in a loop of their own."""

    def __init__(self, host: str, port: int) -> None:
        self.walls = [Connected(host, port, "overview") for _ in range(WALLS)]
        self.wrong: list[str] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="hall")

    def __enter__(self) -> Hall:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._hang(), self._loop).result()
        return self

    async def _hang(self) -> None:
        self._tasks = [asyncio.create_task(self._told(wall)) for wall in self.walls]

    async def _told(self, wall: Connected) -> None:
        try:
            await wall.listen()
        except (OSError, RuntimeError, ValueError) as error:
            self.wrong.append(str(error))

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    async def _end(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def ready(self) -> None:
        """Every wall has shown something."""
        _until(lambda: all(wall.shown for wall in self.walls) or bool(self.wrong), 120)

    def since(self, began: float) -> list[float]:
        """Seconds from a moment until each wall showed what came after it, of those that did."""
        return [late[0] - began for wall in self.walls if (late := [at for at in wall.shown.values() if at > began])]


def measured(town: Town, folder: Path) -> Iterator[Row]:
    """A town of its own, a server as an office runs it, and a hall full of walls."""
    mine = town.copied(folder)
    with _served(mine) as (process, host, port), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium.find()), args=list(chromium.ARGUMENTS))
        pages = [browser.new_context(viewport={"width": 1920, "height": 1080}).new_page() for _ in range(BROWSERS)]
        for page in pages:
            page.goto(f"http://{host}:{port}{PLAYLIST}")
            page.wait_for_function(MARK)
        with Hall(host, port) as hall:
            hall.ready()
            time.sleep(3)
            _between_redraws()
            before = _cpu(process.pid)
            time.sleep(IDLE)
            spent = (_cpu(process.pid) - before) / IDLE
            yield Row("200 idle walls: server CPU, of one core", spent * 100, "%", bar=1)
            with Ticking(mine):
                before = _cpu(process.pid)
                times = [time for turn in range(ROUNDS) for time in _round(mine, hall, pages, turn)]
                each = (_cpu(process.pid) - before) / ROUNDS
            yield Row("200 walls drawn anew, as every five minutes: server CPU", each * 1000, "ms")
            yield Row("a new snapshot on 200 walls: walls that showed it", len(times) / ROUNDS, "")
            yield Row("a new snapshot on 200 walls: the slowest hundredth", quantiles(times, n=100)[98], "s", bar=2)
            yield Row("a new snapshot on 200 walls: requests that failed", len(hall.wrong), "", bar=0)
        browser.close()


def _round(town: Town, hall: Hall, pages: list, turn: int) -> list[float]:
    """One delivery: how long after its snapshot was published each wall showed it."""
    number = manifest.current_number(town.store)
    marks = [page.evaluate(MARK) for page in pages]
    town.count_people(EVENING + timedelta(minutes=5 * (turn + 1)), 800 + turn)
    _until(lambda: manifest.current_number(town.store) != number, PATIENCE)
    began, seen = time.perf_counter(), {}
    while time.perf_counter() - began < PATIENCE and not (len(seen) == len(pages) and len(hall.since(began)) == WALLS):
        for place, page in enumerate(pages):
            if place not in seen and page.evaluate(MARK) != marks[place]:
                seen[place] = time.perf_counter() - began
        time.sleep(0.02)
    return [*hall.since(began), *seen.values()]


def _between_redraws() -> None:
    """Wait while the walls are about to be drawn anew only because they have grown older."""
    while time.time() % REDRAWN > REDRAWN - IDLE - 5:
        time.sleep(1)


@contextmanager
def _served(town: Town) -> Iterator[tuple[subprocess.Popen, str, int]]:
    """`lantern web` with a thread for every wall."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host, port = free.getsockname()
    given = {"LANTERN_CITY": str(town.catalogue.folder), "LANTERN_STORE": str(town.store), "LANTERN_PORT": str(port),
             "LANTERN_STATE": f"sqlite:///{town.store}.state.db", "LANTERN_WORKERS": "1",
             "LANTERN_THREADS": str(WALLS + 40)}  # fmt: skip
    process = subprocess.Popen([sys.executable, str(ROOT / "app.py"), "web"], cwd=ROOT, env=os.environ | given)
    try:
        _until(lambda: process.poll() is not None or _answers(host, port), 60)
        yield process, host, port
    finally:
        process.terminate()
        process.wait()


def _answers(host: str, port: int) -> bool:
    try:
        with urlopen(f"http://{host}:{port}{PLAYLIST}") as answer:
            return answer.status == 200
    except URLError:
        return False


def _request(host: str, path: str, close: bool = False) -> bytes:
    kept = "Connection: close\r\n" if close else ""
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\n{kept}\r\n".encode()


def _until(holds, seconds: float) -> None:
    began = time.perf_counter()
    while not holds():
        if time.perf_counter() - began > seconds:
            raise TimeoutError("the server or the walls took too long")
        time.sleep(0.02)


def _cpu(parent: int) -> float:
    """CPU seconds used so far by a process and those it started."""
    found = 0.0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            number, rest = path.read_text().split(" (", 1)
        except OSError:
            continue
        fields = rest.rsplit(")", 1)[1].split()
        if int(number) == parent or int(fields[1]) == parent:
            found += (int(fields[11]) + int(fields[12])) / TICK
    return found
