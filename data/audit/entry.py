"""An entry of the audit trail, and the digest that chains it to the one before."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

Act = Literal[
    "sign_in", "sign_out", "session_end", "view_personal", "export", "load", "undo", "edit", "approval", "user_add",
    "user_change", "role_change", "password_reset", "backup", "restore", "audit_export", "screen", "remote", "exercise",
]  # fmt: skip
ACTS: tuple[str, ...] = Act.__args__  # type: ignore[attr-defined]
Outcome = Literal["done", "refused", "failed"]
START = "0" * 64
SECRET = ("password", "token", "secret", "cookie", "key")


@dataclass(frozen=True, slots=True)
class Entry:
    """Entry ``number`` of the trail. ``detail`` is canonical JSON; ``previous`` the digest of the one before."""

    number: int
    at: datetime
    who: str
    address: str
    act: str
    subject: str
    outcome: str
    detail: str
    previous: str
    digest: str

    @property
    def sound(self) -> bool:
        """Whether the digest is that of what the entry says."""
        return self.digest == digest(self)

    @property
    def details(self) -> dict[str, Any]:
        """What is told besides."""
        return json.loads(self.detail)


def digest(entry: Entry) -> str:
    """SHA-256 of everything an entry says, the digest before it included."""
    said = [entry.number, entry.at.isoformat(), entry.who, entry.address, entry.act, entry.subject, entry.outcome,
            entry.detail, entry.previous]  # fmt: skip
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def written(detail: dict[str, Any]) -> str:
    """Details as canonical JSON; ValueError for a name that is that of a secret."""
    told = [name for name in detail if any(word in name.casefold() for word in SECRET)]
    if told:
        raise ValueError(f"{', '.join(told)} does not belong in the audit trail")
    return json.dumps(detail, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
