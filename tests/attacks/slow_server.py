"""A real server of two threads that is patient for a second, with a stream: what `test_slow.py` attacks."""

from __future__ import annotations

import sys
from dataclasses import replace

import flask

from callbacks import patience
from callbacks.server import Server
from callbacks.stream import Watch
from data.clock.clock import SystemClock
from data.settings import Settings, read


class Nothing:
    """Stands for a reader of nothing."""

    number = 1

    def refresh(self) -> bool:
        return False

    def close(self) -> None:
        pass


class Application:
    """A Dash application as far as a server knows one."""

    def __init__(self, watch: Watch) -> None:
        self.server = flask.Flask("slow")
        self.server.add_url_rule("/", "index", lambda: "here")
        self.server.add_url_rule("/take", "take", lambda: str(len(flask.request.get_data())), methods=["POST"])
        self.server.add_url_rule("/stream", "stream", lambda: watch.answer(lambda: True, lambda: "news", heartbeat=0.5))
        self.server.config["MAX_CONTENT_LENGTH"] = patience.LARGEST_BODY


def build(settings: Settings) -> tuple[Application, Watch]:
    watch = Watch(Nothing(), SystemClock("UTC"))  # type: ignore[arg-type]
    return Application(watch), watch


if __name__ == "__main__":
    patience.LONGEST = 1.0
    Server(replace(read({}), port=int(sys.argv[1]), workers=1, threads=2), build).run()
