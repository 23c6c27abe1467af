"""YAML as a person writes it: short maps in one line, quotes only where they are needed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

PLAIN = re.compile(r"[A-Za-zÀ-ỹ_][\wÀ-ỹ./()-]*( [\wÀ-ỹ./()-]+)*")
WORDS = ("null", "true", "false", "yes", "no", "on", "off", "y", "n", "~")
VAGUE = ("id", "name", "code", "value", "type", "title", "number")


def scalar(text: str) -> str:
    """A text, in quotes if YAML would read it as anything else."""
    if PLAIN.fullmatch(text) and text.lower() not in WORDS:
        return text
    if not text.isprintable():
        return '"' + "".join(map(_escaped, text)) + '"'
    return "'" + text.replace("'", "''") + "'"


def _escaped(letter: str) -> str:
    if letter in '"\\':
        return "\\" + letter
    return letter if letter.isprintable() else f"\\U{ord(letter):08x}"


def flow(values: Mapping[str, str] | Iterable[str]) -> str:
    """A map or a list in one line; values are YAML already."""
    if isinstance(values, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {value}" for key, value in values.items()) + "}"
    return "[" + ", ".join(values) + "]"


def both(text: str) -> str:
    """A text in both languages, the same in each until somebody translates it."""
    return flow({"vi": scalar(text), "en": scalar(text)})


def slug(text: str) -> str:
    """A name of lower-case letters, digits and ``_`` that begins with a letter and is no word of YAML."""
    plain = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D"))
    spaced = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", plain)
    letters = "".join(c for c in spaced if not unicodedata.combining(c)).lower()
    name = re.sub(r"[^a-z0-9]+", "_", letters).strip("_")
    return name if name[:1].isalpha() and name not in WORDS[:3] else f"c_{name}".rstrip("_")


def short(headings: Sequence[str], connector: str) -> list[str]:
    """Column names; of a path in a document no more steps than tell it from the other paths."""
    if connector != "jsonl":
        return [slug(heading) for heading in headings]
    paths = [_steps(heading) for heading in headings]
    return [slug("_".join(path[-_length(path, paths) :])) for path in paths]


def _steps(heading: str) -> list[str]:
    """The steps that say something: not ``value`` at the end, and longitude and latitude of a point."""
    path = [step for step in heading.split(".") if step != "^"]
    if path[-2:] in (["coordinates", "0"], ["coordinates", "1"]):
        return ["lon" if path[-1] == "0" else "lat"]
    while len(path) > 1 and path[-1] in ("value", "@value", "object"):
        path.pop()
    return path


def _length(path: list[str], paths: list[list[str]]) -> int:
    for length in range(2 if path[-1] in VAGUE else 1, len(path)):
        alone = sum(other[-length:] == path[-length:] for other in paths) == 1
        if alone and not path[-length].isdigit():
            return length
    return len(path)


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
