"""The moon of a lunar day as a small drawing: the lit part grows from the right and wanes to the left."""

from __future__ import annotations

from math import cos, pi

from layouts.markup import Markup

MONTH = 29.53


def moon(age: float) -> Markup:
    """The moon ``age`` days after the new one; not spoken, the lunar date stands beside it."""
    turned = (age % MONTH) / MONTH * 2 * pi
    waxing = turned <= pi
    edge = 9 * cos(turned)  # the half-axis of the shadow's border
    right, left = ("1", "0") if waxing else ("0", "1")
    bulge = right if edge < 0 else left
    lit = f"M12 3A9 9 0 0 {right} 12 21A{abs(edge):.2f} 9 0 0 {bulge} 12 3Z"
    drawn = (
        '<svg class="icon moon" viewBox="0 0 24 24" aria-hidden="true">'
        '<circle class="moon-dark" cx="12" cy="12" r="9"/>'
        f'<path class="moon-lit" d="{lit}"/></svg>'
    )
    return Markup(html=drawn, className="icon-box", tag="span")
