"""The command line: ``lantern run | sync | check | kpi | snapshots | simulate | clock | web``.

Exit codes: 0 done, 1 something is wrong and was said, 2 the command line itself is wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from data.calendar.period import Grain, Period
from data.catalogue import Catalogue, CatalogueError, load
from data.clock.clock import SystemClock
from data.clock.sync import Batch, Sync
from data.kpis.plan import Plan
from data.kpis.query import Compare, KpiQuery
from data.kpis.question import Question
from data.kpis.scope import EVERYTHING
from data.kpis.service import open_service
from data.settings import Settings, SettingsError, read
from data.store import manifest
from data.store.lease import Lease, LeaseHeld
from data.store.manifest import Manifest
from data.store.reader import NoSnapshot
from data.store.writer import Writer

HERE = Path(__file__).parent
EXAMPLES = """examples:
  lantern run                          the Hội An demonstration on http://127.0.0.1:8050
  lantern sync                         load what is new in the drop folder, once
  lantern check                        validate the city's pack
  lantern check --sql DVC-03           the SQL one KPI asks
  lantern kpi DVC-03 --from 2026-01-01 --to 2026-06-30 --grain month
  lantern kpi DVC-04 --by area
  lantern snapshots --loads 20         the newest loads, with their numbers
  lantern snapshots --undo 1234        take one load back

