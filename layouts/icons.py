"""Icons: drawn on a 24 by 24 field, coloured by class, never spoken (a word stands beside them)."""

from __future__ import annotations

from layouts.markup import Markup

_LINE = 'fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"'
_BOLD = 'fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"'
_WAVE = "c1.5-1.7 3-1.7 4.5 0s3 1.7 4.5 0 3-1.7 4.5 0 3 1.7 4.5 0"
_CAPS = '<path class="lamp-frame" d="M12 .8v3.4M12 20v3.2M9 4.4h6M9 19.6h6" stroke-width="1.9" stroke-linecap="round"/>'
_DASHED = f'<circle cx="12" cy="12" r="8.8" {_BOLD} stroke-dasharray="3.4 2.6"/>'

STATES: dict[str, str] = {
    "ok": f'<circle cx="12" cy="12" r="8.6" {_BOLD}/><path d="M8 12.2l2.9 2.9L16.2 9.4" {_BOLD}/>',
    "watch": '<path class="glyph-edge" d="M12 1.8 22.2 12 12 22.2 1.8 12Z" fill="currentColor" '
    'stroke-width="1.5" '
    'stroke-linejoin="round"/><circle class="glyph-on" cx="12" cy="12" r="3.1"/>',
    "alert": '<path d="M12 2.2 23 21.6H1Z" fill="currentColor" stroke="currentColor" stroke-width="1.6" '
    'stroke-linejoin="round"/><path class="glyph-on-line" d="M12 9v6" stroke-width="2.6" '
    'stroke-linecap="round"/>'
    '<circle class="glyph-on" cx="12" cy="18.4" r="1.5"/>',
    "emergency": '<path class="glyph-edge" d="M7.6 1.4h8.8l6.2 6.2v8.8l-6.2 6.2H7.6l-6.2-6.2V7.6Z" '
    'fill="currentColor" stroke-width="1.7"/><path class="glyph-on-line" d="M9 6.6v6.6M15 6.6v6.6" '
    'stroke-width="2.6" stroke-linecap="round"/><circle class="glyph-on" cx="9" cy="17" r="1.5"/>'
    '<circle class="glyph-on" cx="15" cy="17" r="1.5"/>',
    "stale": f'{_DASHED}<path d="M12 7.2V12l3 2" {_BOLD}/><path class="glyph-cut" d="M3 21 21 3" '
    'stroke-width="5"/>'
    f'<path d="M3.4 20.6 20.6 3.4" {_BOLD}/>',
    "nodata": f'{_DASHED}<path d="M8 12h8" {_BOLD}/>',
    "error": f'<rect x="3" y="3" width="18" height="18" rx="4" {_BOLD}/>'
    f'<path d="M8.4 8.4l7.2 7.2M15.6 8.4l-7.2 7.2" {_BOLD}/>',
    "loading": f'<circle cx="12" cy="12" r="8.6" {_BOLD} stroke-dasharray="16 11"/>',
}

LAMPS: dict[str, str] = {
    "on_time": _CAPS + '<ellipse class="lamp-body" cx="12" cy="12" rx="9.2" ry="7.4" stroke-width="1.4"/>',
    "late": _CAPS + '<path class="lamp-half" d="M2.8 12a9.2 7.4 0 0 0 18.4 0Z"/>'
    '<ellipse class="lamp-ring" cx="12" cy="12" rx="9.2" ry="7.4" stroke-width="2"/>',
    "lost": _CAPS + '<ellipse class="lamp-ring" cx="12" cy="12" rx="9.2" ry="7.4" stroke-width="2" '
    'stroke-dasharray="3.6 2.4"/><path class="lamp-frame" d="M3 21 21 3" stroke-width="2.6" '
    'stroke-linecap="round"/>',
}

