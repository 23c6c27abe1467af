"""What the command line says when it is used otherwise than it was meant."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path

import pytest

from commands import _hung_up, parser, run


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


@pytest.mark.parametrize(
    ("command", "option", "given", "example"),
    [
        (("kpi", "DVC-03"), "--from", "2026-13-01", "2026-11-30"),
        (("kpi", "DVC-03"), "--to", "30/11/2026", "2026-11-30"),
        (("audit", "list"), "--since", "yesterday", "2026-11-30"),
        (("audit", "export", "audit.csv"), "--until", "2026-02-30", "2026-11-30"),
        (("simulate",), "--until", "noon", "2026-11-30 07:30"),
    ],
)
def test_a_day_that_is_none_is_named_with_its_option_and_an_example(
    command: tuple[str, ...], option: str, given: str, example: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run([*command, option, given])
    (said,) = (line for line in capsys.readouterr().err.splitlines() if "error" in line)
    assert f"argument {option}: '{given}' is no " in said
    assert example in said
    assert parser().parse_args([*command, option, example])  # and the example would do
