"""Ready-made markup inside a Dash page: inline SVG, which sees the page's fonts and tokens."""

from __future__ import annotations

from typing import Any, ClassVar

from dash import html
from dash.development.base_component import Component


class Markup(Component):
    """An element that holds the markup given to it, drawn by ``assets/svg.js``: a ``div``, or a ``span``
    when it stands ``inline`` in words (a paragraph may hold no ``div``).

    Only markup written by our own layout functions may be given: it is not cleaned.
    Text from data must have been escaped by whoever wrote the markup.
    """

    _children_props: ClassVar[list[str]] = []
    _base_nodes: ClassVar[list[str]] = []
    _namespace = "lantern"
    _type = "Markup"

    def __init__(
        self,
        html: str = "",
        id: str | dict[str, Any] | None = None,
        className: str = "",
        inline: bool = False,
    ) -> None:
        self._prop_names = ["id", "html", "className", "inline"]
        self._valid_wildcard_attributes: list[str] = []
        self.available_properties = self._prop_names
        self.available_wildcard_properties: list[str] = []
        given: dict[str, Any] = {"html": html, "className": className}
        if inline:
            given["inline"] = True
        super().__init__(**given if id is None else given | {"id": id})


def emphasis(text: str) -> list[str | Component]:
    """A message as children: what stands between asterisks is strong (``target *98%*``)."""
    pieces = text.split("*")
    return [html.B(piece) if odd % 2 else piece for odd, piece in enumerate(pieces) if piece]
