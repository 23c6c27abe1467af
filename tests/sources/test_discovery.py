"""What is taken of a drop folder: once, whole lines, in order, and never from outside."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.sources import Cursor, Delivery, Discovery, SourceError, connector
from tests.sources.drop import source

NOW = 1_800_000_000.0


class Drop:
    """A drop folder that is polled and whose deliveries are loaded."""

    def __init__(self, folder: Path, pattern: str = "*.csv", kind: str = "csv", deliver: str = "append") -> None:
        self.folder = folder
        self.source = source(pattern, kind, deliver=deliver)
        self.discovery = Discovery(self.source, folder)
        self.cursors: dict[str, Cursor] = {}

    def write(self, data: str, name: str = "f.csv", age: float = 5, mode: str = "wb") -> None:
        with (self.folder / name).open(mode) as stream:
            stream.write(data.encode())
        os.utime(self.folder / name, (NOW - age, NOW - age))

    def poll(self) -> list[Delivery]:
        return self.discovery.deliveries(self.cursors, NOW)

    def load(self) -> list[tuple[bool, list[tuple]]]:
        """Poll and load: (replaces, [(line, first cell)]) of each delivery."""
        found = []
        for delivery in self.poll():
            table = connector(self.source).pull(self.source, delivery).table
            self.cursors[delivery.relative] = delivery.cursor
            cells = zip(table["_line"].to_pylist(), table.column(0).to_pylist(), strict=True)
            found.append((delivery.replaces, list(cells)))
        return found


@pytest.fixture
def drop(tmp_path: Path) -> Iterator[Drop]:
    yield Drop(tmp_path)


def test_appended_rows_are_taken_once_with_their_lines(drop: Drop) -> None:
    drop.write("a,b\nx,1\n")
    assert drop.load() == [(False, [(2, "x")])]
    assert drop.load() == []
    drop.write("y,2\nz,", mode="ab")
    assert drop.load() == [(False, [(3, "y")])]
    drop.write("3\n", mode="ab")
    assert drop.load() == [(False, [(4, "z")])]


def test_a_heading_alone_is_a_start(drop: Drop) -> None:
    drop.write("a,b\n")
    assert drop.load() == [(False, [])]
    drop.write("x,1\n", mode="ab")
    assert drop.load() == [(False, [(2, "x")])]


def test_a_cell_with_line_breaks_is_not_cut(drop: Drop) -> None:
    drop.write('a,b\nx,1\ny,"two\n')
    assert drop.load() == [(False, [(2, "x")])]
    drop.write('lines"\nz,3\n', mode="ab")
    assert drop.load() == [(False, [(3, "y"), (5, "z")])]


def test_a_changed_prefix_is_taken_again_and_replaces(drop: Drop) -> None:
    drop.write("a,b\nx,1\n")
    drop.load()
    drop.write("a,b\nw,1\ny,2\n")
    assert drop.load() == [(True, [(2, "w"), (3, "y")])]


def test_a_shrunk_file_is_taken_again_and_replaces(drop: Drop) -> None:
    drop.write("a,b\nx,1\ny,2\n")
    drop.load()
    drop.write("a,b\nx,1\n")
    assert drop.load() == [(True, [(2, "x")])]


def test_an_open_last_line_waits_and_is_taken_when_nobody_writes_any_more(drop: Drop) -> None:
    drop.write("a,b\nx,1\ny,2", age=30)
    assert drop.load() == [(False, [(2, "x")])]
    drop.write("", mode="ab", age=700)
    assert drop.load() == [(False, [(3, "y")])]
    drop.write("5\nz,3\n", mode="ab")
    assert drop.load() == [(True, [(2, "x"), (3, "y"), (4, "z")])]


def test_a_long_file_comes_in_pieces_and_only_the_first_replaces(drop: Drop) -> None:
    drop.discovery.piece = 40
    drop.write("a,b\n" + "".join(f"row{i},1\n" for i in range(20)))
    drop.cursors["f.csv"] = Cursor("f.csv", 3, "other", 1)
    loaded = drop.load()
    assert [replaces for replaces, _ in loaded] == [True] + [False] * (len(loaded) - 1)
    assert len(loaded) > 2
    assert [row for _, rows in loaded for row in rows] == [(i + 2, f"row{i}") for i in range(20)]


def test_appended_utf_16_is_cut_at_lines(tmp_path: Path) -> None:
    drop = Drop(tmp_path)
    path = tmp_path / "f.csv"
    path.write_bytes("a;b\nộ;1\n".encode("utf-16"))
    os.utime(path, (NOW - 5, NOW - 5))
    assert drop.load() == [(False, [(2, "ộ")])]
    with path.open("ab") as stream:
        stream.write("ế;2\nx".encode("utf-16-le"))
    os.utime(path, (NOW - 5, NOW - 5))
    assert drop.load() == [(False, [(3, "ế")])]


def test_files_come_in_order_of_name_and_unfinished_ones_wait(drop: Drop) -> None:
    for name in ("b.csv", "a.csv", ".c.csv", "d.csv.part", "e.csv.tmp"):
        drop.write("a,b\nx,1\n", name)
    drop.discovery = Discovery(source("*"), drop.folder)
    assert [delivery.relative for delivery in drop.poll()] == ["a.csv", "b.csv"]


@pytest.mark.parametrize("deliver", ["replace", "period"])
def test_a_whole_file_waits_until_it_stands_still(tmp_path: Path, deliver: str) -> None:
    drop = Drop(tmp_path, deliver=deliver)
    drop.write("a,b\nx,1\n", age=1)
    assert drop.load() == []
    drop.write("a,b\nx,1\ny,2\n", age=0)
    assert drop.load() == []
    assert drop.load() == [(deliver == "replace", [(2, "x"), (3, "y")])]
    assert drop.load() == []
    drop.write("a,b\nw,1\n", age=0)
    assert drop.load() == []
    assert drop.load() == [(True, [(2, "w")])]


def test_a_touched_but_equal_file_is_not_taken_again(tmp_path: Path) -> None:
    drop = Drop(tmp_path, deliver="replace")
    drop.write("a,b\nx,1\n")
    assert len(drop.load()) == 1
    drop.write("a,b\nx,1\n", age=0)
    assert drop.load() == []
    assert drop.load() == []


def test_a_pattern_that_leaves_the_folder_is_refused(tmp_path: Path) -> None:
    for pattern in ("../x.csv", str(tmp_path / "x.csv")):
        with pytest.raises(SourceError, match="leaves the drop folder"):
            Discovery(source(pattern), tmp_path)


def test_a_link_that_leaves_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a,b\n1,2\n")
    (tmp_path / "drop").mkdir()
    (tmp_path / "drop" / "f.csv").symlink_to(tmp_path / "secret.csv")
    with pytest.raises(SourceError, match="link leads out"):
        Drop(tmp_path / "drop").poll()


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(["x,1\n", 'y,"a\nb"\n', 'z,"q""q"\n', "w,é\n"]), max_size=8),
    st.lists(st.integers(1, 30), max_size=12),
)
def test_however_a_file_grows_every_row_is_loaded_once(
    tmp_path_factory: pytest.TempPathFactory, records: list[str], cuts: list[int]
) -> None:
    drop = Drop(tmp_path_factory.mktemp("drop"))
    whole = ("a,b\n" + "".join(records)).encode()
    position, loaded = 0, []
    for cut in [*cuts, len(whole)]:
        part, position = whole[position : position + cut], position + cut
        with (drop.folder / "f.csv").open("ab") as stream:
            stream.write(part)
        os.utime(drop.folder / "f.csv", (NOW - 5, NOW - 5))
        loaded += drop.load()
    assert not any(replaces for replaces, _ in loaded)
    lines, at = [], 2
    for record in records:
        lines.append((at, record[0]))
        at += record.count("\n")
    assert [row for _, rows in loaded for row in rows] == lines
