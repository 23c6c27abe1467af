"""Ready-made markup inside a Dash page: inline SVG, which sees the page's fonts and tokens, and the page itself."""

from __future__ import annotations

from typing import Any, ClassVar

from dash import html
from dash.development.base_component import Component


class Markup(Component):
    """An element that holds the markup given to it: a ``div``, or one of another ``tag``, as a ``span``
    where it stands in words (a paragraph may hold no ``div``).

    Only markup written by our own layout functions may be given: it is not cleaned.
    Text from data must have been escaped by whoever wrote the markup.
    """

    _children_props: ClassVar[list[str]] = []
    _base_nodes: ClassVar[list[str]] = []
    # Written out on the server, never made in the browser. Of any other name Dash would look for a
    # package at every instance: a seventh of the time a board takes.
    _namespace = "dash_html_components"
    _type = "Markup"

    def __init__(
        self,
        html: str = "",
        id: str | dict[str, Any] | None = None,
        className: str = "",
        tag: str = "div",
    ) -> None:
        self._prop_names = ["id", "html", "className", "tag"]
        self._valid_wildcard_attributes: list[str] = []
        self.available_properties = self._prop_names
        self.available_wildcard_properties: list[str] = []
        given: dict[str, Any] = {"html": html, "className": className, "tag": tag}
        super().__init__(**given if id is None else given | {"id": id})


class Sheet(Component):
    """The page a reader sees, as markup, and the ``title`` of its tab; drawn by ``assets/sheet.js``.

    The client changes only what differs, so that a number may change under a reader's hand while
    focus, scroll and an open menu stay. ``asked`` is what it wants next: ``path`` and ``search`` of an
    address, and whether its reader ``came`` there just now or was told that the data moved.
    """

    _children_props: ClassVar[list[str]] = []
    _base_nodes: ClassVar[list[str]] = []
    _namespace = "lantern"
    _type = "Sheet"

    def __init__(self, id: str, html: str = "", title: str = "", asked: dict[str, Any] | None = None) -> None:
        self._prop_names = ["id", "html", "title", "asked"]
        self._valid_wildcard_attributes: list[str] = []
        self.available_properties = self._prop_names
        self.available_wildcard_properties: list[str] = []
        super().__init__(id=id, html=html, title=title, asked=asked)


def emphasis(text: str) -> list[str | Component]:
    """A message as children: what stands between asterisks is strong (``target *98%*``)."""
    pieces = text.split("*")
    return [html.B(piece) if odd % 2 else piece for odd, piece in enumerate(pieces) if piece]
