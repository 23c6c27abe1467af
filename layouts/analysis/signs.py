"""Small signs of the controls, drawn on a 24 by 24 field in the colour of the text beside them."""

from __future__ import annotations

_LINE = 'fill="none" stroke="currentColor" stroke-width="2.1" stroke-linecap="round" stroke-linejoin="round"'

SIGNS = {
    "earlier": f'<path d="M14.5 6l-6 6 6 6" {_LINE}/>',
    "later": f'<path d="M9.5 6l6 6-6 6" {_LINE}/>',
    "open": f'<path d="M6.5 9.5l5.5 5.5 5.5-5.5" {_LINE}/>',
    "close": f'<path d="M6.5 6.5l11 11M17.5 6.5l-11 11" {_LINE}/>',
    "undo": f'<path d="M8.5 5.5 4.5 9.5l4 4M5 9.5h9a5.25 5.25 0 0 1 0 10.5h-3" {_LINE}/>',
    "redo": f'<path d="M15.5 5.5 19.5 9.5l-4 4M19 9.5h-9a5.25 5.25 0 0 0 0 10.5h3" {_LINE}/>',
    "plus": f'<path d="M12 5v14M5 12h14" {_LINE}/>',
    "export": f'<path d="M12 4v10.5M7.8 10.5 12 14.7l4.2-4.2M5 17v3h14v-3" {_LINE}/>',
    "table": f'<path d="M4 5.5h16v13H4zM4 10h16M10 10v8.5" {_LINE}/>',
    "up": '<path d="M12 5.5 19.5 18h-15Z" fill="currentColor"/>',
    "down": '<path d="M12 18.5 19.5 6h-15Z" fill="currentColor"/>',
}


def sign(name: str) -> str:
    """SVG of the sign ``name``; KeyError if there is none."""
    return f'<svg class="icon sign" viewBox="0 0 24 24" aria-hidden="true">{SIGNS[name]}</svg>'
