"""A small Hội An for the browser: two months of files, a store built from them, a clock that runs."""

from __future__ import annotations

import shutil
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from app import serve
from callbacks.stream import Watch
from data.accounts import Accounts
from data.catalogue import Catalogue
from data.clock.sync import Sync
from data.kpis.service import KpiService, open_service
from data.simulator import simulate
from data.state import State
from data.store.writer import Writer
from tests.standing import StandingClock

EVENING = datetime(2026, 11, 24, 19, 42)
YEAR = timedelta(days=365)
ZONE = "PC-"
POLL = 0.1
HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Town:
    """A drop folder and the store made from it."""

    catalogue: Catalogue
    drop: Path
    store: Path

    @classmethod
    def built(cls, folder: Path, catalogue: Catalogue, until: datetime = EVENING) -> Town:
        """This month up to ``until`` and the same days of the year before, loaded."""
        town = cls(catalogue, folder / "drop", folder / "store")
        for moment in (until - YEAR, until):
            simulate(town.drop, moment, years=0)
        writer = Writer(town.store, catalogue, StandingClock(until))
        sync = Sync(writer, town.drop, StandingClock(until))
        for _ in range(2):  # workbooks are taken when they have stood still for two looks
            sync.tick()
        writer.close()
        return town

    def copied(self, folder: Path) -> Town:
        """A town of its own for a test that changes it."""
        shutil.copytree(self.drop, folder / "drop")
        shutil.copytree(self.store, folder / "store")
        return Town(self.catalogue, folder / "drop", folder / "store")

    def count_people(self, at: datetime, people: int) -> int:
        """The cameras deliver one more count, ``people`` in each zone; returns the sum of the zones."""
        zones = [area.code for area in self.catalogue.areas.values() if area.code.startswith(ZONE)]
        with (self.drop / f"crowd/crowd_{at:%Y-%m}.csv").open("a", encoding="utf-8") as stream:
            stream.write("".join(f"{at:%Y-%m-%d %H:%M},{zone},{people}\n" for zone in zones))
        return people * len(zones)


class Ticking:
    """The clock process as a thread: it loads whatever comes into the drop folder.

    A ``patient`` one goes on after the system refused something, as the real one does, and has ``refused`` set.
    """

    def __init__(self, town: Town, at: datetime = EVENING, patient: bool = False) -> None:
        clock = StandingClock(at)
        self.writer = Writer(town.store, town.catalogue, clock)
        self.sync = Sync(self.writer, town.drop, clock)
        self.patient, self.refused = patient, threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ticking")

    def _run(self) -> None:
        while not self._stopping.wait(POLL):
            try:
                self.sync.tick()
            except OSError:
                self.refused.set()
                if not self.patient:
                    raise

    def __enter__(self) -> Ticking:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join()
        self.writer.close()


class Quiet(WSGIRequestHandler):
    """Requests are not told on the terminal."""

    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: object) -> None:
        """Nothing."""


class Site:
    """The web application over a town, served in a thread of this process."""

    def __init__(
        self,
        town: Town,
        at: datetime = EVENING,
        undo: str = "off",
        state: State | None = None,
        accounts: Accounts | None = None,
    ) -> None:
        self.town, self.clock, self.undo, self.state, self.accounts = town, StandingClock(at), undo, state, accounts
        self.port = 0
        self.service: KpiService
        self._watch: Watch
        self._server: BaseWSGIServer
        self._thread: threading.Thread

    @property
    def url(self) -> str:
        """Address of the front page, without the last stroke."""
        return f"http://{HOST}:{self.port}"

    def start(self) -> Site:
        """Serve, on the port served before if there was one."""
        self.service = open_service(self.town.catalogue, self.town.store, self.clock)
        app, self._watch = serve(
            self.town.catalogue, self.service, self.clock, self.undo, self.accounts, state=self.state
        )
        self._watch.start()
        app.server.test_client().get("/lantern.svg")  # Dash finishes itself at the first request, before threads ask
        self.server = app.server
        self._server = make_server(HOST, self.port, app.server, threaded=True, request_handler=Quiet)
        self.port = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="site")
        self._thread.start()
        return self

    def stop(self) -> None:
        """End every stream and stop to listen."""
        self._watch.stop()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self.service.reader.snapshot().close()
