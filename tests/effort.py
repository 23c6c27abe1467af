"""How hard properties are tried: a few examples in ``make test``, ``EFFORT`` times as many in ``make torture``."""

from __future__ import annotations

import os

TIMES = int(os.environ.get("EFFORT", "1"))


def examples(few: int) -> int:
    """As many examples as the effort asks for."""
    return few * TIMES
