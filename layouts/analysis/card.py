"""The indicator card: what the number means, where it comes from, how far it can be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dash import html

from data.catalogue import Catalogue, Kpi
from data.kpis.result import Freshness, KpiResult, Quality, SourceState
from data.messages import t
from layouts import format
from layouts.analysis.formula import formula
from layouts.analysis.names import place
from layouts.composition import parts
from layouts.figures import bullet
from layouts.icons import icon
from layouts.marks import Bar, Figure, Scale
from layouts.markup import Markup
from layouts.svg import svg
from layouts.view import View

WORDS = ("right", "complete", "clean", "live")


def card(
    result: KpiResult,
    view: View,
    catalogue: Catalogue,
    language: str,
    said: Sequence[html.Section] = (),
    sql: str = "",
    own: KpiResult | None = None,
) -> html.Aside:
    """The column at the right of the figures; ``said`` is what people wrote beside the number, ``sql`` what was run
    for it, where it may be shown. A target is held against ``own``, the KPI's own period, where that is one of many."""
    kpi = result.kpi
    entries = [
        ("place", place(view.areas, catalogue, language) if view.areas else None),
        ("definition", kpi.definition.get(language)),
        ("formula", [*_formula(result, catalogue, language), *_sql(sql, language)]),
        ("parts", parts(result, language)),
        ("sources", [_source(source, language) for source in result.sources] or None),
        ("target", _target(own or result, language)),
        ("complete", _strip(result, language)),
        ("words", _words(result, catalogue, language)),
        ("standard", "; ".join(f"{entry.scheme}, {entry.code}" for entry in kpi.standard) or None),
        ("owner", kpi.owner.get(language)),
    ]
    told = [_entry(name, body, language) for name, body in entries if body]
    return html.Aside(
        [
            html.Div([html.Span(kpi.code), html.Span(t(language, "analysis.card"))],
            className="an-card-code"),
            html.H2(kpi.name.get(language)), html.Dl(told), *_break(kpi, view, catalogue, language), *said,
        ],
        className="an-side", tabIndex="0", **{"aria-label": t(language, "analysis.card")},
    )  # fmt: skip


def _entry(name: str, body: object, language: str) -> html.Div:
    return html.Div([html.Dt(t(language, f"analysis.card.{name}")), html.Dd(body)])


def _formula(result: KpiResult, catalogue: Catalogue, language: str) -> list:
    lines = formula(result.kpi.measure, catalogue, language)
    if len(lines) == 1:
        return [html.Span(lines[0])]
    return [html.Span(lines[0], className="an-above"), html.Span(lines[1], className="an-below")]


def _sql(sql: str, language: str) -> list[html.Details]:
    """The statement in a fold of its own, with a button that copies it."""
    if not sql:
        return []
    label = t(language, "analysis.sql.copy")
    told = [html.Span(t(language, f"analysis.sql.{name}"), className=f"copy-{kind}")
            for name, kind in (("copy", "ask"), ("copied", "done"))]  # fmt: skip
    button = html.Button(told, type="button", title=label, className="copy", **{"data-copy": ""})
    text = html.Pre(html.Code(sql), tabIndex="0", **{"aria-label": t(language, "analysis.sql")})
    return [html.Details([html.Summary(t(language, "analysis.sql")), text, button], className="an-sql")]


def _source(source: SourceState, language: str) -> html.Div:
    if source.age is None:
        said = t(language, "tile.never")
    elif source.freshness is Freshness.ON_TIME:
        said = format.age(language, source.age)
    else:
        key = "tile.late" if source.freshness is Freshness.LATE else "tile.silent"
        said = t(language, key, age=format.age(language, source.age))
    name = source.source.name.get(language)
    return html.Div([icon(source.freshness.value), html.Span(name), html.Small(said)], className="an-source")


