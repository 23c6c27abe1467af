"""A state for a test: migrated, and filled with what its tests begin from, once in a process; then copied."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from data.state import State


def empty(state: State) -> None:
    """Nothing has happened in it."""


def fresh(path: Path, begin: Callable[[State], None] = empty) -> State:
    """A state as ``begin`` leaves it, in a file of its own, which is not there yet."""
    with path.open("xb") as file:
        file.write(_begun(begin))
    return State.open(f"sqlite:///{path}")


@cache
def _begun(begin: Callable[[State], None]) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "state.db"
        state = State.open(f"sqlite:///{path}")
        begin(state)
        state.close()  # which brings its log into the file
        return path.read_bytes()
