"""A drop folder for tests: sources, files in it, and what they give."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from data.catalogue.source import Reading, Source
from data.catalogue.text import Text
from data.sources import Cursor, Delivery, Pulled, connector

REAL = Path(__file__).parents[2] / ".." / "shared" / "data" / "real"
WORD = Text(vi="x", en="x")


def source(path: str, connector: str = "csv", **more: Any) -> Source:
    """A source of one file; ``read`` may be given as a dict."""
    read = Reading(**more.pop("read", {}))
    return Source(
        id="s",
        name=WORD,
        owner=WORD,
        dataset="d",
        connector=connector,
        path=path,
        read=read,
        fresh_within=60,
        **more,
    )


def whole(path: Path) -> Delivery:
    """The delivery of a whole file."""
    raw = path.read_bytes()
    cursor = Cursor(path.name, len(raw), "", raw.count(b"\n"))
    return Delivery("s", path, path.name, 0, len(raw), cursor, False)


def pull(path: Path, kind: str = "csv", **more: Any) -> Pulled:
    """Pull a whole file as the source describes it."""
    described = source(path.name, kind, **more)
    return connector(described).pull(described, whole(path))


def written(folder: Path, text: str | bytes, encoding: str = "utf-8", name: str = "f.csv") -> Path:
    """Write a file with exactly these characters."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def rows(pulled: Pulled) -> list[tuple]:
    """The cells of every row, without line and fault."""
    columns = [column.to_pylist() for column in pulled.table.columns[:-2]]
    return list(zip(*columns, strict=True))
