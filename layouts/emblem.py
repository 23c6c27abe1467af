"""The emblem: a lit lantern, as a drawing that needs no style sheet."""

from __future__ import annotations

from layouts.tokens import tokens


def emblem() -> str:
    """SVG of 24 by 24 units; its colours stand out on a light tab and on a dark one."""
    given = tokens("light")
    body, rim = given["lantern-500"], given["lantern-700"]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'
        f'<path d="M12 .8v4M12 19.2v4M8.6 4.6h6.8M8.6 19.4h6.8" fill="none" stroke="{rim}" stroke-width="2" '
        'stroke-linecap="round"/>'
        f'<ellipse cx="12" cy="12" rx="9.4" ry="7.2" fill="{body}" stroke="{rim}" stroke-width="1.4"/>'
        f'<path d="M12 4.8c-4.6 3.4-4.6 11 0 14.4M12 4.8c4.6 3.4 4.6 11 0 14.4" fill="none" stroke="{rim}"/></svg>'
    )
