"""Who is looking, as far as a page needs to know: language and theme, from cookies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import flask

from data.catalogue import LANGUAGES

Theme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Session:
    """Choices of one reader. ``language`` defaults to the city's."""

    language: str
    theme: Theme = "light"


def session(default_language: str) -> Session:
    """The session of the current request."""
    language = flask.request.cookies.get("lang", default_language)
    theme = flask.request.cookies.get("theme", "light")
    return Session(
        language if language in LANGUAGES else default_language,
        "dark" if theme == "dark" else "light",
    )
