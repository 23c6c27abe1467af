"""Remarks of people beside a KPI: numbered in the card as on the figure, and the forms that write and change them."""

from __future__ import annotations

from datetime import datetime, timedelta
from html import escape

from dash import html

from data.calendar.period import Grain
from data.catalogue import Catalogue, Kpi
from data.kpis.result import KpiResult, Point
from data.messages import t
from data.remarks.remark import LONGEST, Form, Notebook, Remark, Wording
from layouts import format
from layouts.analysis.controls import areas, select, span
from layouts.analysis.names import member
from layouts.icons import drawing
from layouts.marks import Flag, Scale
from layouts.markup import Markup
from layouts.view import FIRST_DAY, LAST_DAY, View

NEAR = 0.025  # share of the width within which two flags would touch
READ = 90  # letters of a remark that a pointer reads
WRONG = {"text": "text", "long": "text", "dates": "first", "order": "first", "span": "first"}  # the field of a fault
Numbered = tuple[tuple[int, Remark], ...]


def numbered(notebook: Notebook, view: View) -> Numbered:
    """The remarks on the days and the area of a view, the earliest first; those of every area where all are seen."""
    here = [one for one in notebook.standing if _touches(one.wording, view)]
    return tuple(enumerate(sorted(here, key=lambda one: (one.wording.first, one.id)), 1))


def _touches(said: Wording, view: View) -> bool:
    days = said.first <= view.last and said.last >= view.first
    return days and (not view.areas or said.area is None or said.area in view.areas)


def flags(listed: Numbered, grain: Grain, x: Scale) -> list[Flag]:
    """Where remarks stand on a figure: one flag a place, with the numbers of all that are there."""
    found: list[Flag] = []
    for number, one in listed:
        start, end = _buckets(one.wording, grain)
        start, end = max(start, x.low), min(end, x.high)  # type: ignore[type-var]
        if found and x.share(start) - x.share(found[-1].start) < NEAR:
            held = found[-1]
            found[-1] = Flag(held.start, max(held.end, end), f"{held.text}·{number}")  # type: ignore[type-var]
        elif start <= end:
            found.append(Flag(start, end, str(number)))
    return found


def _buckets(said: Wording, grain: Grain) -> tuple[datetime, datetime]:
    """The first and the last bucket of its days."""
    first, last = (datetime(day.year, day.month, day.day) for day in (said.first, said.last))
    last = last + timedelta(hours=23) if grain is Grain.HOUR else last
    return grain.floor(first), grain.floor(last)


def read(listed: Numbered, result: KpiResult, point: Point) -> str:
    """What a pointer reads of the remarks on a bucket, as safe text; "" of none."""
    grain = Grain(result.query.grain)
    there = [(n, one) for n, one in listed if (held := _buckets(one.wording, grain)) and held[0] <= point.at <= held[1]]
    return "<br>".join(f"{n} · {escape(_cut(one.wording.text), quote=False)}" for n, one in there)


def _cut(text: str) -> str:
    return text if len(text) <= READ else text[: READ - 1].rstrip() + "…"


def remarks(notebook: Notebook, kpi: Kpi, view: View, catalogue: Catalogue, language: str) -> list[html.Section]:
    """The part of the card for remarks; none where there are none and none may be written."""
    if not notebook.remarks and not notebook.audiences:
        return []
    listed = numbered(notebook, view)
    desk = _Desk(notebook, kpi, view, catalogue, language)
    body: list = [html.H3(t(language, "remark.title"))]
    body += [html.Ol([desk.line(one, number) for number, one in listed], className="rk-list")] if listed else []
    body += [html.P(t(language, "remark.none"), className="rk-quiet")] if not listed else []
    gone = [one for one in notebook.remarks if one.removed]
    body += [html.Ul([desk.gone(one) for one in gone], className="rk-list")] if gone else []
    body += desk.elsewhere([one for one in notebook.standing if one not in {held for _, held in listed}])
    body += [Markup(html=desk.new(), className="rk-new")] if notebook.audiences else []
    return [html.Section(body, id="remarks", className="rk", **{"aria-label": t(language, "remark.title")})]


