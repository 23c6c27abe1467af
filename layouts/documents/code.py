"""A code to photograph: an address as a QR picture."""

from __future__ import annotations

from layouts.tokens import tokens

QUIET = 2  # modules left white around it


def code(address: str, width: float) -> str:
    """``address`` as SVG of ``width`` pt, always the same for the same address."""
    import segno  # a page never needs it

    made = segno.make(address, error="m", micro=False)
    size = len(made.matrix) + 2 * QUIET
    path = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z"
        for y, row in enumerate(made.matrix)
        for x, module in enumerate(row)
        if module
    )
    ink, paper = tokens("light")["sev-outline"], tokens("light")["surface"]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{width:g}pt" height="{width:g}pt">'
        f'<rect width="{size}" height="{size}" fill="{paper}"/><path fill="{ink}" d="{path}"/></svg>'
    )
