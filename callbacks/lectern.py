"""The lectern: where readers turn pages, by the first answer to an address and by Dash's one callback."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from dash import Dash, Input, Output

from callbacks.asker import asker
from callbacks.guard import Guard
from callbacks.pages import Pages
from callbacks.remarks import Remarking
from callbacks.session import Session, session
from callbacks.sheets import Key, Sheet, Sheets
from callbacks.stream import Watch
from layouts import ids


@dataclass(frozen=True, slots=True)
class Lectern:
    """Where readers turn pages: drawn once for all who may see the same, and what each of them saw is noted."""

    pages: Pages
    sheets: Sheets
    guard: Guard
    remarking: Remarking

    @property
    def reader(self) -> Session:
        """Whoever sends the current request."""
        return session(self.pages.service.catalogue.city.language)

    def turned(self, pathname: str, search: str, mark: str, near: bool = True) -> Sheet:
        """The sheet at an address; ``near`` says that its reader has just come there and may go on to what is near."""
        path, reader = pathname or "/", self.reader
        wanted = self.pages.canonical(path, search or "")
        notebook = self.remarking.notebook(path, search or "")
        key = Key(path, wanted, reader.language, reader.theme, mark, reader.grant, notebook)
        sheet = self.sheets.at(key)
        if near:
            self.sheets.ahead(key, sheet)
            if sheet.personal:
                self.guard.note(asker().name, "view_personal", path + wanted)
        return sheet


def navigate(lectern: Lectern, watch: Watch, asked: object) -> tuple[str, str]:
    """One change of address or of data is one request: the page as markup and the words of its tab.

    ``asked`` as a ``Sheet`` has it.
    """
    told = asked if isinstance(asked, dict) else {}
    path, search = str(told.get("path", "")), str(told.get("search", ""))
    sheet = lectern.turned(path, search, watch.mark(), bool(told.get("came")))
    return sheet.markup, sheet.title


def register(app: Dash, lectern: Lectern, watch: Watch) -> None:
    """Bind the one callback that draws pages; the first page came with the first answer."""
    app.callback(
        Output(ids.PAGE, "html"),
        Output(ids.PAGE, "title"),
        Input(ids.PAGE, "asked"),
        prevent_initial_call=True,
    )(partial(navigate, lectern, watch))
