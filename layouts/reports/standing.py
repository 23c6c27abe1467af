"""Standing: how far a paper has come from draft to issue, and what may be done next."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from data.messages import t
from data.reports.record import Record, Signed
from layouts.markup import Markup
from layouts.reports.asked import Asked, card
from layouts.reports.who import told

NEXT = {"none": ("draft",), "draft": ("check",), "checked": ("reopen", "issue"), "issued": ("draft",)}
APPROVED = ("check", "issue")


def standing(
    asked: Asked, record: Record | None, newer: bool, keeps: bool, approves: bool, issuing: bool, language: str
) -> html.Section:
    """The steps with who took them; ``newer`` data is offered to a draft, and nothing to a paper being issued."""
    now = record.standing if record else "none"
    steps = [html.Li(_step(name, record, language), **_reached(name, record)) for name in ("made", "checked", "issued")]
    acts = () if issuing else NEXT[now]
    if now == "draft" and newer:
        acts = ("renew", *acts)
    may = [act for act in acts if approves or (keeps and act not in APPROVED)]
    word = "anew" if now == "issued" else ""
    body: list[Component] = [html.Ol(steps, className="rep-steps")]
    if newer and now == "draft":
        body.append(html.P(t(language, "reports.newer"), className="reg-text"))
    if issuing:
        body.append(html.P(t(language, "reports.issuing"), className="reg-text", role="status"))
    if may and keeps:
        forms = "".join(
            asked.button(act, language) if now == "draft" else asked.act(act, language, word=word) for act in may
        )
        body.append(Markup(html=forms, className="ws-acts"))
    return card("standing", body, language)


def _step(name: str, record: Record | None, language: str) -> list[Component]:
    signed: Signed | None = getattr(record, name) if record else None
    return [html.B(t(language, f"reports.step.{name}")), html.Small(told(signed, language) if signed else "–")]


def _reached(name: str, record: Record | None) -> dict[str, str]:
    return {"data-done": "true"} if record and getattr(record, name) else {}
