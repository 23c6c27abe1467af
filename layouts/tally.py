"""What a scorecard says as a whole: how many goals are on pace, and which are furthest behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from data.kpis.result import KpiResult
from data.messages import t
from layouts.pace import distance, pace
from layouts.state import state
from layouts.tile import ABSENT

SUMS = ("kept", "behind", "untargeted", "unknown")
NAMED = 2


def summary(results: Sequence[KpiResult], language: str) -> str:
    """How many are on pace, behind, without a target, not known; what is none is not said."""
    counts = Counter(standing(result) for result in results)
    return " · ".join(t(language, f"scorecard.sum.{key}", n=counts[key]) for key in SUMS if counts[key])


def standing(result: KpiResult) -> str:
    """Which of ``SUMS`` a line counts as."""
    if not result.kpi.target:
        return "untargeted"
    found = None if state(result) in ABSENT else pace(result)
    return "unknown" if found is None else "behind" if found.way == "behind" else "kept"


def sentence(results: Sequence[KpiResult], language: str) -> tuple[str, str, str] | None:
    """Glyph, verdict and the goals furthest behind, each with its gap; None where no pace is known.

    Furthest is the largest gap as a share of the target: units differ from line to line.
    """
    late = sorted((result for result in results if standing(result) == "behind"), key=_share, reverse=True)
    if not late:
        kept = any(standing(result) == "kept" for result in results)
        return ("ok", t(language, "scorecard.say.kept"), "") if kept else None
    names = ", ".join(_named(result, language) for result in late[:NAMED])
    more = t(language, "scorecard.say.more", n=len(late) - NAMED) if len(late) > NAMED else ""
    verdict = t(language, "scorecard.say.one" if len(late) == 1 else "scorecard.say.many", n=len(late))
    return "watch", verdict, t(language, "scorecard.say.furthest", names=names + more)


def _share(result: KpiResult) -> float:
    found, target = pace(result), result.target
    return found.gap / abs(target.value) if found and target and target.value else float("inf")


def _named(result: KpiResult, language: str) -> str:
    found = pace(result)
    name = result.kpi.name.get(language)
    gap = distance(found, result.kpi, language) if found else t(language, "format.missing")
    return t(language, "scorecard.say.what", name=name, gap=gap)
