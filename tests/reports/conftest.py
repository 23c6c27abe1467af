"""A November counted by hand and over, and the monthly report of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from data.areas import outline
from data.areas.outline import Outlines
from data.kpis.scope import EVERYTHING
from data.kpis.sight import Sight
from data.reports.draft import Draft
from data.reports.drafting import draft, edition
from data.reports.period import parse
from layouts.documents.blocks import Paper
from layouts.reports.address import address
from layouts.reports.paper import paper
from tests.kpis.delivered import city
from tests.kpis.november import NOVEMBER

MORNING = datetime(2026, 12, 1, 8, 0)
HOME = "https://ioc.example.vn"


def monthly(sight: Sight, language: str = "vi", **given: object) -> Draft:
    """The monthly report of November."""
    return draft(sight, edition(sight.catalogue, "monthly", parse("2026-11", "month"), None, language), **given)


def laid(made: Draft) -> Paper:
    """A draft as a paper."""
    return paper(made, outlines(made), address(made, HOME))


def outlines(made: Draft) -> Outlines | None:
    """The outlines of the city of a draft."""
    return outline.load(made.catalogue.folder)


@pytest.fixture(scope="session")
def sight(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sight]:
    service, writer = city(tmp_path_factory.mktemp("reports"), NOVEMBER, MORNING)
    yield Sight(service, EVERYTHING)
    writer.close()


@pytest.fixture(scope="session")
def november(sight: Sight) -> Draft:
    return monthly(sight)
