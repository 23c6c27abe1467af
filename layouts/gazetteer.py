"""The gazetteer: every place that can be gone to by its name: indicators, boards, areas, occasions, pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from data.calendar.occasion import happenings
from data.catalogue import Catalogue, Text
from data.messages import t
from layouts.shell import board_href


@dataclass(frozen=True, slots=True)
class Entry:
    """A place: its ``kind`` in words, its ``name``, more ``words`` it is found by, and its address.

    ``asks`` are the parameters an analysis page that is open takes over instead of leaving for ``href``.
    """

    kind: str
    name: str
    href: str
    words: str = ""
    asks: str = ""


def entries(catalogue: Catalogue, pages: Sequence[str], language: str) -> list[dict[str, str]]:
    """Everything the reader of ``catalogue`` may go to; ``pages`` are the registers there are for them."""
    boards = list(catalogue.boards.values())
    first = next(iter(catalogue.kpis.values()), None)
    found = [
        Entry(_kind("kpi", language), kpi.name.get(language), f"/kpi/{kpi.code}", f"{kpi.code} {_words(kpi.name)}")
        for kpi in catalogue.kpis.values()
    ]
    found += [
        Entry(_kind("board", language), board.title.get(language), board_href(board, boards), _words(board.name))
        for board in boards
    ]
    found += [
        Entry(
            _kind("area", language), area.name.get(language), f"/?area={area.id}", _words(area.name), f"area={area.id}"
        )
        for area in catalogue.areas.values()
        if area.level == "unit" and area.valid_to is None
    ]
    for one in happenings(catalogue.city) if first else ():
        asks = f"from={one.first}&to={one.last}"
        name = one.name.get(language) if one.name else one.id
        found.append(Entry(_kind("event", language), name, f"/kpi/{first.code}?{asks}", str(one.first.year), asks))
    found += [Entry(_kind("page", language), t(language, f"shell.{name}.title"), f"/{name}") for name in pages]
    return [{key: text for key, text in asdict(entry).items() if text} for entry in found]


def _kind(name: str, language: str) -> str:
    return t(language, f"palette.{name}")


def _words(text: Text) -> str:
    """Words in both languages, for who remembers the other name."""
    return f"{text.vi} {text.en}"
