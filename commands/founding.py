"""``lantern new-city``: a folder to begin a city with, small, commented and right from the start."""

from __future__ import annotations

import argparse
import re
import shlex
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from commands.refusal import Refused
from data.catalogue import load
from data.clock.clock import SystemClock
from data.settings import Settings

STARTER = Path(__file__).parent.parent / "data" / "cities" / "starter"
EXAMPLE = "requests_example.csv"
DAYS = 14


def new_city(settings: Settings, options: argparse.Namespace) -> int:
    """Copy the starter pack into a folder that is not there or empty, under the city's own id."""
    folder: Path = options.folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(f"{folder} is not empty; name a folder that is not there yet")
    shutil.copytree(STARTER, folder, dirs_exist_ok=True)
    city = folder / "city.yaml"
    city.write_text(city.read_text("utf-8").replace("id: my_city", f"id: {_id(folder)}", 1), "utf-8")
    now = SystemClock(load(folder).city.timezone).now()
    (folder / EXAMPLE).write_text(example(now), "utf-8")
    print(f"{folder} holds a city: one area, one source, one dataset, two KPIs, one board.\n")
    home = f"var/{_id(folder)}"
    print(f"  export LANTERN_CITY={shlex.quote(str(folder))} LANTERN_STORE={home}/store")
    print(f"  mkdir -p {home}/drop/requests && cp {shlex.quote(str(folder / EXAMPLE))} {home}/drop/requests/")
    print("  lantern user add NAME --role admin")
    print("  lantern run\n")
    print(f"Its store, files, users, reports and secrets lie in {home}, apart from those of any other city.")
    print("Change one thing at a time and run 'lantern check' after each; docs/catalogue.md names every key.")
    return 0


def example(now: datetime) -> str:
    """Two weeks of invented requests up to ``now``, three to six a day; most are closed within a day."""
    lines, number = ["Mã phản ánh,Tiếp nhận,Xử lý xong,Địa bàn"], 0
    for back in range(DAYS, -1, -1):
        morning = (now - timedelta(days=back)).replace(hour=7, minute=30, second=0)
        for received in (morning + timedelta(minutes=97 * n) for n in range(3 + back % 4)):
            if received > now:
                continue
            number += 1
            closed = received + timedelta(hours=3 + number % 19)
            done = f"{closed:%Y-%m-%d %H:%M}" if number % 5 and closed <= now else ""
            lines.append(f"PA{number:05d},{received:%Y-%m-%d %H:%M},{done},00000")
    return "\n".join(lines) + "\n"


def _id(folder: Path) -> str:
    return re.sub(r"[^a-z0-9]+", "_", folder.resolve().name.lower()).strip("_") or "my_city"
