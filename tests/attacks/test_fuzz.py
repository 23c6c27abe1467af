"""Random and hostile addresses of every page and file: a page or a clear notice, never a trace, never another's own.

``ADDRESSES`` says how many; ``make torture`` asks for ten thousand.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient

from callbacks.guard import DECLARED
from data.remarks.remark import Wording
from data.remarks.remarks import Author, Remarks
from data.workspaces import Member, Workspaces
from tests.attacks.test_addresses import BREAKS, CLIMBS, KPI_WORDS, MARKUP, SQL, run
from tests.callbacks.change import change
from tests.callbacks.test_guard import ADDRESSES
from tests.callbacks.town import GOOD, HERE, Town
from tests.kpis.delivered import NOW
from tests.kpis.november import loaded

MOST = int(os.environ.get("ADDRESSES", "100"))
SEED = int(os.environ.get("SEED", "20261124"))
STREAMS = ("stream", "wall_stream", "wall_place_stream", "remote_stream")  # they do not end
ENDS = ("sign_out", "provider_leave", "provider_return")
ON = ("DVC-01", "DVC-03", "DL-02", "HT-07")  # where there are remarks
CLEAR = (200, 303, 308, 400, 401, 403, 404, 405, 409, 422)
OTHER_WORDS = ("q", "domain", "said", "undo", "save", "title", "remark", "who", "text", "since", "until", "period",
               "language", "next", "as", "lang", "owner", "state", "x")  # fmt: skip
TRACES = (b"Traceback", b"Internal Server Error", b"duckdb.", b"sqlalchemy", b'File "/')
FORMS = ("/kpi/{code}", "/kpi/{code}.{kind}", "/board/{board}", "/board/{board}.{kind}", "/sources/{source}",
         "/sources/{source}/quarantine.csv", "/reports", "/reports/{any}", "/reports/{any}.{kind}",
         "/papers/{number}.{kind}", "/workspaces", "/audit", "/audit.csv", "/alerts", "/screens", "/rooms",
         "/exercises", "/profile", "/wall/{any}", "/rooms/{any}", "/{any}", "/{any}/{any}")  # fmt: skip
LARGE = ("/indicators", "/")  # every KPI there is: a few of them are enough


def mine(name: str) -> str:
    """What only one user may read."""
    return f"Riêng của {name}, không ai khác"


class Pair(Town):
    """Two analysts of two organisations, each with a private view, an organisation's view, and remarks."""

    people = ("lan", "tam")

    def __init__(self, service, folder) -> None:
        super().__init__(service, folder)
        kept, remarks = Workspaces(self.state), Remarks(self.state)
        first, last = NOW.date().replace(day=1), NOW.date()
        for name in self.people:
            user = self.accounts.add(name, name, ["analyst"], NOW, GOOD, organisation=f"so_{name}")
            member, author = Member(user, edits=True), Author(user)
            for whole in (False, True):
                kept.save(member, mine(name), "/kpi/DVC-01", NOW, whole)
            for audience in ("own", "organisation"):
                for kpi in ON:
                    number = service.catalogue.codes[kpi].id
                    remarks.write(author, number, Wording(mine(name), first, last, None, audience), NOW)  # type: ignore[arg-type]
        self.clients = {name: self.client(self.token(name)) for name in self.people}


@pytest.fixture(scope="module")
def pair(tmp_path_factory) -> Iterator[Pair]:
    folder = tmp_path_factory.mktemp("fuzzed")
    service, writer = loaded(folder)
    made = Pair(service, folder)
    yield made
    made.state.close()
    writer.close()


