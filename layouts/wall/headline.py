"""The headline of a wall: what is wrong, where, since when and whose it is; made of the answers its tiles show."""

from __future__ import annotations

from collections.abc import Sequence

from data.calendar.period import Grain
from data.kpis.result import KpiResult
from data.messages import t
from layouts.alerts import Notice
from layouts.attention import is_raised, sentence, what
from layouts.attention import since as run_of
from layouts.format import clock, day, moment, short_day

LINE = 96  # letters that stand on one line; where there are more, the list beside tells since when


def headline(
    results: Sequence[KpiResult], notices: Sequence[Notice], language: str, city: bool
) -> tuple[str, str, str]:
    """Glyph, verdict and the rest. Of what is raised the worst is told whole, the others are counted."""
    glyph, verdict, rest = sentence(results, language, city)
    raised = sorted((result for result in results if is_raised(result)), key=lambda result: -result.level)
    if not raised:
        return glyph, verdict, rest
    worst = raised[0]
    notice = next((one for one in notices if one.kpi is not None and one.kpi.id == worst.kpi.id), None)
    said = [what(worst, language, brief=True), *([notice.part] if notice is not None and notice.part else [])]
    since = _since(worst, notice, language)
    dated = [*said, t(language, "wall.since", at=since)] if since is not None else said
    owner = notice.owner if notice is not None and notice.owner else worst.kpi.owner.get(language)
    key = "wall.one" if len(raised) == 1 else "wall.many"
    told = [t(language, key, n=len(raised), what=", ".join(parts), owner=owner) for parts in (dated, said)]
    return glyph, verdict, told[0] if len(told[0]) <= LINE else told[1]


def _since(result: KpiResult, notice: Notice | None, language: str) -> str | None:
    """To the minute where an event or an hour is known, else the day."""
    began = notice.event.began_at if notice is not None else run_of(result)
    if began is None:
        return None
    if notice is None and Grain(result.query.grain) is not Grain.HOUR:
        near = result.stamp.as_of is None or began.year == result.stamp.as_of.year
        return short_day(language, began) if near else day(language, began)
    today = result.stamp.as_of is not None and began.date() == result.stamp.as_of.date()
    return clock(language, began) if today else moment(language, began)
