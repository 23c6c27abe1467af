"""What the guard costs: looking at a request of somebody signed in, beside drawing the board they ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from app import serve
from callbacks.guard import COOKIE, Guard
from data.accounts import Accounts
from data.catalogue import Catalogue
from data.kpis.service import open_service
from data.state import State
from tests.bench.moment import UNTIL
from tests.bench.table import Row
from tests.standing import StandingClock

RUNS = 60
PASSWORD = "a long word nobody guesses"


def measured(catalogue: Catalogue, store: Path, folder: Path) -> Iterator[Row]:
    """The guard over a board whose answers are held: the cheapest board that is still drawn."""
    clock, state = StandingClock(UNTIL), State.open(f"sqlite:///{folder / 'state.db'}")
    accounts = Accounts(state)
    if not accounts.all():
        accounts.add("bench", "Bench", ["analyst"], UNTIL, PASSWORD)
    token = accounts.sign_in("bench", PASSWORD, "", "", UNTIL).token or ""
    app, _ = serve(catalogue, open_service(catalogue, store, clock), clock, "off", accounts)
    guard, client = Guard(catalogue, clock, accounts), app.server.test_client()
    client.set_cookie(COOKIE, token)

    def board() -> None:
        app.lectern.sheets._held.clear()
        assert client.get("/").status_code == 200

    def look() -> None:
        assert guard.look() is None

    board()
    drawn = median(_timed(board) for _ in range(RUNS))
    with app.server.test_request_context("/", headers={"Cookie": f"{COOKIE}={token}"}):
        looked = median(_timed(look) for _ in range(RUNS))
    state.close()
    yield Row("the guard looking at a request, over a board that is drawn", looked / drawn, bar=0.03)


def _timed(act: Callable[[], None]) -> float:
    began = perf_counter()
    act()
    return perf_counter() - began