def _target(result: KpiResult, language: str) -> list | None:
    target, kpi = result.target, result.kpi
    if target is None:
        return None
    told = t(
        language, "analysis.target.said", value=format.phrase(language, kpi, result.value.number),
        target=format.phrase(language, kpi, target.value / kpi.scale),
    )  # fmt: skip
    met = (
        [html.Small(t(language, "analysis.target.met" if target.met else "analysis.target.short"))]
        if target.met is not None
        else []
    )
    drawn = bullet(result)
    figure = [Markup(html=svg(drawn, "an-bullet"), className="an-bullet-box")] if drawn else []
    share = t(language, "format.percent", number=format.number(language, target.pace * 100, 1))
    pace = [html.Small(t(language, "analysis.target.pace", share=share))] if 0 < target.pace < 1 else []
    if target.goal is not None and target.due is not None:
        goal = format.phrase(language, kpi, target.goal / kpi.scale)
        pace = [html.Small(t(language, "analysis.target.goal", goal=goal, day=format.day(language, target.due)))]
    return [html.Div([html.Span(told), *met], className="an-spread"), *figure, *pace]


def _strip(result: KpiResult, language: str) -> list | None:
    """Completeness bucket by bucket, and its share in words."""
    if result.quality.complete is None or not result.strip:
        return None
    track = [
        Bar(n, n + 0.82, 1.0, 0.0, "mute") for n, share in enumerate(result.strip) if share is not None and share < 1
    ]
    came = [Bar(n, n + 0.82, share, 0.0) for n, share in enumerate(result.strip) if share]
    drawn = Figure(240, 15, Scale(0.0, float(len(result.strip))), Scale(0.0, 1.0), (*track, *came))
    share = _share(result.quality.complete, language)
    return [
        Markup(html=svg(drawn, "an-complete"), className="an-complete-box"),
        html.Small(t(language, "analysis.complete", share=share)),
    ]


def _words(result: KpiResult, catalogue: Catalogue, language: str) -> list:
    """The four words of the national guidance, and the rule behind each."""
    quality: Quality = result.quality
    told = [
        html.Div(
            [
                html.Span(t(language, f"analysis.word.{name}")),
                html.B(_share(getattr(quality, name), language)),
            ]
        )
        for name in WORDS
    ]
    rules = [
        html.P([html.B(t(language, f"analysis.word.{name}")), ": ", _rule(name, result, catalogue, language)])
        for name in WORDS
    ]
    behind = html.Details([html.Summary(t(language, "analysis.words.rules")), *rules])
    return [html.Div(told, className="an-words"), behind]


def _rule(name: str, result: KpiResult, catalogue: Catalogue, language: str) -> str:
    datasets = [catalogue.datasets[key] for key in result.kpi.datasets if key in catalogue.datasets]
    if name == "right":
        return t(language, "analysis.rule.right", count=sum(len(dataset.rules) for dataset in datasets))
    if name == "live":
        promise = datetime.resolution * result.kpi.fresh_within * 1_000_000
        return t(language, "analysis.rule.live", promise=format.age(language, promise))
    if name == "complete":
        expected = next((dataset.expect for dataset in datasets if dataset.expect), None)
        if expected is None:
            grain = next((dataset.grain for dataset in datasets if dataset.periodic), "none")
            return t(language, f"analysis.rule.complete.{grain}")
        every = format.age(language, datetime.resolution * expected.every * 1_000_000)
        return t(
            language,
            f"analysis.rule.complete.{expected.on}",
            keys=format.number(language, expected.keys),
            every=every,
        )
    return t(language, "analysis.rule.clean")


def _share(share: float | None, language: str) -> str:
    """A share as percent."""
    if share is None:
        return t(language, "analysis.unmeasured")
    return format.portion(language, share)


def _break(kpi: Kpi, view: View, catalogue: Catalogue, language: str) -> list[html.Div]:
    """What changed on the day the present areas came into force, and the way to see the others; of a number that is
    told by area."""
    since = catalogue.city.since
    crosses = view.first < since <= view.last
    if "area" not in kpi.dimensions or not (crosses or view.old_areas or view.last < since):
        return []
    key = "old" if view.old_areas else "new"
    turned = view.with_(old_areas=not view.old_areas, areas=())
    body = [
        html.B(t(language, "analysis.break.title", day=format.day(language, since))),
        html.Span(t(language, f"analysis.break.{key}")),
        html.A(t(language, f"analysis.break.{key}.turn"), href=turned.href),
    ]
    return [html.Div(body, className="an-note")]
