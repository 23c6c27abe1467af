"""What the command line says when it is used otherwise than it was meant."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path

import pytest

from commands import _hung_up, run


@contextmanager
def nobody() -> Iterator[None]:
    """A standard output that nobody reads any more."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", encoding="utf-8") as stream, redirect_stdout(stream):
        yield


def test_whoever_reads_no_further_is_told_no_more(tmp_path: Path) -> None:
    with nobody():
        assert run(["new-city", str(tmp_path / "city")]) == 141
        print("what is still to be said", flush=True)


def test_much_that_nobody_reads_is_known_from_another_pipe_that_broke() -> None:
    with nobody():
        with pytest.raises(BrokenPipeError):
            print("x" * 100_000, flush=True)
        assert _hung_up()
        assert not _hung_up()  # it goes nowhere now, which is no pipe
