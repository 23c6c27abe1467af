"""Words of a draft that come with a form, whatever that asks: they are kept before it is done."""

from __future__ import annotations

from collections.abc import Mapping

from callbacks.press import Found, Press
from data.reports.papers import PaperError
from layouts.reports.paragraphs import mark


def typed(form: Mapping[str, str]) -> dict[str, str]:
    """The words of a form that are others than it was opened with, by slot: what somebody else has written meanwhile
    into another paragraph stays."""
    texts = {name[5:]: "\n".join(text.splitlines()).strip() for name, text in form.items() if name.startswith("text.")}
    return {slot: text for slot, text in texts.items() if mark(text) != form.get(f"shown.{slot}")}


def keep(press: Press, found: Found, form: Mapping[str, str]) -> bool:
    """Keep what was typed, and give the paragraph named by ``back`` the words of the rules; whether there was anything.

    PaperError where the paper is no draft any more.
    """
    words = {slot: text for slot, text in typed(form).items() if slot in found.bases}
    if (slot := form.get("back", "")) in found.bases:
        words[slot] = found.bases[slot]
    if not words:
        return False
    if found.record is None or press.papers is None:
        raise PaperError("standing")
    press.papers.edit(found.record.id, words, found.bases)
    return True
