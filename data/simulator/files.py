"""How departments write: whole files at one stroke, live files by whole lines."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

TONES = "\u0300\u0301\u0303\u0309\u0323"


def write(path: Path, content: bytes) -> None:
    """Put a whole file in place; a reader sees all of it or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    os.replace(part, path)


def body(heading: str | None | None, lines: Iterable[str]) -> str:
    """A file's text: its heading if it has one, then its lines."""
    return "".join(line + "\n" for line in ([heading] if heading else []) + list(lines))


def append(path: Path, heading: str | None, lines: Iterable[str], encoding: str = "utf-8") -> None:
    """Add whole lines to a live file in one write, starting it with its heading if it is new."""
    text = body("" if path.exists() else heading, added) if (added := list(lines)) else ""
    if not text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        file.write(encode(text, encoding))


def encode(text: str, encoding: str) -> bytes:
    """Bytes of ``text``; cp1258 writes a tone as a sign of its own after its letter."""
    return (_loosened(text) if encoding == "cp1258" else text).encode(encoding)


def _loosened(text: str) -> str:
    """Text with tones taken off their letters, and nothing else: ấ becomes â and a tone."""
    return text if text.isascii() else "".join(map(_loose, unicodedata.normalize("NFC", text)))


@cache
def _loose(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    rest = "".join(part for part in parts if part not in TONES)
    return unicodedata.normalize("NFC", rest) + "".join(part for part in parts if part in TONES)
