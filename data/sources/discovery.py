"""What lies in the drop folder and has not been taken yet."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from data.catalogue.source import Source
from data.sources.delivery import Cursor, Delivery, SourceError
from data.sources.encoding import canonical, marked
from data.sources.records import line_feeds, line_feeds_between, record_end

WHOLE_DIGEST = 8 * 2**20
EDGE = 2**20
PIECE = 256_000_000
SETTLED = 2.0
TAIL_AFTER = 600.0
UNFINISHED = (".tmp", ".part")
LINED = ("csv", "jsonl")


@dataclass
class Discovery:
    """Finds the deliveries of one source below a drop folder.

    Rows appended to a CSV are taken as far as their last complete line, in pieces of at most
    ``piece`` bytes. Every other file is taken whole, once its size and time have stood still
    for two polls, which the instance remembers.
    """

    source: Source
    drop: Path
    piece: int = PIECE
    _stood: dict[str, tuple[int, int]] = field(default_factory=dict, repr=False)
    _polled: bool = field(default=False, repr=False)
    _same: dict[str, tuple[int, int, str]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        pattern = PurePosixPath(self.source.path)
        if pattern.is_absolute() or ".." in pattern.parts:
            raise SourceError(self.source.path, "the path leaves the drop folder", "write a path below it")

    def deliveries(self, cursors: Mapping[str, Cursor], now: float) -> list[Delivery]:
        """What to load, in order of file name, given what was taken of each file before.

        ``now`` is in seconds since 1970, as file times are. SourceError when a link leads out
        of the drop folder.
        """
        found: list[Delivery] = []
        stood: dict[str, tuple[int, int]] = {}
        for path in self._files():
            relative = path.relative_to(self.drop).as_posix()
            try:
                status = path.stat()
                stood[relative] = (status.st_size, status.st_mtime_ns)
                found += self._deliver(path, relative, status, cursors.get(relative), now)
            except FileNotFoundError:
                stood.pop(relative, None)
        self._stood, self._polled = stood, True
        return found

    def _files(self) -> Iterator[Path]:
        root = self.drop.resolve()
        for path in sorted(self.drop.glob(self.source.path)):
            parts = path.relative_to(self.drop).parts
            if any(part.startswith(".") for part in parts) or path.name.endswith(UNFINISHED) or not path.is_file():
                continue
            if not path.resolve().is_relative_to(root):
                name = path.relative_to(self.drop).as_posix()
                raise SourceError(name, "the link leads out of the drop folder", "put the file itself there")
            yield path

    def _deliver(
        self, path: Path, relative: str, status: os.stat_result, cursor: Cursor | None, now: float
    ) -> list[Delivery]:
        if self.source.connector in LINED and self.source.deliver == "append" and self.source.read.records is None:
            return self._appended(path, relative, status, cursor, now)
        if not self._settled(relative, status, now):
            return []
        return self._whole(path, relative, status, cursor)

    def _settled(self, relative: str, status: os.stat_result, now: float) -> bool:
        if not self._polled:
            return now - status.st_mtime >= SETTLED
        return self._stood.get(relative) == (status.st_size, status.st_mtime_ns)

    def _whole(self, path: Path, relative: str, status: os.stat_result, cursor: Cursor | None) -> list[Delivery]:
        """A whole file unless it was taken; one whose size and time did not change is not read again."""
        size = status.st_size
        if size == 0 or (cursor and self._same.get(relative) == (size, status.st_mtime_ns, cursor.digest)):
            return []
        found = digest(path, size)
        if cursor and (cursor.size, cursor.digest) == (size, found):
            self._same[relative] = (size, status.st_mtime_ns, found)
            return []
        lines = line_feeds_between(path, 0, size, self._encoding(path)) if self.source.connector in LINED else 0
        after = Cursor(relative, size, found, lines)
        replaces = cursor is not None or self.source.deliver == "replace"
        return [Delivery(self.source.id, path, relative, 0, size, after, replaces)]

    def _appended(
        self, path: Path, relative: str, status: os.stat_result, cursor: Cursor | None, now: float
    ) -> list[Delivery]:
        size = status.st_size
        if cursor and size == cursor.size:
            return []
        changed = cursor is not None and not self._continues(path, size, cursor)
        start, lines = (0, 0) if cursor is None or changed else (cursor.size, cursor.lines)
        tail = now - status.st_mtime >= TAIL_AFTER
        found: list[Delivery] = []
        for begin, end, feeds in self._pieces(path, start, size, tail):
            lines += feeds
            after = Cursor(relative, end, digest(path, end), lines)
            replaces = begin == 0 and changed
            found.append(Delivery(self.source.id, path, relative, begin, end, after, replaces))
        return found

    def _continues(self, path: Path, size: int, cursor: Cursor) -> bool:
        """Whether the bytes taken are still there and what follows begins a line of its own.

        A last line without line feed is taken when nobody has touched the file for ten
        minutes; if it grows after all, the file is read again.
        """
        if size < cursor.size or digest(path, cursor.size) != cursor.digest:
            return False
        with path.open("rb") as stream:
            stream.seek(max(cursor.size - 2, 0))
            return cursor.size == 0 or b"\n" in stream.read(min(2, cursor.size))

    def _pieces(self, path: Path, start: int, size: int, tail: bool) -> Iterator[tuple[int, int, int]]:
        """(start, end, line feeds) of runs of complete records; ``tail`` takes an open last line."""
        encoding = self._encoding(path)
        with path.open("rb") as stream:
            while start < size:
                stream.seek(start)
                data = stream.read(min(self.piece, size - start))
                last = start + len(data) >= size
                end = len(data) if last and tail else self._complete(data, encoding)
                if not last and not end:
                    end = len(data)
                if not end:
                    return
                yield start, start + end, line_feeds(data[:end], encoding)
                start += end

    def _complete(self, data: bytes, encoding: str) -> int:
        """Length of the complete records in ``data``; a line of JSON ends where the line does."""
        if self.source.connector == "jsonl" and not encoding.startswith("utf-16"):
            return data.rfind(b"\n") + 1
        return record_end(data, encoding)

    def _encoding(self, path: Path) -> str:
        """How wide a line feed is; all other encodings write it as one byte."""
        with path.open("rb") as stream:
            mark = marked(stream.read(4))
        if mark:
            return mark[0]
        declared = self.source.read.encoding or "utf-8"
        try:
            return canonical(declared)
        except LookupError:
            return "utf-8"


def digest(path: Path, size: int) -> str:
    """Fingerprint of the first ``size`` bytes: of all up to 8 MB, else of both ends and the size."""
    hashed = hashlib.sha256()
    with path.open("rb") as stream:
        if size <= WHOLE_DIGEST:
            hashed.update(stream.read(size))
        else:
            hashed.update(stream.read(EDGE))
            stream.seek(size - EDGE)
            hashed.update(stream.read(EDGE))
            hashed.update(str(size).encode())
    return hashed.hexdigest()
