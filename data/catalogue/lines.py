"""YAML as plain values plus the line each value stands on.

The core schema of YAML 1.2 is used: ``no`` and ``on`` are words and ``12:30`` is text, as a
person writing a city's file expects. Anchors and aliases are refused, so a small file
cannot unfold into a large one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Path_ = tuple[str | int, ...]
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
REMEDY = "check indentation, colons and quotes"
MAX_BYTES = 4_000_000
MAX_DEPTH = 64
MAX_DIGITS = 30
INTEGER = re.compile(r"[-+]?[0-9]+")
NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}


class YamlError(Exception):
    """The text is not YAML we accept. ``line`` counts from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.message, self.line = message, line


@dataclass(frozen=True, slots=True)
class Lined:
    """A parsed file: its value, and the line of every path in it."""

    value: Any
    lines: dict[Path_, int]

    def line(self, path: Path_) -> int:
        """Line of ``path`` or of its nearest parent that stands in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read(path: Path) -> Lined:
    """Read one YAML file; YamlError with its line when it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise YamlError("the file is not UTF-8; save it as UTF-8", 1) from error
    if len(text) > MAX_BYTES:
        raise YamlError(f"the file is larger than {MAX_BYTES // 1_000_000} MB; split it", 1)
    return parse(text)


def parse(text: str) -> Lined:
    """Parse YAML text; see `read`."""
    try:
        return _Document(text).read()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "not valid YAML"
        raise YamlError(f"{reason}; {REMEDY}", mark.line + 1 if mark else 1) from error


class _Document:
    """Values made of the events of a parser, one by one, so that nothing that unfolds or nests without end is made."""

    def __init__(self, text: str) -> None:
        self._events = yaml.parse(text, Loader=LOADER)
        self._lines: dict[Path_, int] = {}

    def read(self) -> Lined:
        """The one document of the text; None where there is nothing in it."""
        value = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if self._lines:
                    raise YamlError(f"a second document begins; {REMEDY}", event.start_mark.line + 1)
                value = self._value(next(self._events), ())
        return Lined(value, self._lines)

    def _value(self, event: yaml.Event, path: Path_) -> Any:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise YamlError("anchors and aliases are not allowed; write the value out", line)
        self._lines[path] = line
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if len(path) >= MAX_DEPTH:
            raise YamlError(f"values are nested more than {MAX_DEPTH} deep; lay them out flat", line)
        return self._list(path) if isinstance(event, yaml.SequenceStartEvent) else self._map(path)

    def _list(self, path: Path_) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items))))
        return items

    def _map(self, path: Path_) -> dict[str, Any]:
        result: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            line = event.start_mark.line + 1
            if not isinstance(event, yaml.ScalarEvent):
                raise YamlError("a key must be a word", line)
            key = event.value
            if key in result:
                raise YamlError(f"key '{key}' stands twice; keep one", line)
            result[key] = self._value(next(self._events), (*path, key))
            self._lines[(*path, key)] = line
        return result


def _scalar(event: yaml.ScalarEvent) -> Any:
    text = event.value
    if event.style:  # quoted or block text; a plain scalar has none (None or "", by loader)
        return text
    if text in WORDS:
        return WORDS[text]
    if len(text) > MAX_DIGITS:
        return text
    if INTEGER.fullmatch(text):
        return int(text)
    return float(text) if NUMBER.fullmatch(text) else text
