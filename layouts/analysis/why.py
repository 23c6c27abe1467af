"""Why a number moved: one sentence to read aloud, and for each split its parts by what they brought."""

from __future__ import annotations

from html import escape

from dash import html

from data.catalogue import Catalogue
from data.kpis.contribution import Contribution, Effect
from data.kpis.query import Compare
from data.kpis.result import KpiResult
from data.messages import t
from layouts import format
from layouts.analysis.names import dimension, subject
from layouts.analysis.pick import link
from layouts.marks import Bar, Figure, Line, Role, Scale
from layouts.markup import Markup
from layouts.svg import svg
from layouts.view import View

SAME_TIME = {"up": "above", "down": "below", "flat": "same"}  # beside another area, or the plan
MOST_OF_IT = 2.0  # how much larger than the other an effect is that is named alone


def sentence(result: KpiResult, reasons: list[Contribution], catalogue: Catalogue, language: str) -> str:
    """What happened and which parts brought it, as somebody would say it; empty without a comparison."""
    held = result.comparison
    if held is None or held.change is None or held.kind is Compare.NONE:
        return ""
    name = subject(result, catalogue, language)
    than = held.name.get(language) if held.name else t(language, f"analysis.why.than.{held.kind.value}")
    way = SAME_TIME[_way(held.change)] if held.kind in (Compare.AREA, Compare.TARGET) else _way(held.change)
    told = t(
        language, f"analysis.why.said.{way}", name=name, against=than,
        amount=_size(result, held.change, language),
    )  # fmt: skip
    clauses = [_clause(result, reason, catalogue, language) for reason in reasons if reason.effects[0].total]
    return " ".join([told, *clauses])


def _clause(result: KpiResult, reason: Contribution, catalogue: Catalogue, language: str) -> str:
    """Who brought most along one split, by what, and who went the other way."""
    along = [effect for effect in reason.effects if effect.total * (reason.change or effect.total) > 0]
    across = [effect for effect in reason.effects if effect.total * (reason.change or 0.0) < 0]
    lead = (along or across)[0]
    told = t(
        language, "analysis.why.led", by=_lower(dimension(result.kpi, catalogue, reason.by, language)),
        part=lead.label.get(language), amount=_moved(result, lead.total, language), cause=_cause(lead, language),
    )  # fmt: skip
    if along and across:
        other = t(
            language, "analysis.why.across",
            part=across[0].label.get(language), amount=_moved(result, across[0].total, language),
        )  # fmt: skip
        return f"{told}{other}."
    return f"{told}."


def _cause(effect: Effect, language: str) -> str:
    """Of a ratio, whether a part's own rate or its share of the whole did more."""
    if effect.rate is None or effect.mix is None:
        return ""
    rate, mix = abs(effect.rate), abs(effect.mix)
    key = "rate" if rate >= MOST_OF_IT * mix else "mix" if mix >= MOST_OF_IT * rate else "both"
    return t(language, f"analysis.why.cause.{key}")


def card(result: KpiResult, reason: Contribution, view: View, catalogue: Catalogue, language: str) -> html.Article:
    """The parts along one split, the largest effect first; each a link to the view filtered to it."""
    name = _lower(dimension(result.kpi, catalogue, reason.by, language))
    title, unit = t(language, "analysis.why.split", name=name), _unit(result, language)
    numbers = [*(effect.total for effect in reason.effects), reason.rest]
    scale = Scale(min(0.0, *numbers) * 1.02, max(0.0, *numbers) * 1.02 or 1.0)
    rows = "".join(_row(result, effect, view, reason.by, scale, language) for effect in reason.effects)
    rows = _head(reason, language) + _sum(result, reason, language) + rows + _rest(result, reason, scale, language)
    mixed = " is-mixed" if reason.mixed else ""
    body = Markup(html=f'<ul class="an-bars an-effects{mixed}">{rows}</ul>', className="an-bars-box")
    return html.Article(
        [html.Header([html.H3(title), html.Small(unit)], className="an-card-h"), body], className="an-card an-split"
    )


def _head(reason: Contribution, language: str) -> str:
    names = ("total", "rate", "mix") if reason.mixed else ("total",)
    heads = "".join(f"<small>{escape(t(language, f'analysis.why.{name}'))}</small>" for name in names)
    return f'<li class="an-row is-head"><span></span><span></span>{heads}</li>'


def _row(result: KpiResult, effect: Effect, view: View, by: str, scale: Scale, language: str) -> str:
    label = effect.label.get(language)
    numbers = [effect.total] if effect.rate is None or effect.mix is None else [effect.total, effect.rate, effect.mix]
    return (
        f'<li><a class="an-row" {link(view, by, effect.key, label, language)}>'
        f"{_cells(result, label, numbers, scale, 'now', language)}</a></li>"
    )


def _rest(result: KpiResult, reason: Contribution, scale: Scale, language: str) -> str:
    """What no part explains: rows of none of them, or of numbers that may not be told."""
    if not reason.rest:
        return ""
    label = t(language, "analysis.why.untold" if reason.untold else "analysis.why.rest")
    return f'<li><span class="an-row">{_cells(result, label, [reason.rest], scale, "mute", language)}</span></li>'


def _sum(result: KpiResult, reason: Contribution, language: str) -> str:
    """The change all of it adds up to."""
    label, number = t(language, "analysis.why.sum"), _signed(result, reason.change, language)
    name, told = f'<span class="an-row-name">{escape(label)}</span>', f"<b>{escape(number)}</b>"
    return f'<li><span class="an-row is-sum">{name}<span></span>{told}</span></li>'


def _cells(result: KpiResult, label: str, numbers: list[float], scale: Scale, role: Role, language: str) -> str:
    bar = Bar(min(0.0, numbers[0]), max(0.0, numbers[0]), 0.8, 0.2, role)
    drawn = Figure(200, 14, scale, Scale(0.0, 1.0), (bar, Line(((0.0, 0.0), (0.0, 1.0)), "target")))
    total, *more = (escape(_signed(result, number, language)) for number in numbers)
    causes = "".join(f"<small>{number}</small>" for number in more)
    return f'<span class="an-row-name">{escape(label)}</span>{svg(drawn, "an-row-bar")}<b>{total}</b>{causes}'


def _way(number: float) -> str:
    return "up" if number > 0 else "down" if number < 0 else "flat"


def _moved(result: KpiResult, number: float, language: str) -> str:
    """ "up 2,100 visits": a change in words, as it is said."""
    return t(language, f"analysis.why.{_way(number)}", amount=_size(result, number, language))


def _size(result: KpiResult, number: float, language: str) -> str:
    """How much, without its sign, in the unit of a change."""
    shown = format.number(language, abs(number) * result.kpi.scale, _decimals(result))
    if result.kpi.unit == "percent":
        return t(language, "format.points", number=shown)
    return t(language, "format.unit", number=shown, unit=result.kpi.unit.get(language))


def _signed(result: KpiResult, number: float, language: str) -> str:
    return format.signed(language, number * result.kpi.scale, _decimals(result))


def _decimals(result: KpiResult) -> int:
    """A percent changes by points with a decimal at least, and a mean by more than it is shown with."""
    plain = result.value.denominator is None
    return result.kpi.decimals if plain else max(1, result.kpi.decimals + 1)


def _unit(result: KpiResult, language: str) -> str:
    return t(language, "analysis.why.points") if result.kpi.unit == "percent" else result.kpi.unit.get(language)


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
