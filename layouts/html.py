"""HTML of a Dash component tree: what a browser gets, in the first answer and in every later one.

Components are how layouts are put together and tested; a page of a thousand of them would keep a
browser busy three times as long as its markup does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape
from typing import Any

from dash.development.base_component import Component

from layouts.markup import Markup

VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
RENAMED = {
    "className": "class",
    "htmlFor": "for",
    "httpEquiv": "http-equiv",
    "acceptCharset": "accept-charset",
}
SKIPPED = frozenset({
    "children", "key", "n_clicks", "n_clicks_timestamp", "disable_n_clicks", "loading_state", "setProps",
    "_prop_names", "_valid_wildcard_attributes", "available_properties", "available_wildcard_properties",
})  # fmt: skip
Node = Component | str | int | float | None | Iterable[Any]


def render(node: Node) -> str:
    """The HTML of ``node``, escaped, attributes in order of their name.

    ValueError for an inline style and for a component whose HTML is not known here.
    """
    if node is None or isinstance(node, bool):
        return ""
    if isinstance(node, str | int | float):
        return escape(str(node), quote=False)
    if not isinstance(node, Component):
        return "".join(render(child) for child in node)
    return _markup(node) if isinstance(node, Markup) else _element(node)


def _markup(node: Markup) -> str:
    tag, name = node.tag, getattr(node, "id", None)
    named = f' id="{escape(name)}"' if name else ""
    return f"<{tag}{_class(node)}{named}>{getattr(node, 'html', '')}</{tag}>"


def _class(node: Component) -> str:
    name = getattr(node, "className", None)
    return f' class="{escape(name)}"' if name else ""


def _element(node: Component) -> str:
    if node._namespace != "dash_html_components":
        raise ValueError(f"no HTML is known for {node._namespace}.{node._type}")
    tag = node._type.lower()
    start = f"<{tag}{_attributes(node)}>"
    if tag in VOID:
        return start
    return f"{start}{render(getattr(node, 'children', None))}</{tag}>"


def _attributes(node: Component) -> str:
    props = vars(node)  # what Dash would gather name by name, in a tenth of the time
    if "style" in props:
        raise ValueError(f"inline style on {node._type}: use a class")
    return "".join(_attribute(name, value) for name, value in sorted(props.items()) if name not in SKIPPED)


def _attribute(name: str, value: Any) -> str:
    spelt = RENAMED.get(name, name if name.startswith(("data-", "aria-")) else name.lower())
    if isinstance(value, bool) and not name.startswith(("data-", "aria-")):
        return f" {spelt}" if value else ""
    if value is None:
        return ""
    text = json.dumps(value) if isinstance(value, bool | dict | list) else str(value)
    return f' {spelt}="{escape(text)}"'
