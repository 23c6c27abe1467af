"""The web server: gunicorn with threads, each worker with an application of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from data.settings import Settings

GRACE = 3


class Server(BaseApplication):
    """Runs what ``build`` returns in every worker: a Flask server and a watch to start."""

    def __init__(self, settings: Settings, build: Callable[[Settings], tuple[Any, Any]] | None = None) -> None:
        self.settings = settings
        self.build = build
        super().__init__()

    def load_config(self) -> None:
        """Settings of the server; nothing is read from files."""
        given = {
            "bind": f"{self.settings.host}:{self.settings.port}",
            "workers": self.settings.workers,
            "threads": self.settings.threads,
            "worker_class": "gthread",
            "graceful_timeout": GRACE,
            "timeout": 60,
            "accesslog": None,
            "loglevel": "warning",
            "control_socket_disable": True,
        }
        for name, value in given.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        """The WSGI application of one worker, warm: Dash answers its own scripts only after a first page."""
        app, watch = self.build(self.settings)
        watch.start()
        app.server.test_client().get("/")
        return app.server

    def run(self) -> None:
        """Serve until a signal stops it."""
        Arbiter(self).run()
