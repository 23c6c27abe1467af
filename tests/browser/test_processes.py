"""The real processes: the clock loads, gunicorn serves, and a delivered row reaches the board."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import expect

from data.catalogue import Catalogue
from data.clock.clock import FixedClock, SystemClock
from data.store.writer import Writer
from layouts.format import number
from tests.browser.conftest import Opens
from tests.browser.town import HOST, ZONE, Town
from tests.kpis.delivered import deliver

ROOT = Path(__file__).parents[2]
START, END = 30, 15


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


@contextmanager
def process(command: str, settings: dict[str, str]) -> Iterator[None]:
    """One command of the house, running; it must end well when it is told to."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LANTERN_")}
    running = subprocess.Popen([sys.executable, str(ROOT / "app.py"), command], cwd=ROOT, env=environment | settings)
    try:
        yield
    finally:
        running.send_signal(signal.SIGTERM)
        code = running.wait(END)
    assert code == 0, f"{command} ended with {code}"


def wait_for(url: str) -> None:
    until = time.monotonic() + START
    while True:
        try:
            with urlopen(url):
                return
        except URLError:
            assert time.monotonic() < until, f"{url} does not answer"
            time.sleep(0.1)


def counted(folder: Path, catalogue: Catalogue, now: datetime) -> Town:
    """A town of which nothing is known but that nobody was in its streets five minutes ago."""
    town = Town(catalogue, folder / "drop", folder / "store")
    writer = Writer(town.store, catalogue, FixedClock(now))
    before = now - timedelta(minutes=5)
    zones = [area.code for area in catalogue.areas.values() if area.code.startswith(ZONE)]
    rows = [{"at": before, "zone": zone, "people": 0} for zone in zones]
    deliver(folder, writer, {"crowd": rows}, name=f"{now:%Y-%m}")
    writer.close()
    return town


def test_a_delivered_row_reaches_the_board_through_the_real_processes(
    town: Town, visits: Opens, tmp_path: Path
) -> None:
    now = SystemClock(town.catalogue.city.timezone).now().replace(second=0, microsecond=0)
    mine = counted(tmp_path, town.catalogue, now)
    port = free_port()
    settings = {
        "LANTERN_DROP": str(mine.drop), "LANTERN_STORE": str(mine.store), "LANTERN_PORT": str(port),
        "LANTERN_STATE": f"sqlite:///{mine.store}.state.db",
        "LANTERN_SIMULATE": "off", "LANTERN_WORKERS": "2",
    }  # fmt: skip
    with process("clock", settings), process("web", settings):
        wait_for(f"http://{HOST}:{port}/health")
        visit = visits(f"http://{HOST}:{port}")
        visit.open("/")
        shown = visit.number("DL-01")
        for people in (444, 555):  # the first waits for the clock to be up
            total = number("vi", mine.count_people(now, people))
            assert shown.inner_text() != total
            expect(shown).to_have_text(total, timeout=START * 1000)
        visit.page.context.close()
