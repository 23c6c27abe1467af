"""``lantern report``: a report of the city, as the files the state expects."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from commands.pressing import written
from commands.refusal import Refused
from data.alerts.event import Event
from data.alerts.events import Events
from data.areas import outline
from data.catalogue import Catalogue, load
from data.clock.clock import SystemClock
from data.kpis.scope import EVERYTHING
from data.kpis.service import open_service
from data.kpis.sight import Sight
from data.remarks.remarks import Remarks
from data.reports.changes import changes
from data.reports.draft import Draft, Edition
from data.reports.drafting import DraftError, again, draft, edition, published
from data.reports.note import Note
from data.reports.notes import Notes
from data.reports.papers import Papers
from data.reports.period import PeriodError, newest, parse
from data.reports.verification import verify
from data.settings import Settings, demonstrates
from data.state import State
from layouts.documents.typesetter import TypesetError
from layouts.format import finer, phrase
from layouts.reports.address import address
from layouts.reports.rendering import KINDS, NothingDrawn, Rendering


def report(settings: Settings, options: argparse.Namespace) -> int:
    """Write one report in every format asked for; a file is there whole or not at all. ``verify`` looks at one."""
    if options.name == "verify":
        return _verify_all(settings) if options.all else _verify(settings, options)
    if options.all:
        raise Refused("--all goes with verify only: lantern report verify --all")
    if options.file is not None:
        raise Refused("a file goes with verify only: lantern report verify FILE")
    kinds = _kinds(options.format)
    if not options.out.is_dir():
        raise Refused(f"there is no folder {options.out}; create it")
    catalogue = load(settings.city)
    service = open_service(catalogue, settings.store, SystemClock(catalogue.city.timezone))
    sight = published(service, EVERYTHING)
    try:
        meant = _meant(catalogue, sight, options)
        snapshot = sight.reader.past(options.snapshot) if options.snapshot else None
        happened, notes = _written(settings, sight, meant)
        made = draft(sight, meant, happened, snapshot, notes=notes)
    except (DraftError, PeriodError) as error:
        raise Refused(str(error)) from error
    _write(made, kinds, settings, options)
    return 0


def _verify(settings: Settings, options: argparse.Namespace) -> int:
    """Say whether a file is one that was issued here, unchanged, and which of its figures are others now."""
    if options.file is None or not options.file.is_file():
        raise Refused("name the file to look at: lantern report verify FILE")
    catalogue, state = load(settings.city), State.open(settings.state)
    try:
        found = Papers(state, settings.archive).issued_as(options.file.read_bytes())
        if found is None:
            raise Refused(f"{options.file} was not issued here, or was changed since")
        record, kind = found
        by, at = record.issued.by, record.issued.at  # type: ignore[union-attr]
        print(f"genuine: {record.name}.{kind}, issued by {by} on {at:%Y-%m-%d %H:%M}, snapshot {record.snapshot}")
        service = open_service(catalogue, settings.store, SystemClock(catalogue.city.timezone))
        sight = published(service, EVERYTHING)
        changed = changes(sight, again(sight, record))
    except (DraftError, PeriodError) as error:
        raise Refused(f"the file is genuine, but its figures cannot be asked again: {error}") from error
    finally:
        state.close()
    for one in changed:
        name, language = one.then.kpi.name.get(record.language), record.language
        numbers = (one.then.value.number, one.now.value.number)
        then, now = (phrase(language, finer(one.then.kpi, *numbers), number) for number in numbers)
        print(f"{one.then.kpi.code} {name}: {then} then, {now} now")
    print(f"{len(changed)} figures are others now")
    return 0


def _verify_all(settings: Settings) -> int:
    """Ask the figures of every issued paper again of its snapshot, and keep and say which deviate."""
    catalogue, state = load(settings.city), State.open(settings.state)
    clock = SystemClock(catalogue.city.timezone)
    sight = published(open_service(catalogue, settings.store, clock), EVERYTHING)
    deviating = count = 0
    try:
        for record, found in verify(sight, Papers(state, settings.archive), clock.now()):
            count += 1
            deviating += bool(found)
            said = "cannot be asked again" if found is None else ", ".join(found) or "as issued"
            print(f"{record.name}: {said}")
    finally:
        state.close()
    print(f"{count} papers looked at, {deviating} deviate; what was issued is served as it was")
    return int(deviating > 0)


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


def _written(settings: Settings, sight: Sight, meant: Edition) -> tuple[tuple[Event, ...], tuple[Note, ...]]:
    """The alerts of the period, and what people wrote about it."""
    state = State.open(settings.state)
    notes = Notes(Remarks(state), not demonstrates(settings, sight.catalogue))
    try:
        return tuple(Events(state).touching(meant.period.span)), notes.of(sight, meant)
    finally:
        state.close()


def _write(made: Draft, kinds: Sequence[str], settings: Settings, options: argparse.Namespace) -> None:
    rendering = Rendering(made, outline.load(made.catalogue.folder), address(made, settings.address))
    try:
        for path in written(rendering, kinds, options.out):
            print(path)
    except OSError as error:
        remedy = "make room, or name another folder"
        raise Refused(f"a file cannot be written into {options.out}: {error.strerror}; {remedy}") from error
    except (NothingDrawn, TypesetError) as error:
        raise Refused(str(error)) from error
