"""``lantern report``: a report of the city, as the files the state expects."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from commands.refusal import Refused
from data.alerts.events import Events
from data.areas import outline
from data.catalogue import Catalogue, load
from data.clock.clock import SystemClock
from data.kpis.scope import EVERYTHING
from data.kpis.service import open_service
from data.kpis.sight import Sight
from data.reports.draft import Draft, Edition
from data.reports.drafting import DraftError, draft, edition
from data.reports.period import PeriodError, newest, parse
from data.settings import Settings
from data.state import State
from data.store import durable
from layouts.reports.address import address
from layouts.reports.rendering import KINDS, render


def report(settings: Settings, options: argparse.Namespace) -> int:
    """Write one report in every format asked for; a file is there whole or not at all."""
    kinds = _kinds(options.format)
    catalogue = load(settings.city)
    service = open_service(catalogue, settings.store, SystemClock(catalogue.city.timezone))
    sight = Sight(service, EVERYTHING)
    try:
        meant = _meant(catalogue, sight, options)
        snapshot = sight.reader.past(options.snapshot) if options.snapshot else None
        made = draft(sight, meant, _events(settings, meant), snapshot)
    except (DraftError, PeriodError) as error:
        raise Refused(str(error)) from error
    _write(made, kinds, settings, options)
    return 0


def _kinds(text: str) -> Sequence[str]:
    kinds = [part.strip() for part in text.split(",") if part.strip()]
    for kind in kinds:
        if kind not in KINDS:
            raise Refused(f"there is no format '{kind}'; known: {', '.join(KINDS)}")
    if not kinds:
        raise Refused(f"--format is empty; known: {', '.join(KINDS)}")
    return kinds


def _meant(catalogue: Catalogue, sight: Sight, options: argparse.Namespace) -> Edition:
    described = catalogue.reports.get(options.name)
    if described is None:
        raise DraftError(f"there is no report '{options.name}'; known: {', '.join(catalogue.reports) or 'none'}")
    kind, cut_off = described.kind, described.cut_off
    period = parse(options.period, kind, cut_off) if options.period else newest(kind, sight.clock.now(), cut_off)
    return edition(catalogue, options.name, period, options.area, options.language or catalogue.city.language)


def _events(settings: Settings, meant: Edition) -> tuple:
    state = State.open(settings.state)
    try:
        return tuple(Events(state).touching(meant.period.span))
    finally:
        state.close()


def _write(made: Draft, kinds: Sequence[str], settings: Settings, options: argparse.Namespace) -> None:
    outlines = outline.load(made.catalogue.folder)
    target = options.out
    if not target.is_dir():
        raise Refused(f"there is no folder {target}; create it")
    for kind in kinds:
        path = target / f"{made.id}.{kind}"
        try:
            durable.write(path, render(made, kind, outlines, address(made, settings.address)))
        except OSError as error:
            raise Refused(f"{path} cannot be written: {error.strerror}") from error
        print(path)
