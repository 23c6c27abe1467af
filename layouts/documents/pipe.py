"""A pipe: what a writer of files writes into when its bytes are sent on while it writes."""

from __future__ import annotations

from io import RawIOBase
from typing import Any


class Pipe(RawIOBase):
    """Where a writer puts its bytes until they are taken."""

    def __init__(self) -> None:
        self._held, self._at = bytearray(), 0

    def writable(self) -> bool:
        """It only takes."""
        return True

    def write(self, content: Any) -> int:
        """Take bytes."""
        self._held += content
        self._at += len(content)
        return len(content)

    def tell(self) -> int:
        """How many there were in all."""
        return self._at

    def taken(self) -> bytes:
        """What came since it was last asked."""
        found, self._held = bytes(self._held), bytearray()
        return found