class Dice:
    """Draws addresses: sound ones, nearly sound ones, and what an attacker would send."""

    def __init__(self, seed: int, pair: Pair) -> None:
        self.random = random.Random(seed)
        catalogue = pair.service.catalogue
        self.codes, self.boards = [*sorted(catalogue.codes), *ON * 30], sorted(catalogue.boards)
        self.sources, self.areas = sorted(catalogue.sources), sorted(catalogue.areas)
        self.kpis = catalogue.codes
        self.fixed = [a for name, a in ADDRESSES.items() if name not in (*STREAMS, *ENDS) and name in DECLARED]

    def hostile(self) -> str:
        """A text nobody means well with."""
        pick = self.random.choice
        kind = self.random.randrange(5)
        if kind == 0:
            spans = [pick(((1, 0x250), (0x1E00, 0x2FFF))) for _ in range(self.random.randrange(1, 30))]
            return "".join(chr(self.random.randrange(*span)) for span in spans)
        if kind == 1:
            return str(self.random.choice((-1, 0, 2**31, 2**63, 10**40, "1e9", "NaN", "٣", "0x1F", "1_000")))
        return pick((SQL, MARKUP, CLIMBS, BREAKS)[kind - 2 if kind < 4 else self.random.randrange(4)])

    def day(self) -> str:
        """A day of the address, of this year, of any, or none there is."""
        year = self.random.choice((2026, 2026, 2025, 1990, 2099, 1, 9999))
        return f"{year:04}-{self.random.randrange(14):02}-{self.random.randrange(33):02}"

    def word(self, code: str) -> tuple[str, str]:
        """One key of an address with a value that fits it, mostly."""
        pick, kpi = self.random.choice, self.kpis[code]
        key = pick((*KPI_WORDS, *KPI_WORDS, *OTHER_WORDS))
        fits = {
            "from": self.day, "to": self.day, 
            "area": lambda: ",".join(self.random.choices(self.areas, k=pick((1, 1, 2, 3)))),
            "by": lambda: pick((*kpi.dimensions, "x")), "grain": lambda: pick(("hour", "day", "week", "month", "year")),
            "compare": lambda: pick(("none", "previous", "lunar", "target", f"area:{pick(self.areas)}", "event:x",
                                     "event:river::2026-11-13T04:00:00")),
            "sort": lambda: pick(("-at", "area", "code")), "page": lambda: str(self.random.randrange(12_000)),
            "row": lambda: f"{self.random.randrange(9)}-{self.random.randrange(99)}", "old": lambda: "1",
            "snapshot": lambda: str(self.random.randrange(4)), "why": lambda: "1",
            "has.field": lambda: pick(("dat", "x", self.hostile())), "min.received_at": self.day,
            "filter": lambda: f"{pick((*kpi.dimensions, 'x'))}:{pick(('civil', 'online', 'x,y', self.hostile()))}",
        }  # fmt: skip
        return key, fits[key]() if key in fits and self.random.random() < 0.7 else self.hostile()

    def address(self) -> str:
        """A path with what it asks."""
        pick = self.random.choice
        drawn = self.random.random()
        if drawn < 0.08:
            return pick(self.fixed)
        code = pick(self.codes) if self.random.random() < 0.5 else "DVC-01"
        told = {"code": code, "board": pick(self.boards), "source": pick(self.sources),
                "kind": pick(("csv", "csv", "svg", "geojson", "parquet", "xlsx", "png", "exe"))}  # fmt: skip
        given = {name: value if self.random.random() < 0.85 else self.hostile() for name, value in told.items()}
        given |= {"any": self.hostile(), "number": str(self.random.randrange(10**9))}
        form = pick(LARGE) if drawn < 0.1 else "/kpi/{code}" if drawn < 0.35 else pick(FORMS)
        path = form.format(**{name: quote(value, safe="") for name, value in given.items()})
        asked = [self.word(code) for _ in range(self.random.choice((0, 1, 2, 3, 5, 45)))]
        return path + ("?" + urlencode(asked) if asked else "")


def turned(client: FlaskClient, address: str, line: str):
    """The same address as the scripts of a page ask for it."""
    path, _, search = address.partition("?")
    body = change(path, search)
    return client.post("/_dash-update-component", json=body, headers=HERE, environ_base={"REMOTE_ADDR": line})


def test_no_address_breaks_a_page_or_shows_what_is_anothers(pair):
    dice = Dice(SEED, pair)
    pages = own = 0
    for number in range(MOST):
        address, line = dice.address(), f"192.0.{number // 250 % 250}.{number % 250}"
        name, other = dice.random.sample(pair.people, 2)
        client, asked = pair.clients[name], dice.random.random() < 0.2
        answer = turned(client, address, line) if asked else client.get(address, environ_base={"REMOTE_ADDR": line})
        data, told = answer.get_data(), f"SEED={SEED}, address {number} of {name}: {address}"
        assert answer.status_code in CLEAR, f"{answer.status_code}: {told}"
        assert mine(other).encode() not in data and mine(other).encode("unicode_escape") not in data, told
        if answer.mimetype in ("text/html", "application/json"):
            assert not any(trace in data for trace in TRACES), told
            assert answer.mimetype != "text/html" or run(data) == [], told
        pages += answer.status_code == 200
        own += mine(name).encode() in data or mine(name).encode("unicode_escape") in data
        answer.close()
    assert pages > MOST // 3, "most of them are pages"
    assert own > MOST // 20, "on many of them stands what is one's own: it would be noticed"


def test_it_would_be_noticed(pair):
    """One's own remark and view are on the pages where another's must not be."""
    for name, other in (pair.people, pair.people[::-1]):
        for path in ("/kpi/DVC-01", "/workspaces"):
            page = pair.clients[name].get(path).text
            assert mine(name) in page and mine(other) not in page
