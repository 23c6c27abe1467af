"""``lantern audit``: whether the trail is whole, what it says, and handing it over."""

from __future__ import annotations

import argparse
import csv
from datetime import datetime, time, timedelta

from commands.admitting import Desk, desk
from commands.refusal import Refused
from data.audit import ACTS, Entry
from data.audit.audit import Search
from data.catalogue.faults.fault import near
from data.formula import disarmed
from data.settings import Settings

HEADS = ("number", "at", "who", "address", "act", "subject", "outcome", "detail", "digest")


def audit_verify(settings: Settings, options: argparse.Namespace) -> int:
    """Walk the whole chain; exit code 1 where it breaks."""
    with desk(settings) as at:
        broken = at.audit.verify()
        if broken is not None:
            raise Refused(f"the audit trail breaks at entry {broken.number}: {broken.why}; compare it with a backup")
        print(f"{at.audit.page(Search(), limit=1)[1]} entries, every one as it was written.")
    return 0


def audit_list(settings: Settings, options: argparse.Namespace) -> int:
    """The newest entries that match."""
    with desk(settings) as at:
        entries, total = at.audit.page(_search(options), limit=options.last)
        for entry in reversed(entries):
            said = "" if entry.detail == "{}" else f"  {entry.detail}"
            outcome = "" if entry.outcome == "done" else f"  {entry.outcome}"
            print(f"{entry.number:7}  {entry.at:%Y-%m-%d %H:%M:%S}  {entry.who:20} {entry.act:15} "
                  f"{entry.subject}{outcome}{said}")  # fmt: skip
        print(f"{len(entries)} of {total} entries")
    return 0


def audit_export(settings: Settings, options: argparse.Namespace) -> int:
    """Write every entry that matches as CSV; that it was handed over is an entry itself."""
    if options.file.exists():
        raise Refused(f"{options.file} is there already; name a file that is not")
    with desk(settings) as at:
        count = _write(at, options)
        at.note("audit_export", str(options.file.name), entries=count)
        print(f"{count} entries in {options.file}")
    return 0


def _write(at: Desk, options: argparse.Namespace) -> int:
    count = 0
    with options.file.open("x", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADS)
        for count, entry in enumerate(at.audit.all(_search(options)), start=1):  # noqa: B007
            writer.writerow(_cells(entry))
    return count


def _cells(entry: Entry) -> list[str]:
    """What a spreadsheet might take for a formula is disarmed."""
    return [str(disarmed(str(getattr(entry, name)))) for name in HEADS]


def _search(options: argparse.Namespace) -> Search:
    if options.act and options.act not in ACTS:
        raise Refused(f"there is no act '{options.act}'; {near(options.act, ACTS)}")
    since = datetime.combine(options.since, time()) if options.since else None
    until = datetime.combine(options.until + timedelta(days=1), time()) if options.until else None
    return Search(options.who or "", options.act or "", since, until, options.text or "")
