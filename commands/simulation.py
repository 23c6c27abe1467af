"""``lantern simulate``: the departments' files, played."""

from __future__ import annotations

import argparse
import json
from datetime import datetime

from commands.loading import until_stopped
from commands.progress import Progress
from commands.refusal import Refused
from data.catalogue import load
from data.clock.clock import SystemClock
from data.settings import Settings
from data.simulator import Live
from data.simulator import simulate as play


def simulate(settings: Settings, options: argparse.Namespace) -> int:
    """Write the departments' files, and go on when asked to."""
    until = history(settings, options.until)
    if not options.live:
        return 0
    stopping = until_stopped()
    clock_ = SystemClock(load(settings.city).city.timezone)
    live = Live(settings.drop, until, settings.seed)
    while not stopping.wait(1.0):
        live.advance(clock_.now())
        _remember(settings, live.since)
    return 0


def history(settings: Settings, until: datetime | None) -> datetime:
    """Write the history unless it stands already; returns the moment it reaches. Refused in a real city."""
    if not load(settings.city).city.demonstration:
        raise Refused(
            f"{settings.city} is a real city: nothing is simulated (demonstration: true in city.yaml allows it)"
        )
    marker = settings.drop / ".simulated.json"
    if until is None and marker.is_file():
        held = json.loads(marker.read_text())
        if held["seed"] == settings.seed:
            return datetime.fromisoformat(held["until"])
        raise Refused(
            f"{settings.drop} holds a simulation with seed {held['seed']}; "
            f"remove the folder or set LANTERN_SEED={held['seed']}"
        )
    until = until or SystemClock(load(settings.city).city.timezone).now().replace(microsecond=0)
    progress = Progress()
    play(settings.drop, until, settings.seed, progress=progress.simulated)
    progress.end(f"simulated files up to {until.isoformat(sep=' ')} are in {settings.drop}")
    _remember(settings, until)
    return until


def _remember(settings: Settings, until: datetime) -> None:
    settings.drop.mkdir(parents=True, exist_ok=True)
    temporary = settings.drop / ".simulated.tmp"
    temporary.write_text(json.dumps({"seed": settings.seed, "until": until.isoformat()}))
    temporary.replace(settings.drop / ".simulated.json")
