"""Every word a user reads, by language and key: ``t("vi", "tile.late", age=...)``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from data.catalogue.lines import read

FOLDER = Path(__file__).parent


@cache
def messages(language: str) -> dict[str, str]:
    """All messages of a language, merged from its files; a key stands in one file only."""
    found: dict[str, str] = {}
    for path in sorted((FOLDER / language).glob("*.yaml")):
        entries = read(path).value or {}
        twice = found.keys() & entries.keys()
        if twice:
            raise KeyError(f"{path.name}: message key stands twice: {', '.join(sorted(twice))}")
        found |= {key: str(text) for key, text in entries.items()}
    return found


def t(language: str, key: str, **values: object) -> str:
    """The message ``key`` in ``language`` with its ``{placeholders}`` filled; KeyError if there is none."""
    text = messages(language)[key]
    return text.format(**values) if values else text
