"""The command line: ``lantern run | sync | check | kpi | snapshots | simulate | source | user | wall | exercise`` and
the others below.

Exit codes: 0 done, 1 something is wrong and was said, 2 the command line itself is wrong.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

from commands.admitting import user_add, user_disable, user_link, user_list, user_reset, user_role
from commands.alerting import alerts
from commands.asking import kpi
from commands.auditing import audit_export, audit_list, audit_verify
from commands.checking import check
from commands.exercising import exercise_list, exercise_start, exercise_stop
from commands.founding import new_city
from commands.hanging import wall_list, wall_pair, wall_revoke
from commands.health import health
from commands.history import snapshots
from commands.keeping import backup_city, restore_city
from commands.loading import clock, sync
from commands.pressing import press
from commands.purging import purge
from commands.refusal import Refused
from commands.reporting import report
from commands.serving import run_city, web
from commands.simulation import simulate
from commands.trying import try_source
from data.calendar.period import Grain
from data.catalogue import LANGUAGES, CatalogueError
from data.kpis.query import CALENDAR
from data.settings import SettingsError, read
from data.state import StateError
from data.store.lease import LeaseHeld
from data.store.reader import NoSnapshot
from data.walls.screens import THEMES
from layouts.reports.rendering import KINDS

EXAMPLES = """examples:
  lantern run                          the Hội An demonstration on http://127.0.0.1:8050
  lantern sync                         load what is new in the drop folder, once
  lantern check                        validate the city's pack
  lantern check --sql DVC-03           the SQL one KPI asks
  lantern kpi DVC-03 --from 2026-01-01 --to 2026-06-30 --grain month
  lantern kpi DVC-04 --by area
  lantern source try visits.xlsx       how a file would be read, and the YAML to read it by
  lantern source try gauges.csv --write data/cities/hoian
  lantern snapshots --loads 20         the newest loads, with their numbers
  lantern snapshots --undo 1234        take one load back
  lantern snapshots --restore 1234     give it back
  lantern new-city my-city             a city of your own to begin with
  lantern user add lan --role admin    somebody who may come in; asks for a password
  lantern user role lan --role analyst --area hoi_an
  lantern user reset lan               another password
  lantern user link lan danang 8f3a    a sign-in of others that vouches for lan
  lantern wall pair 123456 --name Left --room operations --place a
  lantern exercise start flood_2025_10 --speed 240
  lantern exercise stop                the walls show the city again
  lantern audit verify                 whether the audit trail is as it was written
  lantern audit list --who lan --since 2026-11-01
  lantern audit export audit.csv       hand it over
  lantern report monthly --period 2026-10 --format docx,pdf,xlsx
  lantern report verify monthly-2026-10.pdf   whether it was issued here, and what changed since
  lantern report verify --all          whether the figures of every issued report are what they were
  lantern backup /mnt/usb/2026-11-24   store and state, while everything runs
  lantern restore /mnt/usb/2026-11-24 --replace
  lantern purge --simulated            before a demonstration becomes a city

