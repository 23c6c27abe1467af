"""Whatever somebody of one area asks for, they get the same bytes as if the other rows had never been delivered.

Pages, the requests of their scripts, rows, files: from a cold and from a warm cache, while somebody who sees
everything asks for the same.
"""

from __future__ import annotations

import io
import os
import random
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlencode

import pyarrow.parquet as pq
import pytest
from argon2 import PasswordHasher
from flask.testing import FlaskClient

from app import serve
from callbacks.guard import COOKIE
from data.accounts import Accounts, Passwords
from data.clock.clock import FixedClock
from layouts.view import Show
from tests.callbacks.change import change
from tests.kpis.small import small
from tests.kpis.test_scope import BEGAN, CODES, NOW, _rows
from tests.state.fresh import fresh

ASKED = int(os.environ.get("QUESTIONS", "12"))  # `make torture` asks 5,000
GOOD = "đèn lồng trên sông Hoài"
CONFIG = re.compile(rb'<script id="_dash-config".*?</script>', re.S)  # a random number of each process
KINDS = ("page", "page", "change", "board", "csv", "xlsx", "parquet", "svg", "indicators")


class Ticking(FixedClock):
    """Always the same moment, a second after each look: nobody asks too often."""

    ticks = 0

    def monotonic(self) -> float:
        self.ticks += 1
        return float(self.ticks)


class Town:
    """One small city with two users: one of the north, one of everything."""

    def __init__(self, folder, rows) -> None:
        self.service, self.writer = small(folder, rows, NOW)
        self.state = fresh(folder / "state.db")
        quick = Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
        accounts, clock = Accounts(self.state, passwords=quick), Ticking(NOW)
        accounts.add("north", "N", ["steward"], NOW, GOOD, areas=["north"])
        accounts.add("every", "E", ["steward"], NOW, GOOD)
        server = serve(self.service.catalogue, self.service, clock, "off", accounts)[0].server
        self.north, self.every = (self._client(server, accounts, name) for name in ("north", "every"))

    @staticmethod
    def _client(server, accounts: Accounts, name: str) -> FlaskClient:
        client = server.test_client()
        client.set_cookie(COOKIE, accounts.sign_in(name, GOOD, "", "", NOW).token)
        return client

    def close(self) -> None:
        self.writer.close()
        self.state.close()


@pytest.fixture(scope="module")
def towns(tmp_path_factory) -> Iterator[tuple[Town, Town]]:
    """The whole town, and one to which the south never delivered anything."""
    whole, folder = _rows(7), tmp_path_factory.mktemp("alone")
    part = {name: [row for row in rows if row["area"] == "N"] for name, rows in whole.items()}
    made = Town(folder / "whole", whole), Town(folder / "part", part)
    yield made
    for town in made:
        town.close()


def _search(dice: random.Random) -> str:
    first = (BEGAN + timedelta(days=dice.randrange(100))).date()
    chosen = {
        "from": first.isoformat(),
        "to": (first + timedelta(days=dice.choice((0, 1, 6, 30)))).isoformat(),
        "area": dice.choice(("", "", "north", "south", "north,south", "town", "nowhere")),
        "by": dice.choice(("", "area", "market")),
        "compare": dice.choice(("", "previous", "weekday", "year", "lunar", "target", "area:north", "area:south")),
        "why": dice.choice(("", "1")),
        "show": dice.choice(("", *(show.value for show in Show))),
        "with": dice.choice(("", "", *CODES)),
        "row": dice.choice(("", "", "2-3")),
        "grain": dice.choice(("", "hour", "day", "week", "month")),
        "sort": dice.choice(("", "-at", "guests", "area")),
        "page": dice.choice(("", "1", "2", "9999")),
        "has.market": dice.choice(("", "", "nhat", "korea")),
        "min.guests": dice.choice(("", "", "20")),
    }
    return urlencode({name: value for name, value in chosen.items() if value})


def _asked(dice: random.Random) -> tuple[str, str, str]:
    kind, code, search = dice.choice(KINDS), dice.choice(CODES), _search(dice)
    path = {
        "board": dice.choice(("/", "/board/egov")), "indicators": "/indicators", "page": f"/kpi/{code}",
        "change": f"/kpi/{code}",
    }.get(kind, f"/kpi/{code}.{kind}")  # fmt: skip
    return kind, path, search


def _told(client: FlaskClient, kind: str, path: str, search: str) -> tuple[int, object]:
    """Status and content of an answer, without what packing adds to it."""
    if kind == "change":
        answer = client.post(
            "/_dash-update-component", json=change(path, search), headers={"Origin": "http://localhost"}
        )
    else:
        answer = client.get(f"{path}?{search}")
    assert answer.status_code in (200, 404), (path, search, answer.status_code)
    data = answer.get_data()
    if answer.status_code == 200 and kind == "xlsx":
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return 200, {name: book.read(name) for name in book.namelist() if not name.startswith("docProps")}
    if answer.status_code == 200 and kind == "parquet":
        return 200, pq.read_table(io.BytesIO(data)).to_pylist()
    return answer.status_code, CONFIG.sub(b"", data)


def test_not_a_byte_depends_on_what_is_not_seen(towns):
    dice = random.Random(20261124)
    whole, part = towns
    answered = 0
    for number in range(ASKED):
        asked = _asked(dice)
        if number % 3 == 0:
            _told(whole.every, *asked)  # what the cache now holds is of everything
        seen, alone = _told(whole.north, *asked), _told(part.north, *asked)
        assert seen == alone, asked
        answered += seen[0] == 200
    assert answered > ASKED // 2


def test_it_would_be_noticed(towns):
    """Somebody of everything is told something else in the two towns."""
    told = [_told(town.every, "page", "/kpi/DK-01", "from=2026-11-01&to=2026-11-20&by=area") for town in towns]
    assert told[0] != told[1]
    rows = [_told(town.every, "csv", "/kpi/DK-01.csv", "from=2026-11-01&to=2026-11-20") for town in towns]
    assert rows[0] != rows[1]
