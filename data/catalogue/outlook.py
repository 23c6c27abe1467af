"""Outlooks: whose level is forecast from its own trend, and what lies upstream of it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from data.catalogue.source import Seconds
from data.catalogue.text import Entry


class Upstream(Entry):
    """A level whose water arrives ``lead`` later."""

    kpi: str
    lead: Seconds


class Outlook(Entry):
    """The level of ``kpi`` for the next ``horizon`` (six hours if left out)."""

    id: Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")]
    kpi: str
    upstream: tuple[Upstream, ...] = ()
    horizon: Seconds = 6 * 3600
