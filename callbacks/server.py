"""The web server: gunicorn with threads, each worker with an application of its own."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from callbacks.patience import PatientWorker
from data.settings import Settings

GRACE = 3


class Server(BaseApplication):
    """Runs what ``build`` returns in every worker: a Flask server and a watch to start."""

    def __init__(self, settings: Settings, build: Callable[[Settings], tuple[Any, Any]]) -> None:
        self.settings, self.build = settings, build
        self.watch: Any = None
        super().__init__()

    def load_config(self) -> None:
        """Settings of the server; nothing is read from files."""
        given = {
            "bind": f"{self.settings.host}:{self.settings.port}",
            "workers": self.settings.workers,
            "threads": self.settings.threads,
            "worker_class": PatientWorker,
            "graceful_timeout": GRACE,
            "timeout": 60,
            "accesslog": None,
            "loglevel": "warning",
            "control_socket_disable": True,
            "worker_int": lambda worker: self.stop(),
            "worker_exit": lambda server, worker: self.leave(),
        }
        for name, value in given.items():
            self.cfg.set(name, value)

    def stop(self) -> None:
        """End streams and the watch, so that no thread is inside the engine when the process ends."""
        if self.watch is not None:
            self.watch.stop()
            self.watch.reader.close()

    def leave(self) -> None:
        """Last act of a worker. The engine's own threads would crash an orderly end of the interpreter."""
        if self.watch is not None:
            try:
                self.stop()
            finally:
                os._exit(0)

    def load(self) -> Any:
        """The WSGI application of one worker, warm: Dash answers its own scripts only after a first page."""
        app, self.watch = self.build(self.settings)
        self.watch.start()
        app.server.test_client().get("/")
        return app.server

    def run(self) -> None:
        """Serve until a signal stops it."""
        Arbiter(self).run()
