"""Rows of one's own organisation: the answer is that of a database without the others'."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from data.calendar.period import Grain, Period
from data.kpis.query import Compare, KpiQuery
from data.kpis.scope import EVERYTHING, scope_of
from data.kpis.service import KpiService
from tests.kpis.small import DATASETS, KPIS, kpi, small

NOW = datetime(2026, 11, 24, 19, 40)
BEGAN = datetime(2026, 9, 1)
QUESTIONS = int(os.environ.get("QUESTIONS", "120"))
OWN = DATASETS.replace("      dimension: true\n", "      dimension: true\n      organisation: true\n")
MORE = (
    kpi("OR-01", "{count: counted, time: at}"),
    kpi("OR-02", "{quantile: counted, of: guests, time: at, p: 0.9}"),
    kpi("OR-03", "{mean: counted, of: guests, time: at}"),
    kpi("OR-04", "{distinct: counted, of: guests, time: at}"),
    kpi("OR-05", "{peak: {count: counted, time: at}, every: day}"),
)
CODES = ("OR-01", "OR-02", "OR-03", "OR-04", "OR-05", "DK-01")


def _rows(seed: int) -> list[dict[str, str]]:
    dice = random.Random(seed)
    return [
        {"at": f"{BEGAN + timedelta(hours=n)}", "area": dice.choice("NS"), "guests": str(dice.randint(1, 9)),
         "market": market}
        for market in ("korea", "japan")
        for n in range(24 * 84)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, KpiService]]:
    every = _rows(11)
    folder = tmp_path_factory.mktemp("own")
    kpis = KPIS + "".join(MORE).replace("dimensions: [area]", "dimensions: [area, market]")
    towns = {"all": every, "korea": [row for row in every if row["market"] == "korea"]}
    opened = {name: small(folder / name, {"counted": rows}, NOW, kpis, OWN) for name, rows in towns.items()}
    yield {name: service for name, (service, _) in opened.items()}
    for _, writer in opened.values():
        writer.close()


def test_no_question_tells_of_another_organisation(services):
    dice = random.Random(3)
    scope = scope_of(services["all"].catalogue, small=True, organisations=["korea"])
    asked = []
    for _ in range(QUESTIONS):
        start = BEGAN + timedelta(days=dice.randrange(80))
        asked.append(
            KpiQuery(
                dice.choice(CODES), Period(start, start + timedelta(days=dice.choice((1, 3, 30)))),
                dice.choice((Grain.DAY, Grain.WEEK, Grain.MONTH)), dice.choice((None, "north")),
                dice.choice((None, "area")), compare=dice.choice((Compare.NONE, Compare.PREVIOUS)),
            )
        )  # fmt: skip
    seen, alone = services["all"].ask(asked, scope), services["korea"].ask(asked, EVERYTHING)
    for mine, theirs in zip(seen, alone, strict=True):
        assert (mine.value, mine.points, mine.parts) == (theirs.value, theirs.points, theirs.parts)
        assert mine.comparison == theirs.comparison
    assert sum(result.value.number is not None for result in seen) > QUESTIONS // 2


def test_its_rows_are_listed_and_no_others(services):
    scope = scope_of(services["all"].catalogue, small=True, organisations=["korea"])
    query = KpiQuery("OR-01", Period(BEGAN, NOW))
    page = services["all"].rows(query, scope, limit=100)
    assert page.total == services["korea"].rows(query).total == 24 * 84
    place = [item.name for item in page.columns].index("market")
    assert {row[place] for row in page.rows} == {"korea"}


def test_asked_for_another_there_is_nothing(services):
    scope = scope_of(services["all"].catalogue, small=True, organisations=["korea"])
    query = KpiQuery("OR-01", Period(BEGAN, NOW), filters=(("market", ("japan",)),))
    assert services["all"].ask([query], scope)[0].value.number == 0
    assert services["all"].rows(query, scope).total == 0
    by = services["all"].ask([KpiQuery("OR-01", query.period, by="market")], scope)[0]
    assert [part.key for part in by.parts] == ["korea"]


def test_a_figure_per_head_does_not_go_with_a_part_of_the_rows(services):
    scope = scope_of(services["all"].catalogue, small=True, organisations=["korea"])
    assert services["all"].ask([KpiQuery("DK-04", Period(BEGAN, NOW))], scope)[0].value.number is None


def test_somebody_of_no_organisation_sees_no_row(services):
    scope = scope_of(services["all"].catalogue, small=True, organisations=[])
    assert services["all"].ask([KpiQuery("OR-01", Period(BEGAN, NOW))], scope)[0].value.number == 0
