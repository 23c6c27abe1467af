"""Manifests: one small immutable file names everything one snapshot is made of.

A reader that holds a manifest holds a consistent city. The pointer ``CURRENT`` is the only
thing ever replaced; what no kept manifest names is garbage and may be removed.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from data.store import durable

CURRENT = "CURRENT"
FOLDER = "manifests"


@dataclass(frozen=True, slots=True)
class LakeFile:
    """One Parquet file of one dataset; event times and load ids it holds, inclusive."""

    file: str
    rows: int
    start: str | None
    end: str | None
    first_load: int
    last_load: int


@dataclass(frozen=True, slots=True)
class Delta:
    """What one publish changed: table name -> Parquet file."""

    snapshot: int
    tables: dict[str, str]


@dataclass(frozen=True, slots=True)
class SourceCount:
    """A source's record so far. ``misformed`` and ``misruled`` rows are in quarantine."""

    delivered: int = 0
    loaded: int = 0
    misformed: int = 0
    misruled: int = 0
    event_time: str | None = None
    loaded_at: str | None = None
    error: str | None = None
    simulated: bool = False


@dataclass(frozen=True, slots=True)
class Replaced:
    """Rows of a source and its months (YYYY-MM) that came before ``load`` do not count while it stands."""

    load: int
    source: str
    dataset: str
    months: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """One snapshot. ``undone`` maps a load id to the load that replaced it, 0 if undone by hand.

    ``stamps`` maps a dataset to the snapshot that last changed it: the key of every cache.
    """

    snapshot: int = 0
    parent: int | None = None
    created_at: str = ""
    digest: str = ""
    mart: str | None = None
    deltas: tuple[Delta, ...] = ()
    lake: dict[str, tuple[LakeFile, ...]] = field(default_factory=dict)
    ledger: tuple[str, ...] = ()
    undone: dict[int, int] = field(default_factory=dict)
    replaced: tuple[Replaced, ...] = ()
    last_load: int = 0
    sources: dict[str, SourceCount] = field(default_factory=dict)
    stamps: dict[str, int] = field(default_factory=dict)
    event_times: dict[str, str] = field(default_factory=dict)
    event_starts: dict[str, str] = field(default_factory=dict)

    @property
    def files(self) -> set[str]:
        """Every file this snapshot needs, relative to the store."""
        named = {delta_file for delta in self.deltas for delta_file in delta.tables.values()}
        named |= {lake_file.file for files in self.lake.values() for lake_file in files}
        return named | set(self.ledger) | ({self.mart} if self.mart else set())

    def at(self, dataset: str) -> datetime | None:
        """Newest event time of a dataset."""
        text = self.event_times.get(dataset)
        return datetime.fromisoformat(text) if text else None

    def begins(self, dataset: str) -> datetime | None:
        """Oldest event time of a dataset: before it nothing was counted, which is not zero."""
        text = self.event_starts.get(dataset)
        return datetime.fromisoformat(text) if text else None

    def masks(self, dataset: str) -> tuple[Replaced, ...]:
        """What replaces months of earlier loads of a dataset; ranks only while its own load stands."""
        return tuple(r for r in self.replaced if r.dataset == dataset and r.load not in self.undone)

    def thinned(self) -> Manifest:
        """What must be remembered of a snapshot whose files are gone: which loads it knew."""
        return replace(self, mart=None, deltas=(), lake={}, ledger=())

    def spanning(self, dataset: str, start: datetime | None, end: datetime | None) -> Manifest:
        """This manifest with only those lake files of a dataset that touch [start, end)."""
        kept = tuple(
            f
            for f in self.lake.get(dataset, ())
            if (end is None or f.start is None or f.start < end.isoformat())
            and (start is None or f.end is None or f.end >= start.isoformat())
        )
        return replace(self, lake={**self.lake, dataset: kept})

    def encode(self) -> bytes:
        """The manifest as JSON text."""
        plain = {f.name: getattr(self, f.name) for f in fields(self)}
        return json.dumps(plain, default=asdict, ensure_ascii=False, separators=(",", ":")).encode()


def decode(content: bytes) -> Manifest:
    """A manifest from its JSON text."""
    plain: dict[str, Any] = json.loads(content)
    plain["deltas"] = tuple(Delta(**delta) for delta in plain["deltas"])
    plain["lake"] = {name: tuple(LakeFile(**f) for f in files) for name, files in plain["lake"].items()}
    plain["ledger"] = tuple(plain["ledger"])
    plain["undone"] = {int(load): by for load, by in plain["undone"].items()}
    plain["replaced"] = tuple(
        Replaced(**{**rule, "months": tuple(rule["months"])}) for rule in plain.get("replaced", ())
    )
    plain["sources"] = {name: SourceCount(**count) for name, count in plain["sources"].items()}
    return Manifest(**plain)


def name_of(snapshot: int) -> str:
    """File name of a manifest."""
    return f"{snapshot:010d}.json"


def write(store: Path, manifest: Manifest) -> None:
    """Store a manifest under its own name; it is not current yet."""
    durable.write(store / FOLDER / name_of(manifest.snapshot), manifest.encode())


def point(store: Path, snapshot: int) -> None:
    """Make a stored manifest the current one."""
    durable.write(store / CURRENT, name_of(snapshot).encode())


def read(store: Path, snapshot: int) -> Manifest:
    """A manifest by number; FileNotFoundError if there is none."""
    return decode((store / FOLDER / name_of(snapshot)).read_bytes())


def current(store: Path) -> Manifest | None:
    """The current manifest, or None before the first publish."""
    pointer = store / CURRENT
    if not pointer.is_file():
        return None
    return decode((store / FOLDER / pointer.read_text().strip()).read_bytes())


def current_number(store: Path) -> int | None:
    """Number of the current snapshot, read from the pointer alone."""
    pointer = store / CURRENT
    return int(Path(pointer.read_text().strip()).stem) if pointer.is_file() else None


def known(store: Path) -> list[int]:
    """Numbers of all stored manifests, oldest first."""
    return sorted(int(path.stem) for path in (store / FOLDER).glob("*.json") if path.stem.isdigit())
