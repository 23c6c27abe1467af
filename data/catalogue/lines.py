"""YAML as plain values plus the line each value stands on.

The core schema of YAML 1.2 is used: ``no`` and ``on`` are words and ``12:30`` is text, as a
person writing a city's file expects. Anchors and aliases are refused, so a small file
cannot unfold into a large one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any

import yaml

Path_ = tuple[str | int, ...]
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
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
    lines: dict[Path_, int] = {}
    try:
        return Lined(_document(yaml.parse(text, Loader=LOADER), lines), lines)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "not valid YAML"
        raise YamlError(f"{reason}; check indentation, colons and quotes", mark.line + 1 if mark else 1) from error


def _document(events: Iterator[yaml.Event], lines: dict[Path_, int]) -> Any:
    """The one document of a file; None of an empty one."""
    value = None
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent) and lines:
            raise YamlError("a second document begins here; keep one in a file", _line(event))
        if isinstance(event, yaml.NodeEvent):
            value = _value(event, events, (), lines)
    return value


def _value(event: yaml.Event, events: Iterator[yaml.Event], path: Path_, lines: dict[Path_, int]) -> Any:
    """What begins with ``event``; YamlError for anything small that unfolds into something large or endlessly deep."""
    _refuse_anchor(event)
    lines[path] = _line(event)
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(event)
    if len(path) >= MAX_DEPTH:
        raise YamlError(f"values are nested more than {MAX_DEPTH} deep; lay them out flat", _line(event))
    if isinstance(event, yaml.SequenceStartEvent):
        items = _until(yaml.SequenceEndEvent, events)
        return [_value(item, events, (*path, index), lines) for index, item in enumerate(items)]
    return _mapping(events, path, lines)


def _mapping(events: Iterator[yaml.Event], path: Path_, lines: dict[Path_, int]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_event in _until(yaml.MappingEndEvent, events):
        _refuse_anchor(key_event)
        if not isinstance(key_event, yaml.ScalarEvent):
            raise YamlError("a key must be a word", _line(key_event))
        key = key_event.value
        if key in result:
            raise YamlError(f"key '{key}' stands twice; keep one", _line(key_event))
        result[key] = _value(next(events), events, (*path, key), lines)
        lines[(*path, key)] = _line(key_event)
    return result


def _until(end: type[yaml.Event], events: Iterator[yaml.Event]) -> Iterator[yaml.Event]:
    """Events up to one of the kind ``end``; whoever takes one takes what belongs to it as well."""
    return takewhile(lambda event: not isinstance(event, end), events)


def _refuse_anchor(event: yaml.NodeEvent) -> None:
    if isinstance(event, yaml.AliasEvent) or event.anchor:
        raise YamlError("anchors and aliases are not allowed; write the value out", _line(event))


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1


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
