"""A real server of two threads that is patient for a second: what `test_slow.py` attacks."""

from __future__ import annotations

import sys
from dataclasses import replace

import flask

from callbacks import patience
from callbacks.server import Server
from data.settings import Settings, read


class Nothing:
    """A watch with nothing to watch."""

    def start(self) -> None:
        pass

    stop = start

    @property
    def reader(self) -> Nothing:
        return self

    close = start


class Application:
    """A Dash application as far as a server knows one."""

    def __init__(self) -> None:
        self.server = flask.Flask("slow")
        self.server.add_url_rule("/", "index", lambda: "here")
        self.server.add_url_rule("/take", "take", lambda: str(len(flask.request.get_data())), methods=["POST"])
        self.server.config["MAX_CONTENT_LENGTH"] = patience.LARGEST_BODY


def build(settings: Settings) -> tuple[Application, Nothing]:
    return Application(), Nothing()


if __name__ == "__main__":
    patience.LONGEST = 1.0
    Server(replace(read({}), port=int(sys.argv[1]), workers=1, threads=2), build).run()
