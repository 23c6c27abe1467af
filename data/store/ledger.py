"""The ledger: one line for each load, kept for ever, in immutable JSON-lines files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from data.store import durable


@dataclass(frozen=True, slots=True)
class Load:
    """What one delivery brought. ``loaded + quarantined == delivered`` always.

    ``end``, ``digest`` and ``lines`` are what was taken of the file, so that the same bytes are
    never loaded twice; ``months`` are those a delivery by period names.
    """

    load: int
    source: str
    dataset: str
    path: str
    start: int
    end: int
    digest: str
    lines: int
    delivered: int
    loaded: int
    misformed: int
    misruled: int
    loaded_at: str
    event_start: str | None
    event_end: str | None
    supersedes: tuple[int, ...] = ()
    months: tuple[str, ...] = ()
    quarantine: str | None = None

    @property
    def quarantined(self) -> int:
        """Rows kept aside with a reason."""
        return self.misformed + self.misruled


def write(store: Path, snapshot: int, loads: Iterable[Load]) -> str:
    """Store the loads of one publish; returns the file's name relative to the store."""
    name = f"ledger/{snapshot:010d}.jsonl"
    lines = [json.dumps(asdict(load), ensure_ascii=False) for load in loads]
    durable.write(store / name, ("\n".join(lines) + "\n").encode())
    return name


def merged(store: Path, snapshot: int, names: Iterable[str]) -> str:
    """Put the named ledger files into one; returns its name."""
    name = f"ledger/{snapshot:010d}-merged.jsonl"
    durable.write(store / name, b"".join((store / part).read_bytes() for part in names))
    return name


def read(store: Path, names: Iterable[str]) -> Iterator[Load]:
    """Every load of the named ledger files, oldest first."""
    for name in names:
        for line in (store / name).read_text(encoding="utf-8").splitlines():
            plain = json.loads(line)
            plain |= {name: tuple(plain.get(name, ())) for name in ("supersedes", "months")}
            yield Load(**plain)