Settings are variables of the environment that begin with LANTERN_; see docs/settings.md."""


class Refused(Exception):
    """Something the user can put right; the message says how."""


def run(arguments: Sequence[str]) -> int:
    """Run one command; every expected failure is one plain sentence on stderr."""
    options = _parser().parse_args(arguments)
    try:
        settings = read(os.environ)
        return options.command(settings, options)
    except (CatalogueError, SettingsError, LeaseHeld, NoSnapshot, Refused) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lantern",
        description="Lantern, a city operating system: every number can be questioned.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    _add(commands, "run", run_city, "build the store, then serve the boards until stopped")
    _add(commands, "sync", sync, "load what is new in the drop folder, once")
    check_ = _add(commands, "check", check, "validate the city's pack and say everything that is wrong")
    check_.add_argument("--sql", metavar="CODE", help="print the SQL this KPI asks for its own period")
    kpi_ = _add(commands, "kpi", kpi, "answer one KPI in the terminal")
    kpi_.add_argument("code", help="code or id of the KPI")
    kpi_.add_argument("--from", dest="first", type=date.fromisoformat, help="first day, YYYY-MM-DD")
    kpi_.add_argument("--to", dest="last", type=date.fromisoformat, help="last day, YYYY-MM-DD")
    kpi_.add_argument("--grain", choices=[grain.value for grain in Grain], help="width of a bucket")
    kpi_.add_argument("--area", help="id of an area")
    kpi_.add_argument("--by", help="area, or a dimension of the KPI")
    kpi_.add_argument("--compare", choices=[kind.value for kind in Compare], default="none")
    kpi_.add_argument("--snapshot", type=int, help="answer as known at this snapshot")
    kpi_.add_argument("--json", action="store_true", help="print JSON")
    snapshots_ = _add(commands, "snapshots", snapshots, "list snapshots and loads, or take a load back")
    snapshots_.add_argument("--loads", type=int, metavar="N", help="list the newest N loads")
    snapshots_.add_argument("--undo", type=int, metavar="LOAD", help="take this load back")
    simulate_ = _add(commands, "simulate", simulate, "play the departments: write their files into the drop folder")
    simulate_.add_argument("--until", type=datetime.fromisoformat, help="local time the history ends, default now")
    simulate_.add_argument("--live", action="store_true", help="go on delivering until stopped")
    _add(commands, "clock", clock, "the one process that loads and publishes; 'run' starts it")
    _add(commands, "web", web, "the processes that serve pages; 'run' starts them")
    return parser


def _add(commands: argparse._SubParsersAction, name: str, command: Callable, text: str) -> argparse.ArgumentParser:
    mine = [line for line in EXAMPLES.splitlines() if line.strip().startswith(f"lantern {name}")]
    parser = commands.add_parser(
        name,
        help=text,
        description=text[0].upper() + text[1:] + ".",
        epilog="\n".join(["examples:", *mine]) if mine else None,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(command=command)
    return parser


# -- run --------------------------------------------------------------------------------


def run_city(settings: Settings, options: argparse.Namespace) -> int:
    """Simulate if asked, load what there is, then run the clock and the web side by side."""
    load(settings.city)
    if settings.simulate:
        _play_history(settings, None)
    sync(settings, options)
    children = [_start("clock")] + ([_start("simulate", "--live")] if settings.simulate else [])
    print(f"\nLantern is at http://{settings.host}:{settings.port}  (Ctrl+C stops it)", flush=True)
    try:
        return web(settings, options)
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait(timeout=10)


def _start(*arguments: str) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, str(HERE / "app.py"), *arguments], cwd=os.getcwd())


def web(settings: Settings, options: argparse.Namespace) -> int:
    """Serve pages with read-only workers until stopped."""
    from app import worker
    from callbacks.server import Server

    Server(settings, worker).run()
    return 0


def clock(settings: Settings, options: argparse.Namespace) -> int:
    """Load and publish whatever comes, until stopped."""
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    with Lease(settings.store):
        following = _sync(settings, load(settings.city))
        while not stopping.wait(settings.poll):
            following.tick()
    return 0


def sync(settings: Settings, options: argparse.Namespace) -> int:
    """Load what is new, once, showing progress."""
    with Lease(settings.store):
        progress = Progress()
        following = _sync(settings, load(settings.city), progress)
        loads = following.tick()
        following.writer.close()
    rows, aside = sum(item.loaded for item in loads), sum(item.quarantined for item in loads)
    progress.end(f"{len(loads)} deliveries, {rows:,} rows loaded, {aside:,} in quarantine")
    return 0


def _sync(settings: Settings, catalogue: Catalogue, progress: Progress | None = None) -> Sync:
    clock_ = SystemClock(catalogue.city.timezone)
    settings.drop.mkdir(parents=True, exist_ok=True)
    observe = progress or Progress(quiet=True)
    writer = Writer(settings.store, catalogue, clock_, observe.step, settings.keep)
    return Sync(writer, settings.drop, clock_, observe.announce)


class Progress:
    """Says on stderr how far a load has come."""

    TOLD = {
        "lake.written": "writing rows",
        "mart.started": "rolling up",
        "compaction.started": "compacting",
        "publish.started": "publishing",
    }

    def __init__(self, quiet: bool = False) -> None:
        self.quiet, self.total, self.done = quiet, 0, 0

    def announce(self, batch: Batch) -> None:
        """Deliveries that are about to be loaded."""
        self.total += sum(len(deliveries) for _, deliveries in batch)

    def step(self, name: str) -> None:
        """A step the writer reached."""
        if name == "load.pulled":
            self.done += 1
        words = self.TOLD.get(name, "reading" if name == "load.pulled" else "")
        if words:
            self._show(f"{self.done}/{self.total} files, {words}")

    def simulated(self, department: str, share: float) -> None:
        """How far a simulation has come."""
        self._show(f"simulating three years of files: {share:.0%}")

    def _show(self, text: str) -> None:
        if self.quiet:
            return
        if sys.stderr.isatty():
            print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
        elif self.done in (0, self.total) or self.done % 50 == 0:
            print(text, file=sys.stderr, flush=True)

    def end(self, text: str) -> None:
        """The last word."""
        print(("\r\033[K" if sys.stderr.isatty() else "") + text, file=sys.stderr, flush=True)


# -- simulate ---------------------------------------------------------------------------


def simulate(settings: Settings, options: argparse.Namespace) -> int:
    """Write the departments' files, and go on when asked to."""
    until = _play_history(settings, options.until)
    if not options.live:
        return 0
    from data.simulator import Live

    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    clock_ = SystemClock(load(settings.city).city.timezone)
    live = Live(settings.drop, until, settings.seed)
    while not stopping.wait(1.0):
        live.advance(clock_.now())
        _remember_play(settings, live.since)
    return 0


