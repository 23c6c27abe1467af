"""Names that wire the page together. Class names style, ids wire; no id is spelt anywhere else."""

from __future__ import annotations

PAGE = "page"
STAMP = "stamp"
NOTICE = "notice"
MAIN = "main"
GROUPS = "groups"
FIRST_PAINT = "first-paint"
LATER = "later"
FOUND = "found"


def tile(code: str) -> str:
    """Id of the tile of the KPI with ``code``."""
    return f"tile-{code}"
