"""``lantern source try FILE``: how a file would be read, and the YAML to read it by."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from commands.preview import Preview
from commands.refusal import Refused
from data.catalogue import CatalogueError, load
from data.settings import Settings
from data.sources import SourceError
from data.sources.trial import Proposal, propose, trial


def try_source(settings: Settings, options: argparse.Namespace) -> int:
    """Show what a file holds, and write the proposal where ``--write`` says."""
    path: Path = options.file
    try:
        found = trial(path)
    except SourceError as error:
        raise Refused(str(error)) from error
    written = date.fromtimestamp(path.stat().st_mtime)
    made = propose(found, written, _taken(settings.city))
    print("\n".join(Preview(sys.stdout).lines(found, made)))
    if options.write:
        for file in _write(options.write, made):
            print(f"written: {file}")
        print("next: put the two names and the owner right, then run lantern check")
    return 0


def _taken(city: Path) -> frozenset[str]:
    """Ids the city uses; none if its pack cannot be read, which is for ``lantern check`` to say."""
    try:
        catalogue = load(city)
    except CatalogueError:
        return frozenset()
    return frozenset(catalogue.sources) | frozenset(catalogue.datasets)


def _write(folder: Path, made: Proposal) -> list[Path]:
    """Write both entries as files of a pack in ``folder``; Refused rather than replace one."""
    files = {folder / "sources" / f"{made.id}.yaml": made.source, folder / "datasets" / f"{made.id}.yaml": made.dataset}
    for file in files:
        if file.exists():
            raise Refused(f"{file} exists already; remove it or name another folder")
    try:
        for file, text in files.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Refused(f"{folder} cannot be written: {error.strerror}; name another folder") from error
    return list(files)
