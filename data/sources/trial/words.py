"""YAML as a person writes it: short maps in one line, quotes only where they are needed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

PLAIN = re.compile(r"[A-Za-zÀ-ỹ_][\wÀ-ỹ./()-]*( [\wÀ-ỹ./()-]+)*")
WORDS = ("null", "true", "false", "yes", "no", "on", "off", "y", "n", "~")
WIDTH = 100


def scalar(text: str) -> str:
    """A text, in quotes if YAML would read it as anything else."""
    if PLAIN.fullmatch(text) and text.lower() not in WORDS:
        return text
    return "'" + text.replace("'", "''") + "'"


def flow(values: Mapping[str, str] | Iterable[str]) -> str:
    """A map or a list in one line; values are YAML already."""
    if isinstance(values, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {value}" for key, value in values.items()) + "}"
    return "[" + ", ".join(values) + "]"


def both(text: str) -> str:
    """A text in both languages, the same in each until somebody translates it."""
    return flow({"vi": scalar(text), "en": scalar(text)})


def slug(text: str) -> str:
    """A name of lower-case letters, digits and ``_`` that begins with a letter."""
    plain = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D"))
    spaced = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", plain)
    letters = "".join(c for c in spaced if not unicodedata.combining(c)).lower()
    name = re.sub(r"[^a-z0-9]+", "_", letters).strip("_")
    return name if name[:1].isalpha() else f"c_{name}".rstrip("_")


def distinct(names: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """The names, those that stand twice or are taken with a number behind."""
    seen, made = set(taken), []
    for name in names:
        free, count = name, 2
        while free in seen:
            free, count = f"{name}_{count}", count + 1
        seen.add(free)
        made.append(free)
    return made


def duration(seconds: int) -> str:
    """A duration as the catalogue reads it."""
    for unit, size in (("week", 604_800), ("day", 86_400), ("hour", 3600), ("minute", 60)):
        if seconds >= size and seconds % size == 0:
            count = seconds // size
            return f"{count} {unit}" + ("" if count == 1 else "s")
    return f"{seconds} second" + ("" if seconds == 1 else "s")