def _play_history(settings: Settings, until: datetime | None) -> datetime:
    """Write the history unless it stands already; returns the moment it reaches."""
    from data.simulator import simulate as play

    marker = settings.drop / ".simulated.json"
    if until is None and marker.is_file():
        held = json.loads(marker.read_text())
        if held["seed"] == settings.seed:
            return datetime.fromisoformat(held["until"])
        raise Refused(
            f"{settings.drop} holds a simulation with seed {held['seed']}; remove the folder or set LANTERN_SEED={held['seed']}"
        )
    until = until or SystemClock(load(settings.city).city.timezone).now().replace(microsecond=0)
    progress = Progress()
    play(settings.drop, until, settings.seed, progress=progress.simulated)
    progress.end(f"simulated files up to {until.isoformat(sep=' ')} are in {settings.drop}")
    _remember_play(settings, until)
    return until


def _remember_play(settings: Settings, until: datetime) -> None:
    settings.drop.mkdir(parents=True, exist_ok=True)
    temporary = settings.drop / ".simulated.tmp"
    temporary.write_text(json.dumps({"seed": settings.seed, "until": until.isoformat()}))
    temporary.replace(settings.drop / ".simulated.json")


# -- check, kpi, snapshots ----------------------------------------------------------------


def check(settings: Settings, options: argparse.Namespace) -> int:
    """Validate the pack; with ``--sql`` print what one KPI asks."""
    catalogue = load(settings.city)
    if options.sql:
        print(_sql(catalogue, options.sql))
        return 0
    counts = {name: len(getattr(catalogue, name)) for name in ("areas", "sources", "datasets", "kpis", "boards")}
    print(f"{settings.city}: " + ", ".join(f"{count} {name}" for name, count in counts.items()) + "; nothing wrong")
    return 0


def _sql(catalogue: Catalogue, name: str) -> str:
    from callbacks.pages import tile_query

    found = catalogue.kpi(name)
    if found is None:
        raise Refused(f"there is no KPI '{name}'; known: {', '.join(catalogue.codes)}")
    now = SystemClock(catalogue.city.timezone).now()
    plan = Plan()
    for ask in Question(catalogue, Manifest(), tile_query(found, now), now).asks:
        plan.add(ask)
    statements = plan.statements(lambda dataset, start, end: f"SELECT * FROM current_{dataset}", EVERYTHING)
    return "\n\n".join(f"-- {item.dataset}\n{item.sql}\n-- values: {item.values}" for item in statements)


def kpi(settings: Settings, options: argparse.Namespace) -> int:
    """Answer one KPI."""
    catalogue = load(settings.city)
    found = catalogue.kpi(options.code)
    if found is None:
        raise Refused(f"there is no KPI '{options.code}'; known: {', '.join(catalogue.codes)}")
    clock_ = SystemClock(catalogue.city.timezone)
    service = open_service(catalogue, settings.store, clock_)
    snapshot = service.reader.past(options.snapshot) if options.snapshot else None
    query = _query(found, options, clock_.now())
    _known(catalogue, found, query)
    result = service.ask([query], snapshot=snapshot)[0]
    print(_as_json(result) if options.json else _as_text(result, catalogue.city.language))
    return 0


def _known(catalogue: Catalogue, found: object, query: KpiQuery) -> None:
    if query.area and query.area not in catalogue.areas:
        raise Refused(f"there is no area '{query.area}'; known: {', '.join(catalogue.areas)}")
    if query.by and query.by not in found.dimensions:
        raise Refused(
            f"{found.code} cannot be broken down by '{query.by}'; it has: {', '.join(found.dimensions) or 'nothing'}"
        )


