"""Twenty analysts at once, each asking another question, beside one of them alone."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles
from urllib.error import URLError
from urllib.request import urlopen

from tests.bench.moment import UNTIL
from tests.bench.table import Row

ANALYSTS, QUESTIONS = 20, 6
LASTS, LOOKED = 60.0, 5.0  # seconds of a minute of work, and from a view to the next one
MONTH = 30  # days
AREAS = ("north", "east", "south", "west")


@contextmanager
def serving(root: Path, city: Path, store: Path) -> Iterator[str]:
    """`lantern web` as an office runs it: two processes. Its address, once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = {"LANTERN_CITY": str(city), "LANTERN_STORE": str(store), "LANTERN_PORT": str(port),
             "LANTERN_STATE": f"sqlite:///{store}.state.db"}  # fmt: skip
    process = subprocess.Popen([sys.executable, str(root / "app.py"), "web"], cwd=root, env=os.environ | given)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            if process.poll() is not None:
                raise RuntimeError(f"the server ended with {process.returncode}")
            if _asked(url, "/kpi/DVC-01") is not None:
                break
            time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait()


def measured(url: str) -> Iterator[Row]:
    """One analyst, then twenty, of a server that is warm; no view is asked twice."""
    views = _views(ANALYSTS * QUESTIONS + QUESTIONS)
    alone = [_asked(url, view) for view in views[:QUESTIONS]]
    parts = [views[QUESTIONS + n :: ANALYSTS] for n in range(ANALYSTS)]
    began = time.perf_counter()
    with ThreadPoolExecutor(ANALYSTS) as pool:
        together = [taken for part in pool.map(lambda part: _session(url, part), parts) for taken in part]
    lasted = time.perf_counter() - began
    good = [taken for taken in together if taken is not None]
    one = median([taken for taken in alone if taken is not None])
    yield Row("one analyst alone: a new view, median", one * 1000, "ms")
    yield Row("twenty analysts at once: a new view, median, over one alone", median(good) / one, bar=ANALYSTS)
    yield Row("twenty analysts at once: the slowest twentieth, over one alone", quantiles(good, n=20)[-1] / one)
    yield Row("twenty analysts at once: views a second", len(good) / lasted, "/s")
    yield Row("twenty analysts at once: views that failed", len(together) - len(good), "", bar=0)


def working(url: str) -> Iterator[Row]:
    """Twenty analysts for a minute, each of whom looks at a view before asking the next, on the same server."""
    each = int(LASTS / LOOKED)
    views = _views(ANALYSTS * each + QUESTIONS, MONTH)
    one = median(taken for view in views[:QUESTIONS] if (taken := _asked(url, view)) is not None)
    parts = [views[QUESTIONS + n :: ANALYSTS] for n in range(ANALYSTS)]
    with ThreadPoolExecutor(ANALYSTS) as pool:
        minute = pool.map(_read, [url] * ANALYSTS, parts, [LOOKED * n / ANALYSTS for n in range(ANALYSTS)])
        taken = [one for part in minute for one in part]
    good = [seconds for seconds in taken if seconds is not None]
    told = f"twenty analysts for a minute, a view every {LOOKED:g} s each"
    yield Row(f"{told}: the slowest twentieth, over one alone", quantiles(good, n=20)[-1] / one, bar=3)
    yield Row(f"{told}: views that failed", len(taken) - len(good), "", bar=0)


def _read(url: str, views: Sequence[str], begins: float) -> list[float | None]:
    time.sleep(begins)
    found = []
    for view in views:
        found.append(_asked(url, view))
        time.sleep(max(0.0, LOOKED - (found[-1] or 0.0)))
    return found


def _views(count: int, days: int | None = None) -> list[str]:
    """Addresses that differ in first day, area and split, so that nothing is answered from memory; each of so many
    ``days``, or up to now."""
    found = []
    for n in range(count):
        first = UNTIL - timedelta(days=40 + n)
        last = UNTIL if days is None else first + timedelta(days=days)
        asked = f"from={first:%Y-%m-%d}&to={last:%Y-%m-%d}&grain=day&area={AREAS[n % 4]}"
        found.append(f"/kpi/DVC-01?{asked}" + ("&by=service" if n % 2 else ""))
    return found


def _session(url: str, views: Sequence[str]) -> list[float | None]:
    return [_asked(url, view) for view in views]


def _asked(url: str, view: str) -> float | None:
    """Seconds until a view was there; None when it was refused."""
    began = time.perf_counter()
    try:
        with urlopen(url + view, timeout=60) as answer:
            whole = b"an-url" in answer.read()
    except URLError:
        return None
    return time.perf_counter() - began if whole else None
