"""Text in the city's languages: what a reader sees, never what code compares."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

LANGUAGES = ("vi", "en")


class Entry(BaseModel):
    """Base of every catalogue model.

    Frozen, because one catalogue serves many threads. Strict and closed, because a
    misspelt key in a steward's file must be an error and never a silent no-op.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Text(Entry):
    """One phrase in Vietnamese and in English; both are required."""

    vi: str
    en: str

    def get(self, language: str) -> str:
        """Return the phrase in ``language`` ("vi" or "en")."""
        return self.en if language == "en" else self.vi
