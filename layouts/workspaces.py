"""The workspaces of a reader: views kept, shared and proposed, all by native forms."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from dash import html
from dash.development.base_component import Component

from data.messages import t
from layouts.format import moment
from layouts.icons import icon
from layouts.markup import Markup

KINDS = ("person", "role", "organisation")


@dataclass(frozen=True, slots=True)
class Kept:
    """A view as it is shown; ``mine`` may be changed, ``shares`` are (kind, name) pairs."""

    id: int
    owner: str
    whole: bool
    title: str
    address: str
    pinned: bool
    changed_at: datetime
    mine: bool
    copied: bool = False
    proposed: bool = False
    shares: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """What a reader has: views, proposals to them (proposed, original title), an address to save, what was just said.

    ``edits`` says whether they may keep views for their organisation, ``undo`` is a view that was just taken away.
    """

    views: Sequence[Kept] = ()
    proposals: Sequence[tuple[Kept, str]] = ()
    save: tuple[str, str] | None = None
    said: str = ""
    undo: int | None = None
    edits: bool = False
    organisation: str | None = None
    asked: str = ""
    roles: Mapping[str, str] | None = None


def workspaces(desk: Desk, language: str) -> html.Div:
    """The whole page."""
    head = html.Header(
        [html.H1(t(language, "workspaces.title")), html.P(t(language, "workspaces.text"), className="reg-text")],
        className="reg-head",
    )
    parts: list[Component] = [head, *_said(desk, language)]
    if desk.save is not None:
        parts.append(_card("save", [_save(desk, desk.save, language)], language))
    if desk.proposals:
        lines = [_proposal(view, title, language) for view, title in desk.proposals]
        parts.append(_card("proposals", [html.Ul(lines, className="ws-list")], language))
    parts.append(Markup(html=_find(desk.asked, language)))
    shown = [view for view in desk.views if _folded(desk.asked) in _folded(f"{view.title} {view.owner}")]
    groups = (
        ("mine", [view for view in shown if view.mine and not view.whole]),
        ("whole", [view for view in shown if view.whole]),
        ("shared", [view for view in shown if not view.mine and not view.whole]),
    )
    parts += [_group(name, views, desk, language) for name, views in groups if views]
    if not shown:
        parts.append(
            html.P(t(language, "workspaces.nothing" if desk.asked else "workspaces.empty"), className="reg-quiet")
        )
    return html.Div(parts, className="reg workspaces")


def _said(desk: Desk, language: str) -> list[Component]:
    if not desk.said:
        return []
    words: list[Component] = [html.Span(t(language, f"workspaces.said.{desk.said}"))]
    if desk.undo is not None:
        words.append(Markup(html=_button(desk.undo, "restore", language), tag="span"))
    return [html.P(words, className="ws-said", role="status")]


def _card(name: str, body: list, language: str) -> html.Section:
    return html.Section([html.Header(html.H2(t(language, f"workspaces.{name}"))), *body], className="reg-card")


def _group(name: str, views: Sequence[Kept], desk: Desk, language: str) -> html.Section:
    return _card(name, [html.Ul([_line(view, desk, language) for view in views], className="ws-list")], language)


def _line(view: Kept, desk: Desk, language: str) -> html.Li:
    told = [t(language, "workspaces.of", owner=view.owner), moment(language, view.changed_at, year=True)]
    told += [t(language, "workspaces.offered")] if view.proposed else []
    told += [t(language, "workspaces.with", names=", ".join(name for _, name in view.shares))] if view.shares else []
    name = html.Div([html.A(view.title, href=view.address, className="ws-name"), html.Small(" · ".join(told))])
    mark = [icon("keep")] if view.pinned else []
    return html.Li([*mark, name, Markup(html=_acts(view, desk, language), className="ws-acts")])


def _acts(view: Kept, desk: Desk, language: str) -> str:
    """What may be done with a view: the rarer things behind one word."""
    if not view.mine:
        return _button(view.id, "copy", language)
    more = _rename(view, language) + _share(view, desk, language)
    more += "".join(_unshare(view, kind, name, language) for kind, name in view.shares)
    more += _button(view.id, "propose", language) if view.copied and not view.proposed else ""
    more += _button(view.id, "copy", language) + _button(view.id, "remove", language)
    word = escape(t(language, "workspaces.more"))
    pin = _button(view.id, "unpin" if view.pinned else "pin", language)
    return f'{pin}<details class="ws-more"><summary class="copy">{word}</summary><div>{more}</div></details>'


def _proposal(view: Kept, title: str, language: str) -> html.Li:
    said = t(language, "workspaces.proposes", owner=view.owner, title=title)
    name = html.Div([html.A(view.title, href=view.address, className="ws-name"), html.Small(said)])
    acts = _button(view.id, "accept", language) + _button(view.id, "refuse", language)
    return html.Li([name, Markup(html=acts, className="ws-acts")])


def _save(desk: Desk, save: tuple[str, str], language: str) -> Markup:
    address, title = save
    named = _field("title", t(language, "workspaces.name"), title, " autofocus")
    whose = ""
    if desk.edits and desk.organisation:
        told = {"": "own", "1": "whole"}
        options = {
            key: t(language, f"workspaces.for.{name}", organisation=desk.organisation) for key, name in told.items()
        }
        whose = f"<label><span>{escape(t(language, 'workspaces.for'))}</span>{_choice('whole', options)}</label>"
    hidden = _hidden("address", address)
    tick = f'<input type="checkbox" name="pinned" value="1"><span>{escape(t(language, "workspaces.pinned"))}</span>'
    whose += f'<label class="ws-tick">{tick}</label>'
    form = _form("/workspaces/save", hidden + named + whose, t(language, "workspaces.keep"))
    return Markup(html=f'{form}<p class="reg-quiet">{escape(address)}</p>')


def _find(asked: str, language: str) -> str:
    said = escape(t(language, "workspaces.find"))
    return (
        f'<form method="get" action="/workspaces" class="ws-form" role="search"><input type="search" name="q" '
        f'value="{escape(asked)}" placeholder="{said}" aria-label="{said}"></form>'
    )


def _button(view: int, act: str, language: str) -> str:
    return _form(f"/workspaces/{view}/{act}", "", t(language, f"workspaces.act.{act}"))


def _rename(view: Kept, language: str) -> str:
    named = _field("title", t(language, "workspaces.name"), view.title)
    return _form(f"/workspaces/{view.id}/rename", named, t(language, "workspaces.act.rename"))


def _share(view: Kept, desk: Desk, language: str) -> str:
    kinds = _choice("kind", {kind: t(language, f"workspaces.kind.{kind}") for kind in KINDS})
    listed = f"ws-roles-{view.id}"
    named = _field("name", t(language, "workspaces.who"), "", f' list="{listed}"')
    roles = "".join(
        f'<option value="{escape(key)}">{escape(name)}</option>' for key, name in (desk.roles or {}).items()
    )
    inside = f"<label><span>{escape(t(language, 'workspaces.act.share'))}</span>{kinds}</label>{named}"
    send = t(language, "workspaces.act.share")
    return _form(f"/workspaces/{view.id}/share", f'{inside}<datalist id="{listed}">{roles}</datalist>', send)


def _unshare(view: Kept, kind: str, name: str, language: str) -> str:
    hidden = _hidden("kind", kind) + _hidden("name", name)
    return _form(f"/workspaces/{view.id}/unshare", hidden, t(language, "workspaces.act.unshare", name=name))


def _form(action: str, inside: str, send: str) -> str:
    button = f'<button type="submit" class="copy">{escape(send)}</button>'
    return f'<form method="post" action="{action}" class="ws-form">{inside}{button}</form>'


def _field(name: str, label: str, value: str, more: str = "") -> str:
    box = f'<input name="{name}" value="{escape(value)}" maxlength="200" required{more}>'
    return f"<label><span>{escape(label)}</span>{box}</label>"


def _hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{name}" value="{escape(value)}">'


def _choice(name: str, options: Mapping[str, str]) -> str:
    rows = "".join(f'<option value="{escape(key)}">{escape(said)}</option>' for key, said in options.items())
    return f'<select name="{name}">{rows}</select>'


def _folded(text: str) -> str:
    """Text without marks and capitals; đ is d."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return plain.translate({0x111: "d", 0x110: "d"}).lower()
