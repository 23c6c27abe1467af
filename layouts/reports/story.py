"""Sentences of a report, built from findings: a number in them is the number of the table, written the same."""

from __future__ import annotations

from collections.abc import Sequence

from data.kpis.result import KpiResult, Presence
from data.messages import t
from data.reports.draft import Draft
from data.reports.finding import Finding, finding, lacking, levelled, shortened
from layouts.comparison import bound
from layouts.format import bucket, change, moved, number, phrase, portion
from layouts.reports.words import count, lowered, owners, value, why


def story(found: Finding, language: str) -> str:
    """One KPI in a few sentences: value, change, plan; extremes; what brought the change; what lacks."""
    result = found.result
    name = result.kpi.name.get(language)
    if result.value.presence is not Presence.PRESENT:
        lack = found.lack
        if lack is None or not lack.owed:
            return t(language, "report.bare", name=name, why=t(language, f"report.why.{result.value.presence.value}"))
        return t(language, "report.story.absent", name=name, why=why(lack, language), owner=owners(lack, language))
    if levelled(result) and found.high and found.low:
        return _level(found, name, language) + _lack(found, language)
    said = t(language, "report.story.value", name=name, value=value(result, language))
    said += _change(result, language) + _plan(result, language) + "."
    return said + _extremes(found, language) + _cause(found, language) + _lack(found, language)


def summary(draft: Draft, names: Sequence[str], language: str) -> str:
    """How many of these KPIs reach their plan, and which do not; what lacks is counted apart."""
    results = [draft.of(name) for name in names]
    planned = [r for r in results if r.target is not None and r.target.met is not None]
    unmet = [r for r in planned if r.target and not r.target.met]
    whole = {lack.result.kpi.id for lack in lacking(draft)}
    short = sum(result.kpi.id in whole for result in results)
    if not planned:
        return t(language, "report.summary.none")
    parts = {"total": len(planned), "met": len(planned) - len(unmet), "unmet": len(unmet)}
    said = t(language, "report.summary", **{key: count(language, n) for key, n in parts.items()})
    if unmet:
        named = "; ".join(_against_plan(result, language) for result in unmet)
        said += t(language, "report.summary.unmet", names=named)
    return said + (t(language, "report.summary.lack", count=count(language, short)) if short else "")


def stories(draft: Draft, names: Sequence[str], by: str | None, language: str) -> list[tuple[str, str]]:
    """The KPI's code and its sentences, one paragraph for each."""
    return [(draft.kpis[name].code, story(finding(draft, name, by), language)) for name in names]


def _against_plan(result: KpiResult, language: str) -> str:
    plan = bound(language, result.kpi, result.target.value) if result.target else ""
    name = lowered(result.kpi.name.get(language))
    return t(language, "report.summary.against", name=name, value=value(result, language), plan=plan)


def _change(result: KpiResult, language: str) -> str:
    held = result.comparison
    if held is None or held.change is None:
        return ""
    against = t(language, f"report.against.{held.kind.value}")
    size, direction = moved(change(language, result.kpi, result.value.number, held))
    if direction == 0:
        return t(language, "report.story.same", against=against)
    before = phrase(language, result.kpi, held.value.number)
    if (share := shortened(result)) is not None:
        before = t(language, "report.story.before.partial", before=before, share=portion(language, share))
    key = "rise" if direction > 0 else "fall"
    return t(language, f"report.story.{key}", size=size, against=against, before=before)


def _plan(result: KpiResult, language: str) -> str:
    target = result.target
    if target is None or target.met is None:
        return ""
    key = "met" if target.met else "unmet"
    return t(language, f"report.story.plan.{key}", plan=bound(language, result.kpi, target.value))


def _extremes(found: Finding, language: str) -> str:
    if found.high is None or found.low is None:
        return ""
    key = "extremes" if found.low.value.number else "highest"
    return t(language, f"report.story.{key}", **_ends(found, language))


def _level(found: Finding, name: str, language: str) -> str:
    """A level is told by its highest and lowest; beyond a threshold of its own name, by how much."""
    return t(language, "report.story.level", name=name, beyond=_beyond(found, language), **_ends(found, language))


def _beyond(found: Finding, language: str) -> str:
    """By how much the highest went beyond the threshold it passed last."""
    kpi, high = found.result.kpi, (found.high.value.number or 0.0) * found.result.kpi.scale if found.high else 0.0
    passed = [(at, word) for level, word in kpi.status.words.items()
              if (at := getattr(kpi.status, level, None)) is not None and high >= at]  # fmt: skip
    if not passed:
        return ""
    at, word = max(passed, key=lambda one: one[0])
    over = phrase(language, kpi, (high - at) / kpi.scale)
    return t(language, "report.story.beyond", name=lowered(word.get(language)), over=over)


def _ends(found: Finding, language: str) -> dict[str, str]:
    kpi, grain = found.result.kpi, found.result.query.grain
    told = {}
    for key, point in (("high", found.high), ("low", found.low)):
        if point is not None:
            told |= {key: phrase(language, kpi, point.value.number), f"{key}_at": bucket(language, point.at, grain)}
    return told


def _cause(found: Finding, language: str) -> str:
    brought = found.cause
    if brought is None or brought.change == 0:
        return ""
    share = t(language, "format.percent", number=number(language, brought.share * 100, 0))
    size = phrase(language, found.result.kpi, abs(brought.change))
    key = "rise" if brought.change > 0 else "fall"
    return t(language, f"report.story.cause.{key}", part=brought.part.label.get(language), size=size, share=share)


def _lack(found: Finding, language: str) -> str:
    if found.lack is None:
        return ""
    return t(language, "report.story.lack", why=why(found.lack, language), owner=owners(found.lack, language))
