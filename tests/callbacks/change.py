"""A change of address as the scripts of a page ask for it."""

from __future__ import annotations

from layouts import ids


def change(path: str, search: str) -> dict[str, object]:
    """The body of the one request that draws the page at an address anew; ``search`` begins after the question mark."""
    return {
        "output": f"..{ids.PAGE}.html...{ids.PAGE}.title..",
        "outputs": [{"id": ids.PAGE, "property": name} for name in ("html", "title")],
        "inputs": [
            {"id": ids.PAGE, "property": "asked", "value": {"path": path, "search": f"?{search}", "came": True}},
        ],
        "changedPropIds": [f"{ids.PAGE}.asked"],
    }
