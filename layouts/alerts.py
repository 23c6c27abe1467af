"""The alerts: what lasts now, worst first, with whose business it is and what is to be done; then what ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dash import html
from dash.development.base_component import Component

from data.alerts.event import Event
from data.calendar.occasion import Occasion
from data.catalogue import Kpi, Text
from data.catalogue.alert import Alert
from data.messages import t
from layouts import format
from layouts.icons import icon
from layouts.state import LEVEL_NAMES, ago

WORDS = ("ok", "watch", "alert", "emergency")


@dataclass(frozen=True, slots=True)
class Notice:
    """An event with its rule, the KPI it is of (None for the silence of a source) and the name of its part."""

    event: Event
    rule: Alert
    kpi: Kpi | None
    part: str = ""
    owner: str = ""


def occasion(told: Mapping[str, Notice], today: date) -> Occasion:
    """An event as an occasion, told in every language: its whole days, those until ``today`` while it lasts."""
    one = next(iter(told.values()))
    event, last = one.event, one.event.ended_at
    first = event.began_at.date()
    said = {language: ", ".join([notice.rule.name.get(language), *([notice.part] if notice.part else []),
                                 format.day(language, first)])
            for language, notice in told.items()}  # fmt: skip
    return Occasion(
        event.id, f"{event.rule}:{event.part}", first, last.date() if last else max(today, first), first, Text(**said)
    )


def alerts(lasting: Sequence[Notice], ended: Sequence[Notice], rules: int, now: datetime, language: str) -> html.Div:
    """The whole page; ``rules`` is how many are looked at."""
    said = t(language, "alerts.calm" if not lasting else "alerts.lasting", n=len(lasting), rules=rules)
    head = html.Header(
        [html.H1(t(language, "alerts.title")), html.P(said, className="reg-sum", role="status"),
         html.P(t(language, "alerts.text"), className="reg-text")],
        className="reg-head",
    )  # fmt: skip
    cards = [_card(notice, now, language) for notice in lasting]
    parts: list[Component] = [head]
    parts += [html.Div(cards, className="al-cards")] if cards else []
    if ended:
        lines = [_ended(notice, language) for notice in ended]
        title = html.Header(html.H2(t(language, "alerts.ended")))
        parts.append(html.Section([title, html.Ul(lines, className="al-ended")], className="reg-card"))
    return html.Div(parts, className="reg alerts")


def _card(notice: Notice, now: datetime, language: str) -> html.Article:
    event, rule = notice.event, notice.rule
    word = WORDS[event.level]
    head = html.Header(
        [
            icon(word, "al-glyph"),
            html.B(level_word(notice, language), className="al-word"),
            html.H2(event_name(notice, language)),
        ]
    )
    facts = [
        ("since", f"{format.moment(language, event.began_at)} · {ago(language, now - event.began_at)}"),
        ("value", _value(notice, language)),
        ("owner", notice.owner),
        ("deadline", _deadline(rule, event, now, language)),
        ("exit", exit_rule(notice, language)),
    ]
    pairs = [item for key, text in facts if text for item in (html.Dt(t(language, f"alerts.{key}")), html.Dd(text))]
    body = [head, html.Dl(pairs, className="al-facts"), *_playbook(rule, event, language), *_links(notice, language)]
    return html.Article(body, className="al-card", **{"data-state": word})


def event_name(notice: Notice, language: str) -> str:
    """The rule's name, and the part it is of."""
    name = notice.rule.name.get(language)
    return f"{name}: {notice.part}" if notice.part else name


def level_word(notice: Notice, language: str) -> str:
    """The level in the words of its official scale, where the KPI has one."""
    event, kpi = notice.event, notice.kpi
    official = kpi.status.words.get(LEVEL_NAMES[WORDS[event.level]]) if kpi is not None else None
    return official.get(language) if official else t(language, f"level.{LEVEL_NAMES[WORDS[event.level]]}")


def _value(notice: Notice, language: str) -> str:
    """What the number was when the level last changed; of a source, how long it had been silent."""
    number = notice.event.number
    if notice.kpi is not None:
        return " ".join(format.value(language, notice.kpi, number)).strip()
    if number is None:
        return t(language, "alerts.never")
    return t(language, "alerts.silent", age=format.age(language, timedelta(seconds=max(number, 60))))


def _deadline(rule: Alert, event: Event, now: datetime, language: str) -> str:
    if rule.deadline is None:
        return ""
    due = event.began_at + timedelta(seconds=rule.deadline)
    key = "alerts.due" if due >= now else "alerts.overdue"
    return t(language, key, at=format.moment(language, due))


def exit_rule(notice: Notice, language: str) -> str:
    """The printed rule by which it ends."""
    rule, kpi, level = notice.rule, notice.kpi, notice.event.level
    if kpi is None:
        return t(language, "alerts.exit.screen" if rule.screens else "alerts.exit.source")
    limit = getattr(kpi.status, WORDS[level], None)
    if limit is None:
        return ""
    clear = limit + rule.margin if kpi.direction == "up" else limit - rule.margin
    shown = " ".join(format.value(language, kpi, clear / kpi.scale)).strip()
    age = format.age(language, timedelta(seconds=rule.clear_for))
    return t(language, "alerts.exit.up" if kpi.direction == "up" else "alerts.exit.down", value=shown, age=age)


def _playbook(rule: Alert, event: Event, language: str) -> list[Component]:
    if not rule.playbook:
        return []
    steps = [
        html.Li(
            [
                html.B(step.do.get(language)),
                html.Span(
                    t(
                        language, "alerts.step", owner=step.owner.get(language),
                        at=format.moment(language, event.began_at + timedelta(seconds=step.within)),
                    )
                ),
            ]
        )
        for step in rule.playbook
    ]  # fmt: skip
    return [html.H3(t(language, "alerts.playbook")), html.Ol(steps, className="al-steps")]


def _links(notice: Notice, language: str) -> list[Component]:
    links = []
    if notice.rule.scene:
        links.append(html.A(t(language, "alerts.scene"), href=f"/board/{notice.rule.scene}"))
    if notice.kpi is not None:
        place = f"?area={notice.event.part}" if notice.rule.by == "area" and notice.event.part else ""
        links.append(html.A(t(language, "alerts.kpi", code=notice.kpi.code), href=f"/kpi/{notice.kpi.code}{place}"))
    if notice.rule.source:
        links.append(html.A(t(language, "alerts.source"), href=f"/sources/{notice.rule.source}"))
    return [html.Footer(links, className="al-links")] if links else []


def _ended(notice: Notice, language: str) -> html.Li:
    event = notice.event
    span = t(
        language, "alerts.span", began=format.moment(language, event.began_at),
        ended=format.moment(language, event.ended_at), peak=t(language, f"level.{LEVEL_NAMES[WORDS[event.peak]]}"),
    )  # fmt: skip
    return html.Li([html.B(event_name(notice, language)), html.Span(span)])
