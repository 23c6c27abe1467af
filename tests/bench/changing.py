"""A change of filter, from the click to the last thing that moves: our page and the naive one in turn."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from urllib.error import URLError
from urllib.request import urlopen

import duckdb
from playwright.sync_api import Browser, Page, sync_playwright

from data.catalogue import load
from tests.bench import crowd, guarding, metropolis, naive
from tests.bench.table import Row
from tests.browser import chromium

ROOT = Path(__file__).parents[2]
CITY = Path("tests/cities/metropolis")
ROUNDS = 3
AREAS = {"north": "North", "east": "East", "south": "South", "west": "West"}
VIEW = "/kpi/DVC-01?from=2026-11-01&to=2026-11-24&grain=day"
TICK = os.sysconf("SC_CLK_TCK")
# The moment of the last change of the page after `act`, once nothing has moved for 300 ms and `done` holds.
LAST_MOVE = """([act, done]) => new Promise((resolve, reject) => {
  let last = performance.now();
  const began = last;
  const watch = new MutationObserver(() => { last = performance.now(); });
  watch.observe(document.body, {childList: true, subtree: true, characterData: true, attributes: true});
  eval(act);
  const look = () => {
    if (eval(done) && performance.now() - last > 300) resolve(last - began);
    else if (performance.now() - began > 20000) reject(new Error("never done: " + done));
    else setTimeout(look, 20);
  };
  look();
})"""


# Of a page opened for the first time: when the first chart was there, and when anything moved last.
OPENED = """
const CHART = '.tile svg:not(.icon), .an-still svg, .main-svg';
window.moved = 0; window.charted = 0;
new MutationObserver(() => {
  window.moved = performance.now();
  if (!window.charted && document.querySelector(CHART)) window.charted = performance.now();
}).observe(document, {childList: true, subtree: true, characterData: true, attributes: true});
"""


@dataclass
class Cost:
    """What changes of one page cost: ms each, CPU seconds of the server, kB over the wire, RSS in MB.

    ``opened`` are the CPU seconds of opening the page and of what is drawn ahead of the first change; ``cold`` and
    ``first`` the ms until all and until the first chart of it were there, ``whole`` the kB that took.
    """

    times: list[float] = field(default_factory=list)
    cold: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    cpu: float = 0.0
    opened: float = 0.0
    sent: float = 0.0
    memory: list[float] = field(default_factory=list)

    @property
    def each(self) -> float:
        """CPU ms a change."""
        return self.cpu * 1000 / len(self.times)


def measured(folder: Path) -> Iterator[Row]:
    """The metropolis built, both pages measured in turn."""
    began = time.perf_counter()
    town = metropolis.built(folder, load(ROOT / CITY))
    yield Row("the metropolis (2 M dossiers, 30 M readings, 5 M visits) written and loaded", _since(began), "s")
    rollups = folder / "rollups.duckdb"
    naive.roll_up(town.drop, rollups)
    yield Row("its history mart, beside the files delivered", _bytes(town.store / "marts") / _bytes(town.drop))
    raw = folder / "raw.duckdb"
    _on_raw_facts(town.drop, raw)
    plain, ours, plotly, slow = Cost(), Cost(), Cost(), Cost()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium.find()), args=list(chromium.ARGUMENTS))
        for _ in range(ROUNDS):
            with _serving("tests.bench.naive", str(rollups)) as (process, url):
                _measure(browser, process, url, "/", _pick_naive, plain)
            with _serving("tests.bench.serving", str(CITY), str(town.store)) as (process, url):
                _measure(browser, process, url, "/", _pick_board, ours)
            with _serving("tests.bench.serving", str(CITY), str(town.store)) as (process, url):
                _measure(browser, process, url, VIEW, _pick_view, plotly)
        with _serving("tests.bench.naive", str(raw)) as (process, url):
            _measure(browser, process, url, "/", _pick_naive, slow)
        browser.close()
    yield from _rows(plain, ours, plotly)
    yield Row("the naive page on raw facts: filter to last repaint", median(slow.times), "ms")
    yield Row("a board: server CPU of opening it, with its areas drawn ahead", ours.opened * 1000 / ROUNDS, "ms")
    with crowd.serving(ROOT, CITY, town.store) as url:
        yield from crowd.measured(url)
        yield from crowd.working(url)
    yield from guarding.measured(load(ROOT / CITY), town.store, folder)


def _rows(plain: Cost, ours: Cost, plotly: Cost) -> Iterator[Row]:
    floor = median(plain.times)
    yield Row("the naive page on roll-ups: filter to last repaint", floor, "ms")
    yield Row("a board of SVG: filter to last repaint, over the naive page", median(ours.times) / floor, bar=0.12)
    yield Row("an analysis page where Plotly draws, over the naive page", median(plotly.times) / floor, bar=0.33)
    for name, cost in (("a board", ours), ("an analysis page", plotly)):
        late = quantiles(cost.times, n=20, method="inclusive")[-1] / median(cost.times)
        yield Row(f"{name}: the slowest of twenty changes, over the median", late, bar=2)
    yield from _opened(plain, ours, plotly)
    yield Row("the naive page: server CPU a change", plain.each, "ms")
    yield Row("a board: server CPU a change, over the naive page", ours.each / plain.each, bar=0.03)
    yield Row("an analysis page: server CPU a change, over the naive page", plotly.each / plain.each)
    yield Row("a board: sent a change", ours.sent / len(ours.times), "kB", bar=15)
    yield Row("an analysis page: sent a change", plotly.sent / len(plotly.times), "kB", bar=15)
    held = median(ours.memory + plotly.memory) / median(plain.memory)
    yield Row("memory of our server, over that of the naive one", held, bar=0.7)


def _opened(plain: Cost, ours: Cost, plotly: Cost) -> Iterator[Row]:
    """Pages opened by a browser that has never been there."""
    floor = median(plain.cold)
    yield Row("the naive page opened for the first time: all is there", floor, "ms")
    yield Row(
        "a board opened for the first time: all is there, over the naive page", median(ours.cold) / floor, bar=0.5
    )
    yield Row("and its first chart", median(ours.first) / floor, bar=0.2)
    yield Row("an analysis page opened for the first time, over the naive", median(plotly.cold) / floor, bar=0.5)
    yield Row("and its first chart", median(plotly.first) / floor, bar=0.2)
    yield Row("a board: sent a first visit", median(ours.whole), "kB", bar=300)
    yield Row("an analysis page: sent a first visit", median(plotly.whole), "kB", bar=900)


def _on_raw_facts(drop: Path, target: Path) -> None:
    """The tables of the naive page as views of the files delivered: the same page, not one line changed."""
    with duckdb.connect(str(target)) as connection:
        for name, rows in naive.ROLLUPS.items():
            connection.execute(f"CREATE OR REPLACE VIEW {name} AS {rows.format(drop)}")


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _since(began: float) -> float:
    return time.perf_counter() - began


def _pick_naive(area: str) -> tuple[str, str]:
    name = AREAS[area]
    act = f"window.dash_clientside.set_props('area', {{value: '{name[0]}'}})"
    graphs = "[...document.querySelectorAll('.js-plotly-plot')]"
    numbers = "['received','closed','on_time','open','visitors','pm25'].map(id => document.getElementById(id))"
    return act, (
        f"{graphs}.length === 4 && {graphs}.every(g => g.layout?.title?.text === '{name}') && "
        f"{numbers}.every(n => n.textContent.startsWith('{name}'))"
    )


def _pick_board(area: str) -> tuple[str, str]:
    return (
        f"document.querySelector('.board-areas a[href=\"?area={area}\"]').click()",
        f"document.querySelector('.board-areas .is-here').textContent === '{AREAS[area]}'",
    )


def _pick_view(area: str) -> tuple[str, str]:
    search = f"?{VIEW.split('?')[1]}&area={area}"
    return (
        f"window.lantern.go(window.location.pathname + '{search}')",
        f"document.querySelector('.an-url').textContent.includes('area={area}') && "
        "document.querySelector('.an-plot .main-svg')",
    )


def _measure(
    browser: Browser, process: subprocess.Popen, url: str, path: str, pick: Callable[[str], tuple[str, str]], cost: Cost
) -> None:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.add_init_script(OPENED)
    channel = context.new_cdp_session(page)
    channel.send("Network.enable")
    sent: list[int] = []
    channel.on("Network.loadingFinished", lambda event: sent.append(int(event["encodedDataLength"])))
    idle = _cpu(process)
    page.goto(url + path)
    _settled(page)
    cost.opened += _cpu(process) - idle
    moved, charted = page.evaluate("() => [window.moved, window.charted]")
    cost.cold.append(moved)
    cost.first.append(charted)
    cost.whole.append(sum(sent) / 1000)
    sent.clear()
    before = _cpu(process)
    for area in AREAS:
        cost.times.append(page.evaluate(LAST_MOVE, list(pick(area))))
    cost.cpu += _cpu(process) - before
    cost.sent += sum(sent) / 1000
    cost.memory.append(_resident(process))
    context.close()


def _settled(page: Page) -> None:
    page.wait_for_function("() => document.querySelector('#page .board, .js-plotly-plot .main-svg')")
    page.evaluate(LAST_MOVE, ["", "true"])
    page.wait_for_timeout(1000)


@contextmanager
def _serving(module: str, *arguments: str) -> Iterator[tuple[subprocess.Popen, str]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments, str(port)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _await(url, process)
        yield process, url
    finally:
        process.kill()
        process.wait()


def _await(url: str, process: subprocess.Popen) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            with urlopen(url):
                return
        except URLError:
            time.sleep(0.1)
    raise TimeoutError(url)


def _cpu(process: subprocess.Popen) -> float:
    """CPU seconds used so far, of user and system."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def _resident(process: subprocess.Popen) -> float:
    """Resident memory in MB."""
    pages = int(Path(f"/proc/{process.pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