Settings are variables of the environment that begin with LANTERN_; see docs/settings.md."""


def run(arguments: Sequence[str]) -> int:
    """Run one command; every expected failure is one plain sentence on stderr."""
    options = parser().parse_args(arguments)
    try:
        settings = read(os.environ)
        code = options.command(settings, options)
        sys.stdout.flush()
        return code
    except (CatalogueError, SettingsError, LeaseHeld, NoSnapshot, Refused, StateError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        if not _hung_up():
            raise
        return 141


def _hung_up() -> bool:
    """Whether nobody reads on (``lantern kpi DVC-03 | head``); what is still to be said then goes nowhere."""
    try:
        print(flush=True)  # a flush alone has nothing to write: what could not be written may be dropped already
    except BrokenPipeError:
        with open(os.devnull, "w", encoding="utf-8") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
        return True
    return False


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"'{text}' is no day; write one such as 2026-11-30") from error


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"'{text}' is no time; write one such as '2026-11-30 07:30'") from error


def parser() -> argparse.ArgumentParser:
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
    kpi_.add_argument("--from", dest="first", type=_day, help="first day, YYYY-MM-DD")
    kpi_.add_argument("--to", dest="last", type=_day, help="last day, YYYY-MM-DD")
    kpi_.add_argument("--grain", choices=[grain.value for grain in Grain], help="width of a bucket")
    kpi_.add_argument("--area", help="id of an area")
    kpi_.add_argument("--by", help="area, or a dimension of the KPI")
    kpi_.add_argument("--compare", choices=[kind.value for kind in CALENDAR], default="none")
    kpi_.add_argument("--snapshot", type=int, help="answer as known at this snapshot")
    kpi_.add_argument("--json", action="store_true", help="print JSON")
    snapshots_ = _add(commands, "snapshots", snapshots, "list snapshots and loads, or take a load back")
    snapshots_.add_argument("--loads", type=int, metavar="N", help="list the newest N loads")
    snapshots_.add_argument("--undo", type=int, metavar="LOAD", help="take this load back")
    snapshots_.add_argument("--restore", type=int, metavar="LOAD", help="give back a load that was taken back")
    new_city_ = _add(commands, "new-city", new_city, "write a small city of your own to begin with")
    new_city_.add_argument("folder", type=Path, help="a folder that is not there yet")
    purge_ = _add(commands, "purge", purge, "remove simulated data from the store for good")
    purge_.add_argument("--simulated", action="store_true", help="every load of a source whose authority is simulated")
    purge_.add_argument("--yes", action="store_true", help="do not ask")
    simulate_ = _add(commands, "simulate", simulate, "play the departments: write their files into the drop folder")
    simulate_.add_argument("--until", type=_moment, help="local time the history ends, default now")
    simulate_.add_argument("--live", action="store_true", help="go on delivering until stopped")
    _source(_add(commands, "source", None, "look at a file before it becomes a source"))
    backup_ = _add(commands, "backup", backup_city, "copy store and state into a folder, while everything runs")
    backup_.add_argument("folder", type=Path, help="a folder that is not there yet")
    restore_ = _add(commands, "restore", restore_city, "check a backup and put it in place; stop 'lantern run' first")
    restore_.add_argument("folder", type=Path, help="a folder 'lantern backup' has made")
    restore_.add_argument("--replace", action="store_true", help="put aside what is there")
    _users(_add(commands, "user", None, "who may come in: add, role, disable, enable, reset, list"))
    _walls(_add(commands, "wall", None, "the screens on walls: pair, list, revoke"))
    _exercises(
        _add(commands, "exercise", None, "a scripted day on the walls, marked on every pixel: start, stop, list")
    )
    _trail(_add(commands, "audit", None, "the audit trail: verify, list, export"))
    alerts_ = _add(commands, "alerts", alerts, "the events that last, as the rules of alerts.yaml make them")
    alerts_.add_argument("--replay", action="store_true", help="make them again from the log and compare")
    _reports(_add(commands, "report", report, "write a report of the city as files, or see whether a file is genuine"))
    _add(commands, "health", health, "whether this machine is well, and what to do where it is not")
    _add(commands, "clock", clock, "the one process that loads and publishes; 'run' starts it")
    press_ = _add(commands, "press", press, "make reports that were ordered; 'clock' starts it and names them")
    press_.add_argument("--nice", type=int, default=0, help="how far it gives way to others, 0 to 19")
    _add(commands, "web", web, "the processes that serve pages; 'run' starts them")
    return parser


def _source(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(required=True, metavar="command")
    try_ = _add(
        commands, "try", try_source, "show how a file would be read, and propose its source and dataset", "source try"
    )
    try_.add_argument("file", type=Path, help="a CSV, XLSX, Parquet, JSON, GeoJSON or GeoPackage file")
    try_.add_argument("--write", type=Path, metavar="FOLDER", help="write both into FOLDER/sources and FOLDER/datasets")


def _reports(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="a report of the city; verify to look at a file")
    parser.add_argument("file", nargs="?", type=Path, help="the file to verify")
    parser.add_argument("--all", action="store_true", help="verify every paper that was issued")
    parser.add_argument("--period", help="such as 2026-10, 2026-W45, 2026-Q3, 2026-H1, 2026; default the newest over")
    parser.add_argument("--area", help="id of an area, default the city")
    parser.add_argument("--language", choices=LANGUAGES, help="default the city's")
    parser.add_argument("--format", default="pdf", help=f"some of {','.join(KINDS)}, default pdf")
    parser.add_argument("--out", type=Path, default=Path("."), metavar="FOLDER", help="default the current one")
    parser.add_argument("--snapshot", type=int, help="as known at this snapshot")


def _users(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(required=True, metavar="command")
    add = _add(commands, "add", user_add, "add a user; asks for a password", "user add")
    role = _add(commands, "role", user_role, "give a user other roles and areas", "user role")
    reset = _add(commands, "reset", user_reset, "give a user another password", "user reset")
    disable = _add(commands, "disable", user_disable, "keep a user out, signed out everywhere", "user disable")
    enable = _add(commands, "enable", user_disable, "let a user in again", "user enable")
    link = _add(commands, "link", user_link, "let a provider vouch for a user", "user link")
    _add(commands, "list", user_list, "every user with roles and areas", "user list")
    for command in (add, role, reset, disable, enable, link):
        command.add_argument("name", help="the name a user signs in with")
    link.add_argument("provider", help="a provider of the city")
    link.add_argument("subject", help="the name the provider knows the user by, its claim sub")
    for command in (add, role):
        command.add_argument("--role", action="append", required=True, help="a role of the city; may be given again")
        command.add_argument("--area", action="append", help="see this area only; may be given again")
    add.add_argument("--display", default="", help="the name as it is shown")
    add.add_argument("--organisation", help="where the user works")
    add.add_argument("--no-password", action="store_true", help="another sign-in vouches for this user")
    for command in (add, reset):
        command.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    disable.set_defaults(disable=True)
    enable.set_defaults(disable=False)


def _walls(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(required=True, metavar="command")
    pair = _add(commands, "pair", wall_pair, "pair the screen that shows a code", "wall pair")
    pair.add_argument("code", help="the six digits on the screen")
    pair.add_argument("--name", required=True, help="what the screen is called")
    shows = pair.add_mutually_exclusive_group(required=True)
    shows.add_argument("--playlist", help="a playlist of the city")
    shows.add_argument("--place", help="a place of the room that --room names")
    pair.add_argument("--theme", choices=THEMES, default="dark", help="daylight is light from 6:00 to 17:30")
    pair.add_argument("--language", choices=LANGUAGES, help="default the city's")
    pair.add_argument("--room", default="", help="where it hangs; with --place a room of the city")
    _add(commands, "list", wall_list, "every screen, what it shows and when it was heard", "wall list")
    revoke = _add(commands, "revoke", wall_revoke, "end what a screen may see", "wall revoke")
    revoke.add_argument("name", help="the name of the screen")


def _exercises(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(required=True, metavar="command")
    start = _add(commands, "start", exercise_start, "begin an exercise", "exercise start")
    start.add_argument("name", help="an exercise of the city")
    start.add_argument("--speed", type=int, help="times the speed of life, default the script's own")
    start.add_argument("--playlist", help="whose walls take part, default the script's own")
    _add(commands, "stop", exercise_stop, "stop the exercise that plays", "exercise stop")
    _add(commands, "list", exercise_list, "every exercise of the city, and the one that plays", "exercise list")


def _trail(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(required=True, metavar="command")
    _add(commands, "verify", audit_verify, "walk the whole chain and say where it breaks", "audit verify")
    list_ = _add(commands, "list", audit_list, "the newest entries that match", "audit list")
    list_.add_argument("--last", type=int, default=50, metavar="N", help="how many, default 50")
    export = _add(commands, "export", audit_export, "write the entries that match as CSV", "audit export")
    export.add_argument("file", type=Path, help="a file that is not there yet")
    for command in (list_, export):
        command.add_argument("--who", help="name of a user")
        command.add_argument("--act", help="what was done, such as sign_in or export")
        command.add_argument("--since", type=_day, help="first day, YYYY-MM-DD")
        command.add_argument("--until", type=_day, help="last day, YYYY-MM-DD")
        command.add_argument("--text", help="part of what it was done to, or of the details")


def _add(
    commands: argparse._SubParsersAction, name: str, command: Callable | None, text: str, words: str = ""
) -> argparse.ArgumentParser:
    mine = [line for line in EXAMPLES.splitlines() if line.strip().startswith(f"lantern {words or name}")]
    parser = commands.add_parser(
        name,
        help=text,
        description=text[0].upper() + text[1:] + ".",
        epilog="\n".join(["examples:", *mine]) if mine else None,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(command=command)
    return parser
