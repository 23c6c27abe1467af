"""Passwords: what is good enough, and how it is kept (argon2id, RFC 9106)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 256
FEWEST_LETTERS = 5
# Words that open many doors, alone or with a number behind.
COMMON = ("password", "matkhau", "mật khẩu", "123456", "qwerty", "admin", "hoian", "hội an", "danang", "đà nẵng",
          "vietnam", "việt nam", "lantern", "iloveyou", "anhyeuem", "letmein", "welcome")  # fmt: skip


class WeakPassword(ValueError):
    """A password that is easily guessed; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Passwords:
    """Hashes and verifies. ``hasher`` has the cost; one hash of nobody's makes an unknown name cost the same."""

    hasher: PasswordHasher = field(default_factory=PasswordHasher)
    nobody: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "nobody", self.hasher.hash("nobody has this password"))

    def keep(self, password: str, name: str = "") -> str:
        """What is kept of a password; WeakPassword says why one is refused."""
        plain = normal(password)
        judge(plain, name)
        return self.hasher.hash(plain)

    def fits(self, kept: str | None, password: str) -> bool:
        """Whether a password is the one kept; without one the same work is done in vain."""
        try:
            return self.hasher.verify(kept or self.nobody, normal(password)[:LONGEST]) and kept is not None
        except (VerificationError, InvalidHashError):
            return False

    def outdated(self, kept: str) -> bool:
        """Whether what is kept was made at another cost than today's."""
        return self.hasher.check_needs_rehash(kept)


def normal(password: str) -> str:
    """One way to write what looks the same: two keyboards spell Vietnamese in two ways."""
    return unicodedata.normalize("NFC", password)


def judge(password: str, name: str = "") -> None:
    """WeakPassword unless it is long, of several letters, and neither the name nor a common word with a tail."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise WeakPassword(f"a password has {SHORTEST} to {LONGEST} letters; a few words of a sentence do well")
    if len(set(password)) < FEWEST_LETTERS:
        raise WeakPassword(f"at least {FEWEST_LETTERS} different letters; do not repeat the same ones")
    bare = "".join(letter for letter in password.casefold() if letter.isalpha() or letter == " ").strip()
    if name and bare == name.casefold():
        raise WeakPassword("the password is the name of the user; choose another")
    digits = "".join(letter for letter in password if letter.isdigit())
    if bare in COMMON or (not bare and (digits in "01234567890123456789" or digits in "98765432109876543210")):
        raise WeakPassword("that is one of the first passwords anyone would try; choose another")
