"""The log of ticks: what the rules were told, when and of which snapshot. Events are repeated from it.

One file a month, one line a tick, each on the disk before anything is made of it. A file begins with what stood
before it, so that only the newest has to be read again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from data.alerts.event import Event
from data.alerts.machine import NEVER, Standing
from data.alerts.reading import Reading
from data.store import durable

FOLDER, SINCE = "alerts", "since"
Key = tuple[str, str]  # rule, part


@dataclass(frozen=True, slots=True)
class Tick:
    """One look at all rules: those readings that may change what stands."""

    at: datetime
    snapshot: int
    readings: tuple[Reading, ...]


def watched_since(store: Path) -> datetime | None:
    """When the rules of a store were first looked at; None if they never were."""
    try:
        return datetime.fromisoformat((store / FOLDER / SINCE).read_text("utf-8"))
    except FileNotFoundError:
        return None


class Log:
    """The log in a folder of the store. One process writes it."""

    def __init__(self, store: Path) -> None:
        self.folder = store / FOLDER
        self.folder.mkdir(parents=True, exist_ok=True)

    def watch(self, at: datetime) -> None:
        """Keep when the rules were first looked at, for who asks of a time before; calm looks leave no tick."""
        path = self.folder / SINCE
        if not path.exists():
            durable.write(path, (self._first() or at).isoformat().encode())

    def _first(self) -> datetime | None:
        """The first tick there is, of a log that was begun before it was kept since when."""
        for path in sorted(self.folder.glob("ticks-*.jsonl")):
            with path.open(encoding="utf-8") as file:
                next(file, None)  # what stood
                line = next(file, "")
            if line.endswith("\n"):
                return datetime.fromisoformat(json.loads(line)["at"])
        return None

    def newest(self) -> Path | None:
        """The file of the last month there is."""
        return max(self.folder.glob("ticks-*.jsonl"), default=None)

    def begin(self, at: datetime, standings: Mapping[Key, Standing]) -> Path:
        """The file of a month, begun with what stands if it is new."""
        path = self.folder / f"ticks-{at:%Y-%m}.jsonl"
        if not path.exists():
            held = [[*key, _standing(standing)] for key, standing in sorted(standings.items())]
            _append(path, {"standings": held})
        return path

    def add(self, path: Path, tick: Tick) -> None:
        """Write a tick; it is on the disk when this returns."""
        readings = [{name: value for name, value in asdict(r).items() if value is not None} for r in tick.readings]
        _append(path, {"at": tick.at, "snapshot": tick.snapshot, "readings": readings})

    @staticmethod
    def read(path: Path) -> tuple[dict[Key, Standing], Iterator[Tick]]:
        """What stood before a file, and its ticks. A last line that was cut off by a crash was never acted on."""
        lines = [line for line in path.read_bytes().split(b"\n") if line]
        told = [json.loads(line) for line in lines[:-1]]
        try:
            told += [json.loads(line) for line in lines[-1:]]
        except ValueError:
            with path.open("r+b") as file:
                file.truncate(sum(len(line) + 1 for line in lines[:-1]))
        held = {(rule, part): _stood(plain) for rule, part, plain in (told[0]["standings"] if told else [])}
        return held, (_tick(plain) for plain in told[1:])


def _append(path: Path, plain: dict[str, Any]) -> None:
    line = json.dumps(plain, ensure_ascii=False, separators=(",", ":"), default=datetime.isoformat)
    with path.open("ab") as file:
        file.write(line.encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _tick(plain: dict[str, Any]) -> Tick:
    readings = tuple(Reading(**{**item, "at": _moment(item.get("at"))}) for item in plain["readings"])
    return Tick(datetime.fromisoformat(plain["at"]), plain["snapshot"], readings)


def _standing(standing: Standing) -> dict[str, Any]:
    return asdict(standing)


def _stood(plain: dict[str, Any]) -> Standing:
    event = plain["event"]
    if event is not None:
        moments = {name: _moment(event[name]) for name in ("began_at", "changed_at", "ended_at")}
        event = Event(**{**event, **moments})
    above = tuple(map(_moment, plain["above"])) or NEVER
    moments = {name: _moment(plain[name]) for name in ("at", "entered_at", "better")}
    return Standing(plain["level"], moments["at"], moments["entered_at"], above, moments["better"], event)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
