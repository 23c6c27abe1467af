"""Jobs: what a page asks the one writing process to do, as small files in the store.

A web worker never writes data: it leaves a job, the process that holds the lease does it and
leaves the outcome. A job asked twice is one file; one done twice changes nothing more.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from data.store import durable

FOLDER, DONE = "jobs", "jobs/done"
NAME = re.compile(r"(undo|restore)-[0-9]{1,18}")
Kind = Literal["undo", "restore"]
KINDS: tuple[Kind, ...] = ("undo", "restore")


@dataclass(frozen=True, slots=True)
class Job:
    """Take a load back, or give it back. ``asked_by`` is the address it was asked from."""

    kind: Kind
    load: int
    asked_at: str
    asked_by: str

    @property
    def name(self) -> str:
        """Name of its file; the same act on the same load is the same job."""
        return f"{self.kind}-{self.load}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: the snapshot it published, or why it was refused (``absent``, ``overtaken``)."""

    kind: Kind
    load: int
    asked_at: str
    asked_by: str
    done_at: str
    snapshot: int | None = None
    refused: str | None = None
    by: int | None = None


def hand(store: Path, job: Job) -> None:
    """Leave a job for the writing process."""
    durable.write(store / FOLDER / f"{job.name}.json", _encoded(job))


def waiting(store: Path) -> list[Job]:
    """Jobs nobody has done yet, in the order they were asked."""
    return sorted(_all(store / FOLDER, Job), key=lambda job: (job.asked_at, job.name))


def outcomes(store: Path) -> list[Outcome]:
    """What became of jobs, the newest first; of one act on one load only the last is kept."""
    return sorted(_all(store / DONE, Outcome), key=lambda item: (item.done_at, item.snapshot or 0), reverse=True)


def finish(store: Path, job: Job, outcome: Outcome) -> None:
    """Note what became of a job; only then does it cease to wait."""
    durable.write(store / DONE / f"{job.name}.json", _encoded(outcome))
    (store / FOLDER / f"{job.name}.json").unlink(missing_ok=True)


def _encoded(item: Job | Outcome) -> bytes:
    return json.dumps(asdict(item), ensure_ascii=False).encode()


Item = TypeVar("Item", Job, Outcome)


def _all(folder: Path, kind: type[Item]) -> list[Item]:
    found = (_read(path, kind) for path in folder.glob("*.json") if NAME.fullmatch(path.stem))
    return [item for item in found if item is not None]


def _read(path: Path, kind: type[Item]) -> Item | None:
    """None when it was done or replaced meanwhile, or is no job of ours."""
    try:
        plain: dict[str, Any] = json.loads(path.read_bytes())
        item = kind(**plain)
    except (FileNotFoundError, ValueError, TypeError):
        return None
    return item if item.kind in KINDS and isinstance(item.load, int) else None
