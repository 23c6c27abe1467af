"""Who did something to a paper, and when, in the reader's words."""

from __future__ import annotations

from data.messages import t
from data.reports.order import CLOCK, NOBODY
from data.reports.record import Signed
from layouts.format import moment

WORDS = {CLOCK: "reports.clock", NOBODY: "remark.nobody"}  # of who is no person


def who(name: str, language: str) -> str:
    """A user by name; the timetable and the visitor of a demonstration in words."""
    return t(language, WORDS[name]) if name in WORDS else name


def told(signed: Signed, language: str) -> str:
    """Who, and when."""
    return t(language, "reports.signed", by=who(signed.by, language), at=moment(language, signed.at, year=True))
