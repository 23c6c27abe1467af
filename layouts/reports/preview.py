"""The preview: the pages of a report as pictures, and whether they are still being set."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from data.messages import t
from data.reports.order import Order
from layouts.format import moment
from layouts.markup import Markup
from layouts.reports.files import act, fault

WIDTH, HEIGHT = 794, 1123  # A4 at 96 dots per inch


@dataclass(frozen=True, slots=True)
class Preview:
    """``made`` has ``count`` pages at hand. They show what the draft says, unless ``making`` is there: the order that
    sets others, or failed to. ``issued`` says that they are those of the file that was issued, ``possible`` that there
    can be any."""

    made: Order | None = None
    count: int = 0
    making: Order | None = None
    issued: bool = False
    possible: bool = True


BLANK = Preview(possible=False)


def preview(shown: Preview, exports: bool, language: str) -> Markup:
    """The pages one below another; what is not set yet is an empty sheet."""
    drawn, former = "", "" if shown.making is None else " is-former"
    for place in range(1, shown.count + 1):
        said = escape(t(language, "reports.page", page=place, pages=shown.count))
        drawn += (
            f'<img src="/orders/{shown.made.id if shown.made else 0}/pages/{place}.png" loading="lazy" '
            f'width="{WIDTH}" height="{HEIGHT}" class="rep-page{former}" alt="{said}">'
        )
    empty = '<div class="rep-page is-empty"></div>' if shown.making is not None and not shown.count else ""
    line = _making(shown, shown.making, exports, language) if shown.making is not None else _said(shown, language)
    name = escape(t(language, "reports.preview"))
    return Markup(html=f'<section class="rep-pages" aria-label="{name}" tabindex="0">{line}{drawn}{empty}</section>')


def _said(shown: Preview, language: str) -> str:
    """Which pages these are, where that is to be said, or why there are none."""
    if shown.possible and not shown.issued:
        return ""
    key = "issued" if shown.possible else "none"
    return f'<div class="rep-making">{escape(t(language, f"reports.preview.{key}"))}</div>'


def _making(shown: Preview, order: Order, exports: bool, language: str) -> str:
    """How far the pages have come that are shown next."""
    if order.standing == "failed":
        said = escape(t(language, "reports.preview.failed", why=fault(order, language)))
        return f'<div class="rep-making is-failed" role="status">{said}{act(order, "again", language) * exports}</div>'
    told = {"at": moment(language, shown.made.ended_at or shown.made.asked_at)} if shown.made else {}
    said = escape(t(language, f"reports.preview.{'former' if shown.made else 'making'}", **told))
    watched = f'data-order="{order.id}" data-standing="{order.standing}"'
    return f'<div class="rep-making" role="status" {watched}>{said}<progress></progress></div>'
