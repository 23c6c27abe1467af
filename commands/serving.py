"""``lantern run`` and ``lantern web``: what a reader sees."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from callbacks.server import Server
from commands.loading import sync
from data.catalogue import load
from data.settings import Settings

APP = Path(__file__).parent.parent / "app.py"


def run_city(settings: Settings, options: argparse.Namespace) -> int:
    """Simulate if asked, load what there is, then run the clock and the web side by side."""
    from commands.simulation import history

    played = settings.simulate and load(settings.city).city.demonstration
    if played:
        history(settings, None)
    sync(settings, options)
    children = [_start("clock")] + ([_start("simulate", "--live")] if played else [])
    print(f"\nLantern is at http://{settings.host}:{settings.port}  (Ctrl+C stops it)", flush=True)
    try:
        return web(settings, options)
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait(timeout=10)


def _start(*arguments: str) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, str(APP), *arguments], cwd=os.getcwd())


def web(settings: Settings, options: argparse.Namespace) -> int:
    """Serve pages with read-only workers until stopped."""
    from app import worker

    Server(settings, worker).run()
    return 0
