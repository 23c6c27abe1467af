"""How a web worker starts: its imports, its first answer, its first page; and what it must not import."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.bench.table import Row

RUNS = 3
HEAVY = ("pandas", "geopandas", "numpy", "pyarrow", "plotly.express")
SCRIPT = """
import json, os, sys, time
began = time.perf_counter()
import app
from callbacks.server import Server
from data.settings import read
imported = time.perf_counter()
city, watch = app.worker(read({"LANTERN_CITY": sys.argv[1], "LANTERN_STORE": sys.argv[2], "LANTERN_STATE": f"sqlite:///{sys.argv[2]}.state.db"}))
client = city.server.test_client()
assert client.get("/health").status_code == 200
ready = time.perf_counter()
assert client.get("/").status_code == 200
done = time.perf_counter()
heavy = [name for name in sys.argv[3:] if name in sys.modules]
print(json.dumps([imported - began, ready - imported, done - ready, heavy]), flush=True)
os._exit(0)
"""


def measured(city: Path, store: Path) -> Iterator[Row]:
    """Medians of processes started one after another."""
    found = [_started(city, store) for _ in range(RUNS)]
    heavy = sorted({name for one in found for name in one[-1]})
    imports, ready, page = (median(one[n] for one in found) for n in range(3))
    yield Row("a web worker's imports", imports, "s")
    yield Row("a web worker from its imports to its first answer", ready, "s", bar=0.7)
    yield Row("and from there to the front page, which no worker of its city had drawn", page, "s")
    told = f": {', '.join(heavy)}" if heavy else ""
    yield Row(f"heavy libraries a web worker has imported{told}", len(heavy), "", bar=0)


def _started(city: Path, store: Path) -> tuple[float, float, float, list[str]]:
    """Seconds of the imports, to the first answer, to the first page; and what was imported of what is heavy."""
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(city), str(store), *HEAVY],
        cwd=Path(__file__).parents[2], check=True, capture_output=True, text=True,
    )  # fmt: skip
    return tuple(json.loads(ran.stdout.splitlines()[-1]))
