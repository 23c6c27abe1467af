"""The catalogue of indicators: every KPI by domain with its number now, found by typing or choosing.

The server hides what the address does not ask for, so the form works without a script;
``assets/find.js`` does the same at every key without a request.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from dash import html

from data.catalogue import LANGUAGES, Kpi
from data.kpis.result import Freshness, KpiResult, Mark
from data.messages import t
from layouts import format
from layouts.figures import spark
from layouts.icons import drawing, icon
from layouts.markup import Markup
from layouts.state import LEVEL_NAMES, ago, glyph, state, word, worst_source
from layouts.svg import svg
from layouts.tile import ABSENT, absence

HEADS = ("code", "name", "trend", "value", "level", "fresh")
STATES = ("emergency", "alert", "watch", "ok", "stale", "nodata", "na", "suppressed", "error")
FIELDS = ("q", "domain", "owner", "state")
MARKS = (Mark.SIMULATED, Mark.ESTIMATED, Mark.PROVISIONAL, Mark.REVISED)


@dataclass(frozen=True, slots=True)
class Choice:
    """What an address asks for; "" asks for all. ``owner`` is the owner's name in the first language."""

    q: str = ""
    domain: str = ""
    owner: str = ""
    state: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Choice:
        """The choice of an address; names it does not know are left out."""
        return cls(**{name: asked[name].strip()[:200] for name in FIELDS if name in asked})

    def holds(self, result: KpiResult) -> bool:
        """Whether a KPI is shown."""
        kpi = result.kpi
        text = folded(words(kpi))
        return (
            all(piece in text for piece in folded(self.q).split())
            and self.domain in ("", kpi.domain)
            and self.owner in ("", owner(kpi))
            and self.state in ("", state(result))
        )


def folded(text: str) -> str:
    """Text without marks and capitals; đ is d."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return plain.translate({0x111: "d", 0x110: "d"}).lower()


def owner(kpi: Kpi) -> str:
    """What stands for the owner in an address, whatever the reader's language."""
    return kpi.owner.get(LANGUAGES[0])


def indicators(results: Sequence[KpiResult], choice: Choice, language: str) -> html.Div:
    """The whole page, from one answer a KPI; domains stand in the order in which they first come."""
    domains = list(dict.fromkeys(result.kpi.domain for result in results))
    heads = [html.Th(t(language, f"indicators.{name}"), scope="col", className=f"ix-{name}") for name in HEADS]
    kept = {result.kpi.id for result in results if choice.holds(result)}
    bodies = [_domain(name, [r for r in results if r.kpi.domain == name], kept, language) for name in domains]
    table = html.Table([html.Thead(html.Tr(heads)), *bodies], className="reg-table ix-table")
    found = html.P(
        [html.B(str(len(kept)), **{"data-found": ""}), " / ", t(language, "indicators.count", n=len(results))],
        className="reg-sum", role="status",
    )  # fmt: skip
    form = Markup(html=_form(results, domains, choice, language), className="ix-form")
    return html.Div(
        [
            html.Header([html.H1(t(language, "indicators.title")), found, form], className="reg-head ix-head"),
            html.Section([table, _nothing(choice, not kept, language)], className="reg-card ix-card"),
        ],
        className="reg",
    )


# -- form ------------------------------------------------------------------------------


def _form(results: Sequence[KpiResult], domains: Sequence[str], choice: Choice, language: str) -> str:
    """One native form, sent by GET without a script; every field is a part of the address."""
    asked, key = escape(t(language, "indicators.search")), t(language, "indicators.key")
    owners = {owner(result.kpi): result.kpi.owner.get(language) for result in results}
    found = {state(result) for result in results}
    states = [(name, _state_name(name, language)) for name in STATES if name in found]
    return (
        '<form method="get" action="/indicators" role="search" data-find-form>'
        f'<span class="ix-search">{drawing("search")}<input type="search" name="q" placeholder="{asked}" '
        f'aria-label="{asked}" value="{escape(choice.q)}" autocomplete="off" spellcheck="false" data-find>'
        f'<kbd title="{escape(t(language, "indicators.key.title"))}">{escape(key)}</kbd></span>'
        + _select("domain", [(name, t(language, f"indicators.domain.{name}")) for name in domains], choice, language)
        + _select("owner", sorted(owners.items(), key=lambda pair: folded(pair[1])), choice, language)
        + _select("state", states, choice, language)
        + f'<button type="submit" class="copy ix-send">{escape(t(language, "indicators.send"))}</button></form>'
    )


def _state_name(name: str, language: str) -> str:
    level = LEVEL_NAMES.get(name)
    return t(language, f"level.{level}" if level else f"state.{name}")