SIGNS: dict[str, str] = {
    "up": '<path d="M12 4.5 20 17.5H4Z" fill="currentColor"/>',
    "down": '<path d="M12 19.5 20 6.5H4Z" fill="currentColor"/>',
    "flat": '<path d="M4 12h16" stroke="currentColor" stroke-width="3.4" stroke-linecap="round"/>',
    "chevron": f'<path d="M9.5 6l6 6-6 6" {_BOLD}/>',
    "grid": f'<path d="M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z" {_LINE}/>',
    "infrastructure": '<path d="M12 3v5M7 8h10M8.5 8 5 21M15.5 8 19 21M6.8 14.5h10.4M10 8l6.6 '
    '6.5M14 8l-6.6 6.5" '
    f"{_LINE}/>",
    "bell": f'<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15zM10 21h4" {_LINE}/>',
    "remark": f'<path d="M4 5h16v11.5h-8.6L7 20.3v-3.8H4zM8 9.2h8M8 12.4h5" {_LINE}/>',
    "keep": f'<path d="M6.5 3.5h11v17L12 16.3l-5.5 4.2z" {_LINE}/>',
    "file": f'<path d="M6 3.5h9l4 4v13H6zM15 3.5v4h4M9 12h7M9 16h7" {_LINE}/>',
    "tourism": '<path d="M3 10c3-4.5 6-5.5 9-5.5s6 1 9 5.5M5 10v9.5M19 10v9.5M3.5 10h17M9 '
    '19.5V14h6v5.5M3 19.5h18" '
    f"{_LINE}/>",
    "pulse": f'<path d="M2.8 12.5h4.4l2.6-7 4.4 13 2.6-6h4.4" {_LINE}/>',
    "compass": f'<circle cx="12" cy="12" r="8.6" {_LINE}/><path d="M15.8 8.2l-2.2 5.4-5.4 2.2 2.2-5.4Z" {_LINE}/>',
    "back": f'<path d="M14.5 6l-6 6 6 6" {_BOLD}/>',
    "pin": f'<path d="M9 3.5h6l-.8 6.2 3.3 3.3H6.5l3.3-3.3zM12 13v7.5" {_LINE}/>',
    "pause": f'<path d="M8.5 5.5v13M15.5 5.5v13" {_BOLD}/>',
    "remote": f'<path d="M8 2.8h8v18.4H8zM12 6.2v3.6M10.2 8h3.6M10.8 13.5h2.4M10.8 16.8h2.4" {_LINE}/>',
    "flag": f'<path d="M6 21V4h12l-3 4.5 3 4.5H6" {_LINE}/>',
    "screen": f'<path d="M3 5h18v11H3zM9 20h6M12 16v4" {_LINE}/>',
    "sources": '<path d="M4.5 6c0-1.7 3.4-2.8 7.5-2.8s7.5 1.1 7.5 2.8v12c0 1.7-3.4 2.8-7.5 2.8S4.5 '
    "19.7 4.5 18Z"
    "M4.5 6c0 1.7 3.4 2.8 7.5 2.8s7.5-1.1 7.5-2.8M4.5 12c0 1.7 3.4 2.8 7.5 2.8"
    f's7.5-1.1 7.5-2.8" {_LINE}/>',
    "list": f'<path d="M9 6h11M9 12h11M9 18h11M4.2 6h.8M4.2 12h.8M4.2 18h.8" {_LINE}/>',
    "search": f'<circle cx="10.5" cy="10.5" r="6.3" {_LINE}/><path d="M15.3 15.3 20.5 20.5" {_LINE}/>',
    "menu": f'<path d="M4 6.5h16M4 12h16M4 17.5h16" {_LINE}/>',
    "culture": f'<path d="M3 9.5 12 4l9 5.5M5 10v8M9.7 10v8M14.3 10v8M19 10v8M3.5 20h17" {_LINE}/>',
    "goal": f'<circle cx="12" cy="12" r="8.5" {_LINE}/><circle cx="12" cy="12" r="4" {_LINE}/>'
    '<circle cx="12" cy="12" r="1" fill="currentColor"/>',
    "leaf": f'<path d="M5 19c0-9 5-14 14-14 0 9-5 14-14 14ZM5 19l7-7" {_LINE}/>',
    "flood": f'<path d="M3 8{_WAVE}M3 13.5{_WAVE}M3 19{_WAVE}" {_LINE}/>',
    "sun": f'<circle cx="12" cy="12" r="4.2" {_LINE}/><path d="M12 2.8v2.4M12 18.8v2.4M2.8 12h2.4'
    f'M18.8 12h2.4M5.5 5.5l1.7 1.7M16.8 16.8l1.7 1.7M5.5 18.5l1.7-1.7M16.8 7.2l1.7-1.7" {_LINE}/>',
    "moon": f'<path d="M19.5 14.2A8 8 0 1 1 9.8 4.5a6.5 6.5 0 0 0 9.7 9.7Z" {_LINE}/>',
    "person": f'<circle cx="12" cy="8" r="3.6" {_LINE}/><path d="M5 20c.6-3.8 3.4-5.8 7-5.8s6.4 2 7 5.8" {_LINE}/>',
    "out": f'<path d="M10 4H5.5v16H10M14 8l4 4-4 4M18 12H9.5" {_LINE}/>',
    "mark": '<path d="M12 .8v2.6M12 20.4v2.8" stroke="currentColor" stroke-width="1.5" '
    'stroke-linecap="round"/>'
    '<path d="M8.7 3.6h6.6M8.7 20.2h6.6" stroke="currentColor" stroke-width="1.7" stroke-linecap="round"/>'
    '<path d="M8.8 3.8C5.2 5.5 3.4 8.4 3.4 12s1.8 6.5 5.4 8.2M15.2 3.8c3.6 1.7 5.4 4.6 5.4 8.2'
    "s-1.8 6.5-5.4 8.2M12 3.6c-2.6 2-3.7 4.8-3.7 8.4s1.1 6.4 3.7 8.4c2.6-2 3.7-4.8 3.7-8.4"
    's-1.1-6.4-3.7-8.4Z" fill="none" stroke="currentColor" stroke-width="1.5"/>',
}


def drawing(name: str) -> str:
    """SVG of the icon ``name``; KeyError if there is none."""
    kind = "state" if name in STATES else "lamp" if name in LAMPS else "sign"
    inside = {"state": STATES, "lamp": LAMPS, "sign": SIGNS}[kind][name]
    return f'<svg class="icon {kind} {kind}-{name}" viewBox="0 0 24 24" aria-hidden="true">{inside}</svg>'


def icon(name: str, className: str = "") -> Markup:
    """The icon ``name`` as a component."""
    return Markup(html=drawing(name), className=f"icon-box {className}".strip(), tag="span")
