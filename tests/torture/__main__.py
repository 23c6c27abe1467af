"""``make torture [KILLS=2000] [SEED=…]``: kill the loading process until the machine is tired of it."""

from __future__ import annotations

import os
import random
import sys
import tempfile
from pathlib import Path

from data.store.step import STEPS
from tests.store.storm import Storm

LEAST = 5


def main() -> int:
    """Rage; print how often each step was killed at. A broken promise is an AssertionError."""
    kills = int(os.environ.get("KILLS", "2000"))
    seed = int(os.environ.get("SEED", str(random.randrange(10**6))))
    print(f"seed {seed}, {kills} kills", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        storm = Storm(Path(folder), seed)
        storm.rage(max(kills, LEAST * len(STEPS)))
        storm.close()
    for step in STEPS:
        print(f"{storm.kills[step]:6}  {step}")
    assert min(storm.kills[step] for step in STEPS) >= LEAST
    print(f"{sum(storm.kills.values())} kills in {storm.cities} cities: nothing lost, nothing half there")
    return 0


if __name__ == "__main__":
    sys.exit(main())