def _query(found: object, options: argparse.Namespace, now: datetime) -> KpiQuery:
    from callbacks.pages import tile_query

    query = replace(tile_query(found, now), trend=0, area=options.area, by=options.by, compare=Compare(options.compare))
    if options.first or options.last:
        first, last = options.first or options.last, options.last or now.date()
        if last < first:
            raise Refused(f"--to {last} is before --from {first}")
        query = replace(query, period=Period.of_days(first, last))
    return replace(query, grain=Grain(options.grain)) if options.grain else query


def _as_text(result: object, language: str) -> str:
    from layouts import format

    number, unit = format.value(language, result.kpi, result.value.number)
    lines = [f"{result.kpi.code}  {result.kpi.name.get(language)}: {number} {unit}".rstrip()]
    lines.append(f"presence {result.value.presence.value}, level {result.level.name.lower()}, {result.freshness.value}")
    lines.append(
        f"as of {result.stamp.as_of}, snapshot {result.stamp.snapshot}"
        + (", recomputed" if result.stamp.recomputed else "")
    )
    marks = ", ".join(sorted(mark.value for mark in result.marks))
    lines += [f"marks: {marks}"] if marks else []
    lines += [f"refused: {result.refusal}"] if result.refusal else []
    for part in result.parts:
        lines.append(
            f"  {part.label.get(language):32} {' '.join(format.value(language, result.kpi, part.value.number))}"
        )
    for point in () if result.parts else result.points:
        lines.append(f"  {point.at:%Y-%m-%d %H:%M}  {' '.join(format.value(language, result.kpi, point.value.number))}")
    return "\n".join(lines)


def _as_json(result: object) -> str:
    plain = {
        "code": result.kpi.code,
        "value": result.display,
        "presence": result.value.presence.value,
        "level": result.level.name.lower(),
        "freshness": result.freshness.value,
        "marks": sorted(mark.value for mark in result.marks),
        "as_of": result.stamp.as_of.isoformat() if result.stamp.as_of else None,
        "snapshot": result.stamp.snapshot,
        "recomputed": result.stamp.recomputed,
        "points": [
            [p.at.isoformat(), None if p.value.number is None else p.value.number * result.kpi.scale]
            for p in result.points
        ],
        "parts": {p.key: None if p.value.number is None else p.value.number * result.kpi.scale for p in result.parts},
    }
    return json.dumps(plain, ensure_ascii=False)


def snapshots(settings: Settings, options: argparse.Namespace) -> int:
    """List snapshots or loads, or undo one load."""
    if options.undo is not None:
        return _undo(settings, options.undo)
    held = manifest.current(settings.store)
    if held is None:
        raise NoSnapshot(f"no snapshot in {settings.store} yet; run 'lantern sync'")
    if options.loads:
        from data.store import ledger

        for item in list(ledger.read(settings.store, held.ledger))[-options.loads :]:
            state = "" if item.load not in held.undone else f"  undone by {held.undone[item.load] or 'hand'}"
            print(
                f"{item.load:8}  {item.loaded_at}  {item.source:20} {item.loaded:8} rows {item.quarantined:5} aside  {item.path}{state}"
            )
        return 0
    for number in manifest.known(settings.store)[-30:]:
        item = manifest.read(settings.store, number)
        here = "  current" if number == held.snapshot else ""
        print(f"{number:8}  {item.created_at}  loads up to {item.last_load}, {len(item.deltas)} deltas{here}")
    return 0


def _undo(settings: Settings, load_: int) -> int:
    catalogue = load(settings.city)
    with Lease(settings.store):
        writer = Writer(settings.store, catalogue, SystemClock(catalogue.city.timezone), keep=settings.keep)
        try:
            after = writer.undo(load_)
        except KeyError as error:
            raise Refused(f"there is no standing load {load_}; 'lantern snapshots --loads 50' lists them") from error
    print(f"load {load_} is taken back; snapshot {after.snapshot}")
    return 0
