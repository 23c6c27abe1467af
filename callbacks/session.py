"""Who is looking, as far as a page needs to know: language and theme, from cookies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import flask

from callbacks.asker import asker
from data.access import Grant
from data.catalogue import LANGUAGES
from data.remarks.remark import BLANK, Notebook

Theme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Session:
    """Choices of one reader, what they may do and see, and the remarks they have on the page they ask for.
    ``language`` defaults to the city's."""

    language: str
    theme: Theme
    grant: Grant
    notebook: Notebook = BLANK


def session(default_language: str) -> Session:
    """The session of the current request: what its asker may see, in the language and theme they prefer."""
    return Session(chosen_language(default_language), chosen_theme(), asker().grant)


def chosen_language(default: str) -> str:
    """The language a browser was told to use, else the city's."""
    language = flask.request.cookies.get("lang", default)
    return language if language in LANGUAGES else default


def chosen_theme() -> Theme:
    """The theme a browser was told to use; light unless it is dark."""
    return "dark" if flask.request.cookies.get("theme") == "dark" else "light"
