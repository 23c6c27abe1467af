"""What needs attention now, and the one sentence that says how the city is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from dash import html

from data.kpis.result import Freshness, KpiResult, Level, Presence, SourceState
from data.messages import t
from layouts.comparison import against_plan, threshold
from layouts.format import age, moment, phrase
from layouts.icons import icon
from layouts.lanterns import lanterns
from layouts.markup import emphasis
from layouts.state import LEVEL_STATE
from layouts.view import way

LONGEST = 6


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing to look at: how bad, what, against what and whose, since when, where to read on; ``silent`` of a
    source that is lost or late."""

    glyph: str
    weight: int
    what: str
    detail: list
    owner: str
    since: str
    href: str | None = None
    silent: bool = False


def matters(
    results: Iterable[KpiResult], sources: Sequence[SourceState], language: str, now: datetime, brief: bool = False
) -> list[Matter]:
    """KPIs at watch or above, the worst first, then sources that are lost or late; ``brief`` with short names and
    nothing but whose they are."""
    raised = [_raised(r, language, now, brief) for r in results if is_raised(r)]
    silent = [_silent(s, language) for s in sources if s.freshness is not Freshness.ON_TIME]
    return sorted(raised + silent, key=lambda m: -m.weight)


def is_raised(result: KpiResult) -> bool:
    """Whether the KPI's level needs attention; a lost source suspends its alerts."""
    present = result.value.presence is Presence.PRESENT
    return present and result.level > Level.NORMAL and result.freshness is not Freshness.LOST


def since(result: KpiResult) -> datetime | None:
    """Start of the first bucket of the unbroken run, up to now, beyond the watch threshold."""
    status = result.kpi.status
    at = status.watch if status.watch is not None else status.alert
    if at is None:
        return None
    rises = result.kpi.direction == "down"
    start = None
    for point in reversed(result.points):
        number = point.value.number
        shown = None if number is None else number * result.kpi.scale
        if shown is None or (shown < at if rises else shown > at):
            break
        start = point.at
    return start


def counted(found: Sequence[Matter], language: str) -> str:
    """How many numbers need attention, as the sentence at the head says too, and how many sources; else nothing."""
    silent = sum(matter.silent for matter in found)
    counts = (("attention.count", len(found) - silent), ("attention.sources", silent))
    return ", ".join(t(language, key, n=n) for key, n in counts if n)


def attention(found: Sequence[Matter], sources: Sequence[SourceState], language: str) -> html.Section:
    """The list as a tile, the sources at its foot; when the list is empty it says so."""
    head = [html.H2(t(language, "attention.title"), className="tile-title")]
    if found:
        head.append(html.P(counted(found, language), className="status is-quiet"))
    rows = [row(matter) for matter in found[:LONGEST]]
    rest = len(found) - LONGEST
    more = [html.P(t(language, "attention.more", n=rest), className="attention-more")] if rest > 0 else []
    body = (
        html.Ul(rows, className="attention")
        if rows
        else html.P([icon("ok"), t(language, "attention.none")], className="attention-none")
    )
    inside = html.Div(
        [html.Div(head, className="tile-head"), body, *more, lanterns(sources, language)],
        className="tile-body",
    )
    return html.Section(inside, className="tile tile-list", **{"data-state": "ok"})


def sentence(results: Iterable[KpiResult], language: str, city: bool = True) -> tuple[str, str, str]:
    """Glyph, verdict and what to look at: a sentence a leader could repeat, of the city or of one board."""
    every = list(results)
    if not any(r.value.presence is Presence.PRESENT for r in every):
        return "nodata", t(language, "say.nothing"), ""
    raised = sorted((r for r in every if is_raised(r)), key=lambda r: -r.level)
    lost = [r for r in every if r.freshness is Freshness.LOST]
    worst = raised[0].level if raised else Level.NORMAL
    now = LEVEL_STATE[worst if worst >= Level.ALERT or not city else Level.NORMAL]
    verdict = t(language, f"say.{now}" if city else f"say.board.{now}")
    said = []
    if raised:
        names = ", ".join(what(r, language) for r in raised[:2])
        more = t(language, "say.more", n=len(raised) - 2) if len(raised) > 2 else ""
        said.append(t(language, "say.one" if len(raised) == 1 else "say.many", n=len(raised), names=names + more))
    if lost:
        names = ", ".join(r.kpi.name.get(language) for r in lost[:2])
        said.append(t(language, "say.lost", names=names))
    return now, verdict, " ".join(said) or t(language, "say.fine")


def what(result: KpiResult, language: str, brief: bool = False) -> str:
    """A raised number inside a sentence: its name, a ``brief`` one where it has one, and value."""
    kpi = result.kpi
    name = (kpi.short if brief and kpi.short else kpi.name).get(language)
    return t(
        language,
        "say.what",
        name=name[:1].lower() + name[1:],
        value=phrase(language, result.kpi, result.value.number),
    )


def _raised(result: KpiResult, language: str, now: datetime, brief: bool = False) -> Matter:
    kpi, start = result.kpi, since(result)
    name = (kpi.short if brief and kpi.short else kpi.name).get(language)
    told = t(language, "attention.what", name=name, value=phrase(language, kpi, result.value.number))
    detail = [] if brief else threshold(result, language) or against_plan(result, language) or []
    when = age(language, now - start) if start else ""
    owner = kpi.owner.get(language)
    return Matter(LEVEL_STATE[result.level], 10 * result.level + 5, told, detail, owner, when, way(result))


def _silent(state: SourceState, language: str) -> Matter:
    lost = state.freshness is Freshness.LOST
    name = state.source.name.get(language)
    detail = [t(language, "attention.last", at=moment(language, state.event_time))] if state.event_time else []
    since_when = age(language, state.age) if state.age is not None else ""
    told = t(language, "attention.lost" if lost else "attention.late", name=name)
    return Matter(
        "stale" if lost else "late",
        9 if lost else 3,
        told,
        detail,
        state.source.owner.get(language),
        since_when,
        silent=True,
    )


def row(matter: Matter) -> html.Li:
    """One thing to look at as a line of the list."""
    told = html.A(matter.what, href=matter.href) if matter.href else matter.what
    detail = (
        [*matter.detail, html.Span(" · ", className="dot-between"), matter.owner] if matter.detail else [matter.owner]
    )
    return html.Li(
        [
            icon(matter.glyph),
            html.Div([html.P(told, className="attention-what"), html.P(detail, className="attention-detail")]),
            html.P(matter.since, className="attention-since"),
        ]
    )


def spoken(glyph: str, verdict: str, rest: str) -> html.Div:
    """The sentence at the head of a board with its glyph; words of ``rest`` between asterisks are strong."""
    words = html.P([html.B(verdict), " ", *emphasis(rest)], className="say-words")
    return html.Div([icon(glyph, "say-glyph"), words], className="say", role="status")
