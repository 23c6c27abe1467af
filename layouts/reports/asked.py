"""Asked: which edition of a report an address or a form means, and the forms that ask something of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from data.catalogue.report import Report
from data.messages import t

WORDS = "words"  # the form that holds the words of a draft: whatever is asked while it is open takes them along


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks: spelt as it was, whether or not there is such a period."""

    report: Report
    period: str
    area: str = ""
    language: str = "vi"

    def href(self, kind: str = "", **more: object) -> str:
        """The same edition at another address: of the page, or a picture of a page."""
        told = {"period": self.period, "area": self.area, "language": self.language} | more
        return f"/reports/{self.report.id}{kind}?{urlencode({k: v for k, v in told.items() if v})}"

    def of(self, period: str) -> Asked:
        """The same report of another period."""
        return replace(self, period=period)

    def form(self, act: str, inside: str, id: str = "") -> str:
        """A form that asks ``act`` of the edition, with buttons and fields ``inside``."""
        told = (("period", self.period), ("area", self.area), ("language", self.language))
        held = "".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in told)
        named = f' id="{id}"' if id else ""
        return f'<form method="post" action="/reports/{self.report.id}/{act}"{named}>{held}{inside}</form>'

    def button(self, act: str, language: str) -> str:
        """A button that asks ``act`` with the words of a draft."""
        return f'<button class="copy"{self.sends(act)}>{escape(t(language, f"reports.act.{act}"))}</button>'

    def sends(self, act: str) -> str:
        """What makes a button ask ``act`` with all that stands in the form of the words."""
        return f' form="{WORDS}" formaction="/reports/{self.report.id}/{act}"'

    def act(self, act: str, language: str, inside: str = "", word: str = "", **told: object) -> str:
        """A form of one button, named by its ``word``."""
        said = escape(t(language, f"reports.act.{word or act}", **told))
        return self.form(act, f'{inside}<button class="copy">{said}</button>')


def card(name: str, body: Sequence[Component], language: str) -> html.Section:
    """A part of the page under its own heading."""
    return html.Section([html.Header(html.H2(t(language, f"reports.{name}"))), *body], className="reg-card")