class _Desk:
    """Writes lines and forms for one reader of one view."""

    def __init__(self, notebook: Notebook, kpi: Kpi, view: View, catalogue: Catalogue, language: str) -> None:
        self.notebook, self.kpi, self.view = notebook, kpi, view
        self.catalogue, self.language = catalogue, language

    def line(self, one: Remark, number: int) -> html.Li:
        """A remark with its number, days, area, words, author and what its reader may do with it."""
        said = one.wording
        told = [html.B(span(self.language, said.first, said.last))]
        told += [html.Span(member(self.kpi, self.catalogue, "area", said.area, self.language))] if said.area else []
        head = html.Div([html.Span(str(number), className="rk-flag"), *told], className="rk-head")
        body = [head, html.P(said.text), html.Small(self._by(one))]
        return html.Li([*body, Markup(html=self._acts(one), className="rk-acts")] if one.mine else body)

    def gone(self, one: Remark) -> html.Li:
        """A remark that was taken away just now, and the way to have it back."""
        told = html.Span(t(self.language, "remark.removed", text=_cut(one.wording.text)[:40]))
        return html.Li([told, Markup(html=self._button(one, "undo"), className="rk-acts")], className="is-gone")

    def elsewhere(self, others: list[Remark]) -> list[html.Details]:
        """Remarks on other days or areas, each the way to its own."""
        if not others:
            return []
        summary = html.Summary(t(self.language, "remark.elsewhere", count=len(others)))
        return [html.Details([summary, html.Ul([self._there(one) for one in others])], className="rk-elsewhere")]

    def _there(self, one: Remark) -> html.Li:
        said = one.wording
        room = max((self.view.last - self.view.first - (said.last - said.first)) // 2, timedelta(0))
        first, last = max(said.first - room, FIRST_DAY), min(said.last + room, LAST_DAY)
        there = self.view.with_(first=first, last=last, areas=(said.area,) if said.area else self.view.areas)
        days = span(self.language, said.first, said.last)
        return html.Li(html.A([html.B(days), " ", _cut(said.text)], href=there.href))

    def _by(self, one: Remark) -> str:
        author = one.author or t(self.language, "remark.nobody")
        told = [author, format.moment(self.language, one.written_at, year=True)]
        if one.wording.audience != "everybody":
            told.append(self._audience(one.wording.audience, one.organisation))
        return " · ".join(told)

    def _audience(self, audience: str, organisation: str) -> str:
        return t(self.language, f"remark.audience.{audience}", organisation=organisation)

    # -- forms -------------------------------------------------------------------------

    def new(self) -> str:
        """The form that writes one, behind a button."""
        last, came = self.view.last.isoformat(), self._came(0)
        area = self.view.areas[0] if len(self.view.areas) == 1 else ""
        blank = Form("", 0, "", last, last, area, self.notebook.audiences[-1])
        label = escape(t(self.language, "remark.new"))
        return (
            f'<details class="rk-open" data-remark{" open" if came else ""}>'
            f'<summary class="an-button" title="{label} (N)">{label}</summary>'
            f"{self._form('', self._fields(came or blank), 'keep')}</details>"
        )

    def _acts(self, one: Remark) -> str:
        said = one.wording
        undo = self._button(one, "undo") if one.undoable else ""
        if said.audience not in self.notebook.audiences:
            return undo + self._button(one, "remove")
        days, came = (said.first.isoformat(), said.last.isoformat()), self._came(one.id)
        held = self._fields(came or Form("", one.id, said.text, *days, said.area or "", said.audience))
        label = escape(t(self.language, "remark.act.change"))
        change = (
            f'<details class="rk-open"{" open" if came else ""}><summary class="rk-act">{label}</summary>'
            f"{self._form(f'/{one.id}/change', held, 'keep')}</details>"
        )
        return undo + change + self._button(one, "remove")

    def _button(self, one: Remark, act: str) -> str:
        return self._form(f"/{one.id}/{act}", "", f"act.{act}", "rk-act")

    def _form(self, action: str, inside: str, send: str, kind: str = "an-go") -> str:
        back = f'<input type="hidden" name="back" value="{escape(self.view.href)}">'
        button = f'<button type="submit" class="{kind}">{escape(t(self.language, f"remark.{send}"))}</button>'
        return (
            f'<form method="post" action="/kpi/{escape(self.view.code)}/remarks{action}" class="rk-form">'
            f"{back}{inside}{button}</form>"
        )

    def _came(self, remark: int) -> Form | None:
        """What came back of the form of a remark, 0 for that of a new one."""
        form = self.notebook.form
        return form if form is not None and form.remark == remark else None

    def _why(self, fault: str) -> str:
        told = escape(t(self.language, f"remark.fault.{fault}", most=LONGEST))
        return f'<p class="rk-wide rk-fault" role="alert">{drawing("error")}<span>{told}</span></p>'

    def _fields(self, said: Form) -> str:
        """What a form holds, the reason for which it came back above it, and the field it is about marked."""
        language = self.language
        why = self._why(said.fault) if said.fault else ""
        wrong = {WRONG.get(said.fault, ""): ' aria-invalid="true"'}
        words = (
            f'<label class="rk-wide"><span>{escape(t(language, "remark.text"))}</span><textarea name="text" rows="3" '
            f'maxlength="{LONGEST}" required{wrong.get("text", "")}>{escape(said.text)}</textarea></label>'
        )
        days = "".join(
            f'<label><span>{escape(t(language, f"analysis.{label}"))}</span><input type="date" name="{name}" '
            f'value="{escape(day)}" min="{FIRST_DAY}" max="{LAST_DAY}" required{wrong.get(name, "")}></label>'
            for name, label, day in (("first", "from", said.first), ("last", "to", said.last))
        )
        chosen = areas(self.view, self.catalogue, language) if "area" in self.kpi.dimensions else []
        place = select("area", t(language, "analysis.area"), chosen, said.area) if chosen else ""
        whom = [(one, self._audience(one, self.notebook.organisation)) for one in self.notebook.audiences]
        return why + words + days + place + select("audience", t(language, "remark.audience"), whom, said.audience)
