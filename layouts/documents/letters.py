"""Which letters the fonts of a paper have: what they have not is shown as U+FFFD rather than not at all."""

from __future__ import annotations

import re
import struct
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar

from layouts.documents.ink import ASSETS

FONT = ASSETS / "fonts" / "Tinos-Regular.ttf"
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
UNKNOWN = "\ufffd"
BREAKS = "\n\t"


Told = TypeVar("Told")


def legible(told: Told) -> Told:
    """A paper or deck without letters that XML cannot hold (XML 1.0, 2.2): each is shown as U+FFFD."""
    if isinstance(told, str):
        return UNWRITABLE.sub(UNKNOWN, told)
    if isinstance(told, tuple | list):
        return type(told)(map(legible, told))
    if is_dataclass(told) and not isinstance(told, type):
        return replace(told, **{field.name: legible(getattr(told, field.name)) for field in fields(told)})
    return told


def shown(told: Any) -> Any:
    """A description, of texts in dictionaries and lists, with only letters that can be set."""
    if isinstance(told, str):
        known = letters()
        return told if known.issuperset(told) else "".join(c if c in known else UNKNOWN for c in told)
    if isinstance(told, dict):
        return {key: shown(value) for key, value in told.items()}
    return [shown(value) for value in told] if isinstance(told, list | tuple) else told


@cache
def letters() -> frozenset[str]:
    """Every letter of the font, read from its table of Unicode segments (OpenType cmap, format 4)."""
    font = FONT.read_bytes()
    count = struct.unpack_from(">H", font, 4)[0]
    tables = {font[at : at + 4]: struct.unpack_from(">I", font, at + 8)[0] for at in range(12, 12 + 16 * count, 16)}
    cmap = tables[b"cmap"]
    records = (struct.unpack_from(">HHI", font, cmap + 4 + 8 * n) for n in range(_half(font, cmap + 2)))
    at = next(cmap + offset for _, _, offset in records if _half(font, cmap + offset) == 4)
    wide = _half(font, at + 6)  # twice the number of segments
    ends = struct.unpack_from(f">{wide // 2}H", font, at + 14)
    starts = struct.unpack_from(f">{wide // 2}H", font, at + 16 + wide)
    spans = zip(starts, ends, strict=True)
    return frozenset(BREAKS).union(chr(code) for low, high in spans for code in range(low, high + 1) if code != 0xFFFF)


def _half(font: bytes, at: int) -> int:
    return struct.unpack_from(">H", font, at)[0]