def _select(name: str, options: Sequence[tuple[str, str]], choice: Choice, language: str) -> str:
    chosen = getattr(choice, name)
    rows = [("", t(language, f"indicators.every.{name}")), *options]
    told = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(said)}</option>'
        for value, said in rows
    )
    label = escape(t(language, f"indicators.filter.{name}"))
    return f'<select name="{name}" class="ix-select" aria-label="{label}" data-find-{name}>{told}</select>'


def _nothing(choice: Choice, shown: bool, language: str) -> html.Div:
    """Shown when no indicator is left; it repeats what was typed."""
    return html.Div(
        [
            html.P([t(language, "indicators.nothing"), html.Q(choice.q, **{"data-asked": ""})], className="ix-said"),
            html.P(t(language, "indicators.nothing.text"), className="reg-text"),
            html.A(t(language, "indicators.clear"), href="/indicators", className="copy ix-clear"),
        ],
        className="ix-nothing", hidden=not shown, role="status", **{"data-nothing": ""},
    )  # fmt: skip


# -- rows ------------------------------------------------------------------------------


def _domain(name: str, results: Sequence[KpiResult], kept: set[str], language: str) -> html.Tbody:
    held = str(sum(result.kpi.id in kept for result in results))
    said = [html.Span(t(language, f"indicators.domain.{name}")), html.Small(held, **{"data-held": ""})]
    head = html.Tr(html.Th(said, colSpan=len(HEADS), scope="rowgroup"), className="ix-domain")
    shown = any(result.kpi.id in kept for result in results)
    rows = [_row(result, result.kpi.id in kept, language) for result in results]
    return html.Tbody([head, *rows], hidden=not shown, **{"data-domain": name})


def _row(result: KpiResult, shown: bool, language: str) -> html.Tr:
    kpi, now = result.kpi, state(result)
    name = html.A(kpi.name.get(language), href=f"/kpi/{kpi.code}", title=kpi.definition.get(language))
    cells = [
        html.Td(kpi.code, className="ix-code"),
        html.Th([name, html.Small(kpi.owner.get(language))], scope="row", className="ix-name"),
        html.Td(_trend(result, now), className="ix-trend"),
        html.Td(_value(result, now, language), className="ix-value"),
        html.Td(html.Span([icon(glyph(now)), html.Span(word(result, language))]), className="ix-level"),
        html.Td(html.Span(_fresh(result, language)), className="ix-fresh"),
    ]
    return html.Tr(
        cells, hidden=not shown, **{"data-words": words(kpi), "data-state": now, "data-owner": owner(kpi)}
    )  # fmt: skip


def words(kpi: Kpi) -> str:
    """What the search looks in: code, names, owner, unit and domain in both languages."""
    texts = [kpi.code]
    for language in LANGUAGES:
        texts += [kpi.name.get(language), kpi.short.get(language) if kpi.short else "", kpi.owner.get(language)]
        texts += [_unit(kpi, language), t(language, f"indicators.domain.{kpi.domain}")]
    return " ".join(dict.fromkeys(text for text in texts if text))


def _trend(result: KpiResult, now: str) -> list[Markup]:
    figure = None if now in ("nodata", "na", "suppressed", "error") else spark(result)
    return [Markup(html=svg(figure, "figure ix-figure"), className="drawing")] if figure else []


def _value(result: KpiResult, now: str, language: str) -> list:
    """The number, its unit and what kind of number it is; why there is none where there is none."""
    unit = html.Span(_unit(result.kpi, language), className="unit")
    if now in ABSENT:
        said = absence(result, language)
        return [
            html.Span(t(language, "format.missing"), className="number", title=said),
            unit,
            _marks(result, language),
        ]
    text, shown = format.value(language, result.kpi, result.value.number)
    return [html.Span(text, className="number"), *([unit] if shown else []), _marks(result, language)]


def _marks(result: KpiResult, language: str) -> html.Small:
    return html.Small(", ".join(t(language, f"tile.{mark.value}") for mark in MARKS if mark in result.marks))


def _unit(kpi: Kpi, language: str) -> str:
    return "%" if kpi.unit == "percent" else kpi.unit.get(language)


def _fresh(result: KpiResult, language: str) -> list:
    """The lantern of the least fresh source and how old its data is."""
    source = worst_source(result)
    if source is None:
        return [icon("nodata"), html.Span(t(language, "tile.no_source"))]
    lamp = icon(source.freshness.value)
    if source.age is None:
        return [lamp, html.Span(t(language, "tile.never"))]
    if source.freshness is Freshness.ON_TIME:
        return [lamp, html.Span(ago(language, source.age))]
    key = "tile.late" if source.freshness is Freshness.LATE else "tile.silent"
    return [lamp, html.Span(t(language, key, age=format.age(language, source.age)))]
