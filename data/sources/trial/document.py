"""Where the records of a JSON document are."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from data.sources.delivery import SourceError
from data.sources.notation import decoded

DEEPEST = 12
IDS = ("id", "@id")


def records(path: Path) -> tuple[bool, str | None]:
    """Whether a file is one document and not JSON lines, and the path to its records if they lie inside.

    The records of an object are the list of objects, at any depth and through every item of outer
    lists, that holds most of them. An object with an id of its own is itself the record.
    """
    try:
        said = json.loads(decoded(path.read_bytes(), path.name))
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":
            return False, None
        raise SourceError(path.name, f"no JSON: {error.msg}", "deliver the file again, whole", error.lineno) from error
    except (ValueError, RecursionError) as error:
        raise SourceError(path.name, f"no JSON: {error}", "write numbers as JSON does, nest less deeply") from error
    if not isinstance(said, dict) or any(isinstance(said.get(name), str | int) for name in IDS):
        return True, None
    held: Counter[str] = Counter()
    for place, count in _lists(said, (), 0):
        held[".".join(place)] += count
    best, count = max(held.items(), key=lambda item: item[1], default=("", 0))
    return True, best if count > 1 else None


def _lists(said: Any, place: tuple[str, ...], depth: int) -> Iterator[tuple[tuple[str, ...], int]]:
    """Lists of objects: where, and how many objects."""
    if depth > DEEPEST:
        return
    if isinstance(said, dict):
        for key, inside in said.items():
            if "." not in key:
                yield from _lists(inside, (*place, key), depth + 1)
    elif isinstance(said, list) and said and all(isinstance(item, dict) for item in said):
        yield place, len(said)
        for item in said:
            yield from _lists(item, (*place, "*"), depth + 1)
