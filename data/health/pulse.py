"""The pulse of the process that loads and publishes: a small file it writes anew while it is alive."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = "pulse.json"


@dataclass(frozen=True, slots=True)
class Pulse:
    """One beat: ``at`` as local ISO time, the process, how many deliveries it has found and not loaded yet, and
    why its last try failed, if it did."""

    at: str
    process: int
    waiting: int = 0
    error: str = ""

    def write(self, store: Path) -> None:
        """Put the beat in place of the one before. It is not forced to disk: after a power cut nobody is alive."""
        fresh = store / f".{FILE}.{os.getpid()}"
        fresh.write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")
        fresh.replace(store / FILE)

    @classmethod
    def read(cls, store: Path) -> Pulse | None:
        """The last beat; None where there was none, or it cannot be read."""
        try:
            return cls(**json.loads((store / FILE).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None
