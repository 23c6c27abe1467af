"""The alarm: what a wall shows while an alert lasts. A band that says it, the number, where, what drives it, what
is to be done by whom, and the rule by which it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dash import html
from dash.development.base_component import Component

from data.catalogue.board import Board
from data.catalogue.city import City
from data.catalogue.room import Show
from data.kpis.result import KpiResult
from data.messages import t
from data.outlook.river import Forecast
from layouts import format
from layouts.alerts import WORDS, Notice, event_name, exit_rule, level_word
from layouts.board import Answers
from layouts.comparison import threshold
from layouts.icons import icon
from layouts.state import LEVEL_NAMES, glyph, state
from layouts.tile import ABSENT, tile
from layouts.wall.beside import beside, where
from layouts.wall.stage import seconds

QUIET = 4  # facts of other domains in the head


@dataclass(frozen=True, slots=True)
class Alarm:
    """An alert with the answer it is about, None for the silence of a source."""

    notice: Notice
    result: KpiResult | None = None


def alarm(
    alarms: Sequence[Alarm],
    described: Board,
    answers: Answers,
    quiet: Sequence[KpiResult],
    city: City,
    language: str,
    over: bool = False,
    show: Show = "all",
) -> html.Section:
    """The scene of one or two alerts, the worse first; ``quiet`` are numbers of other domains, ``over`` says that
    they have just ended. A screen of a room ``show``s where, the numbers, or what is to be done, under the same bands.
    """
    first = alarms[0]
    ahead = answers.forecasts.get(first.result.kpi.id) if first.result is not None and not first.notice.part else None
    others = [_fact(result, language) for result in quiet[:QUIET]]
    others += [_further(one.notice, language) for one in alarms[2:]]
    head = html.Header(
        [
            html.Div(
                [
                    icon("mark"),
                    html.Div([html.Strong(city.name.get(language)), html.Small(described.title.get(language))]),
                ],
                className="wall-id",
            ),
            html.Ul(others, className="wall-facts"),
        ],
        className="wall-head",
    )
    bands = [_band(one, answers.now, language, over) for one in alarms[:2]]
    number = html.Div(_number(first, language, ahead), className="cell alarm-number")
    playbook = _playbook_cell(first, answers.now, language, over, named=show == "list")
    second = [_playbook_cell(one, answers.now, language, over, named=True) for one in alarms[1:2]]
    body = {
        "map": beside(described, answers, language, "map"),
        "kpis": [number, *beside(described, answers, language, "kpis", first.result)],
        "list": [playbook, *(second or beside(described, answers, language, "list"))],
    }.get(show)
    kind = f"shows-{show}" if body else ""
    body = body or [number, where(described, answers, language), playbook]
    level = "ended" if over else WORDS[first.notice.event.level]
    return html.Section(
        [head, html.Div(bands, className="bands"), html.Div(body, className=f"alarm-body {kind}".strip())],
        className=f"stage alarm of-{len(bands)}",
        **{"data-drawn": seconds(answers.now), "data-level": level},
    )


def _band(alarm: Alarm, now: datetime, language: str, over: bool) -> html.Div:
    notice = alarm.notice
    event, rule = notice.event, notice.rule
    word = WORDS[event.peak if over else event.level]
    number = _shown(alarm, language)
    name = event_name(notice, language)
    said = t(language, "wall.band", name=name, value=number) if number else name
    ended = over and event.ended_at
    detail = [t(language, "wall.over", at=format.clock(language, ended))] if ended else _detail(alarm, language)
    spent = format.age(language, (event.ended_at or now) - event.began_at)
    counted = {} if over else {"data-since": seconds(event.began_at)}
    level = t(language, "wall.ended" if over else f"level.{LEVEL_NAMES[word]}")
    began = t(language, "wall.since", at=format.moment(language, event.began_at))
    return html.Div(
        [
            html.P([icon("ok" if over else word), html.Span(level)], className="band-word"),
            html.Div([html.H2(said), html.P(detail)], className="band-said"),
            html.P([html.B(spent, **counted), html.Span(began)], className="band-time"),
        ],
        className="band",
        role="alert",
        **{"data-level": "ended" if over else word, "data-rule": rule.id},
    )


def _shown(alarm: Alarm, language: str) -> str:
    """The number its tile shows too; while that has none, the one of the last change of level."""
    kpi, result = alarm.notice.kpi, alarm.result
    if kpi is None:
        return ""
    present = result is not None and state(result) not in ABSENT
    number = result.value.number if result is not None and present else alarm.notice.event.number
    return format.phrase(language, kpi, number, wall=True)


def _detail(alarm: Alarm, language: str) -> list[str | Component]:
    """The level in its official words, how far beyond the threshold, and whose it is."""
    notice, said = alarm.notice, []
    if notice.kpi is None:
        return [notice.owner]
    official = level_word(notice, language)
    beyond = threshold(alarm.result, language) if alarm.result is not None else None
    said += [official[:1].upper() + official[1:], " · "]
    said += [*beyond, " · "] if beyond else []
    return [*said, t(language, "wall.owner", owner=notice.owner)]


def _number(alarm: Alarm, language: str, ahead: Forecast | None) -> list[Component]:
    if alarm.result is None:
        return [html.P(exit_rule(alarm.notice, language), className="last-known")]
    return [tile(alarm.result, language, "hero", wall=True, ahead=ahead)]


def _playbook_cell(alarm: Alarm, now: datetime, language: str, over: bool, named: bool = False) -> html.Div:
    """``named`` says of what it is the playbook, where others stand beside it."""
    name = [html.P(event_name(alarm.notice, language), className="status is-quiet")] if named else []
    return html.Div(_playbook(alarm.notice, now, language, over, name), className="cell alarm-playbook")


def _playbook(notice: Notice, now: datetime, language: str, over: bool, name: Sequence[Component] = ()) -> html.Section:
    began, rule = notice.event.began_at, notice.rule
    due = [(step, began + timedelta(seconds=step.within)) for step in rule.playbook]
    steps = [
        html.Li(
            [
                html.Span(str(place), className="step-mark"),
                html.Div(
                    [
                        html.B(step.do.get(language)),
                        html.Span(_due(step.owner.get(language), at, now, over, language)),
                    ]
                ),
            ],
            className="is-due" if at < now and not over else "",
        )
        for place, (step, at) in enumerate(due, 1)
    ]
    title = html.Div([html.H2(t(language, "alerts.playbook"), className="tile-title"), *name], className="tile-head")
    listed: Component = html.Ol(steps) if steps else html.P(t(language, "wall.no_playbook"), className="last-known")
    ends = html.P([html.B(t(language, "alerts.exit")), " ", exit_rule(notice, language)], className="exit-rule")
    body = html.Div([title, listed, ends], className="tile-body")
    return html.Section(body, className="tile tile-playbook", **{"data-state": "ok"})


def _due(owner: str, at: datetime, now: datetime, over: bool, language: str) -> str:
    key = "wall.step.late" if at < now and not over else "wall.step"
    return t(language, key, owner=owner, at=format.clock(language, at))


def _fact(result: KpiResult, language: str) -> html.Li:
    kpi = result.kpi
    name = (kpi.short or kpi.name).get(language)
    now = state(result)
    shown = t(language, "format.missing") if now in ABSENT else format.phrase(language, kpi, result.value.number)
    return html.Li([icon(glyph(now)), html.Span(name), html.B(shown)])


def _further(notice: Notice, language: str) -> html.Li:
    return html.Li([icon(WORDS[notice.event.level]), html.Span(event_name(notice, language))])
