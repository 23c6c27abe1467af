"""Where a Chromium can be found: on the PATH, or in the usual places of each system."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

# The shell draws the same pages without the windows and menus of a whole browser, which cost as much again.
NAMES = (
    "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
    "microsoft-edge", "msedge",
)  # fmt: skip
MAC = ("Google Chrome", "Chromium", "Microsoft Edge")
WINDOWS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
LINUX = ("/opt/google/chrome/chrome", "/snap/bin/chromium", "/usr/lib/chromium/chromium")
ARGUMENTS = ("--no-sandbox", "--disable-dev-shm-usage")
MISSING = (
    "no Chromium, Chrome or Edge was found: install one (for example 'apt-get install chromium', "
    "'brew install --cask chromium' or 'winget install Google.Chrome') so that it is on the PATH"
)


@cache
def find() -> Path | None:
    """The browser's program, or None."""
    return next((place for place in _places(sys.platform, os.environ) if place.is_file()), None)


def _places(platform: str, environment: Mapping[str, str]) -> Iterator[Path]:
    yield from (Path(found) for name in NAMES if (found := shutil.which(name)))
    if platform == "darwin":
        for root in (Path("/Applications"), Path.home() / "Applications"):
            yield from (root / f"{name}.app/Contents/MacOS/{name}" for name in MAC)
    elif platform == "win32":
        roots = [environment.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
        yield from (Path(root) / name for root in roots if root for name in WINDOWS)
    else:
        yield from map(Path, LINUX)
