"""A process that does nothing but load, to be killed.

It stands ready with everything imported and forks one child for each line it reads: a JSON
object with ``folder`` and what is to befall the child. The child plays the plan from where the
store stands, writes ``ack <loads>`` after every tick that loaded, and ``done`` at the end.
"""

from __future__ import annotations

import errno
import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import duckdb

from data.calendar.working import working_days
from data.catalogue import Catalogue, load
from data.clock.clock import FixedClock
from data.clock.sync import Sync
from data.store import compaction, durable
from data.store.lease import Lease
from data.store.step import OnStep, silent
from data.store.writer import Writer

FULL = 3  # exit code: the disk was full


class LateClock(FixedClock):
    """To file times it is always long after."""

    def epoch(self) -> float:
        """The year 2033."""
        return 2e9


VERSIONS: dict[str, list[str]] = {
    "dossier_1.csv": [
        "number,area,received_at,closed_at,fee,channel\n1,N,2026-01-05,,5,online\n2,T,2026-01-06,,7,desk\n",
        "3,N,2026-02-01,,5,desk\n1,N,2026-01-05,2026-02-02,5,online\n",
        "2,T,2026-01-06,2026-02-03,7,online\n4,N,2026-02-03,,x,desk\n",
    ],
    "visit_1.csv": ["at,gate,people\n2026-01-05 08:00,east,5\n", "2026-01-05 09:00,west,6\n2026-02-05 09:00,moon,6\n"],
    "gauge_1.csv": ["station,at,level\na,2026-01-05 08:00,1.5\n", "a,2026-01-05 08:10,1.7\nb,2026-01-05 08:10,2\n"],
    "visit_2.csv": ["at,gate,people\n2026-03-05 08:00,east,5\n"],
    "visit_3.csv": ["at,gate,people\n2026-03-06 08:00,east,6\n2026-03-06 08:00,east,-6\n"],
}
REPLACED = {
    "month_1.csv": [
        "at,gate,people\n2026-04-05 08:00,east,5\n2026-05-05 08:00,east,5\n",
        "at,gate,people\n2026-05-05,west,1\n",
    ],
    "book.csv": ["at,gate,people\n2026-06-05 08:00,east,1\n", "at,gate,people\n2026-06-06 08:00,east,2\n"],
}
PLAN = [
    ("dossier_1.csv", 0), ("visit_1.csv", 0), ("gauge_1.csv", 0), ("dossier_1.csv", 1), ("month_1.csv", 0),
    ("book.csv", 0), ("visit_1.csv", 1), ("undo visit_2.csv", 0), ("visit_2.csv", 0), ("undo visit_2.csv", 0),
    ("compact", 0), ("gauge_1.csv", 1), ("book.csv", 1), ("dossier_1.csv", 2), ("undo dossier_1.csv", 0),
    ("visit_3.csv", 0), ("month_1.csv", 1), ("tidy", 0), ("compact", 0),
]  # fmt: skip


def _deliver(drop: Path, name: str, version: int) -> None:
    """Bring a file to a version unless it is there or further; files only ever move on."""
    if name in REPLACED:
        states = REPLACED[name]
    else:
        states = ["".join(VERSIONS[name][: n + 1]) for n in range(len(VERSIONS[name]))]
    path = drop / name
    held = states.index(path.read_text()) if path.exists() else -1
    if held < version:
        partial = path.with_name(f"{name}.part")
        partial.write_text(states[version])
        partial.replace(path)


def _undo(writer: Writer, path: str) -> None:
    """Take the first load of a file back, once."""
    first = min((load.load for load in writer.loads.values() if load.path == path), default=None)
    if first is not None and first not in writer.manifest.undone:
        writer.undo(first)


def play(folder: Path, known: Catalogue, observer: OnStep, say: Callable[[str], None]) -> None:
    """Play the whole plan; what is done already is passed over."""
    compaction.MOST_DELTAS, compaction.MOST_LAKE_FILES = 3, 1
    drop = folder / "drop"
    drop.mkdir(parents=True, exist_ok=True)
    with Lease(folder / "store"):
        clock = LateClock(datetime(2026, 11, 24, 19, 42))
        writer = Writer(folder / "store", known, clock, observer, keep=4)
        sync = Sync(writer, drop, clock)
        for action, version in PLAN:
            if action.startswith("undo "):
                _undo(writer, action.removeprefix("undo "))
            elif action in ("compact", "tidy"):
                getattr(writer, action)()
            else:
                _deliver(drop, action, version)
            for _ in range(2):  # a whole file must have stood still for two polls
                if loads := sync.tick():
                    say(f"ack {' '.join(str(load.load) for load in loads)}")
        writer.close()


def killer(step: str, nth: int) -> OnStep:
    """An observer that ends this process without a word when a step is reached the n-th time."""
    left = [nth]

    def observe(reached: str) -> None:
        left[0] -= reached == step
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return observe


def _fill_disk(order: dict) -> None:
    """Let writing fail: of what is longer than ``limit`` bytes, or at the n-th ``sync`` of a file."""
    if "limit" in order:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (order["limit"], order["limit"]))
    if "sync" in order:
        left, forced = [order["sync"]], durable._fsync

        def full(path: Path) -> None:
            left[0] -= 1
            if left[0] == 0:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
            forced(path)

        durable._fsync = full


def child(order: dict, known: Catalogue) -> int:
    """One life; the exit code."""
    out = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    _fill_disk(order)
    observer = killer(order["step"], order["nth"]) if "step" in order else silent
    try:
        play(Path(order["folder"]), known, observer, lambda line: os.write(out, f"{line}\n".encode()) and None)
    except (OSError, duckdb.Error) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return FULL
    return 0


def main() -> None:
    """Fork a child for each line; answer each with how it ended."""
    known = load(Path(sys.argv[1]))
    working_days(known.city.calendar)  # found once for all children
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            os._exit(child(json.loads(line), known))
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
