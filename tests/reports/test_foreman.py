"""The foreman: with real processes that end well, are killed, never end, or outlive the foreman itself."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic, sleep

import pytest

from commands.pressing import APP
from data.alerts.events import Events
from data.catalogue import Catalogue
from data.clock.clock import FixedClock
from data.kpis.sight import Sight
from data.reports.draft import Draft
from data.reports.drafting import edition
from data.reports.foreman import IDLE, PATIENCE, Foreman
from data.reports.order import Order
from data.reports.orders import FOLDER, KEPT, Orders
from data.reports.papers import Papers
from data.reports.period import parse
from data.reports.timetable import Timetable
from tests.state.fresh import fresh

NOW = datetime(2026, 12, 1, 8, 0)
ENDS, KILLED, LASTS = "pass", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "import time; time.sleep(60)"
PRESS = [sys.executable, str(APP), "press"]  # the real command, which gives way to nobody here: a test is waited for


def soon(done: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait until something is so, and not for ever."""
    began = monotonic()
    while not done():
        assert monotonic() - began < seconds, "it never came to that"
        sleep(0.02)


class Site:
    """A state, an archive, and a foreman whose orders become one line of Python each."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        self.folder, self.catalogue, self.clock = folder, catalogue, FixedClock(NOW)
        self.state = fresh(folder / "state.db")
        self.orders = Orders(self.state)
        self.started: list[subprocess.Popen] = []

    def foreman(self, make: str | list[str], most: int = 1) -> Foreman:
        papers = Papers(self.state, self.folder / "archive")
        timetable = Timetable(self.catalogue, self.orders, Events(self.state), papers)

        def started() -> subprocess.Popen:
            command = make if isinstance(make, list) else [sys.executable, "-c", make]
            self.started.append(subprocess.Popen(command, stdin=subprocess.PIPE, bufsize=0))
            return self.started[-1]

        return Foreman(timetable, papers.folder, self.clock, started, most)

    def until(self, foreman: Foreman, done: Callable[[], bool], seconds: float = 60.0) -> None:
        soon(lambda: foreman.look() or done(), seconds)


@pytest.fixture
def site(tmp_path: Path, sight: Sight) -> Iterator[Site]:
    made = Site(tmp_path, sight.catalogue)
    yield made
    for process in made.started:
        process.kill()
        process.communicate()
    made.state.close()


def place(site: Site, november: Draft, *kinds: str) -> Order:
    return site.orders.place("export", november.edition, kinds or ("pdf",), "demonstration", site.clock.now())


def test_one_whose_maker_is_killed_is_given_on_and_then_said_to_have_failed(site: Site, november: Draft) -> None:
    order, foreman = place(site, november), site.foreman(KILLED)
    site.until(foreman, lambda: site.orders.order(order.id).standing == "failed")
    held = site.orders.order(order.id)
    assert (held.attempt, held.fault, len(site.started)) == (2, "stopped", 2)
    assert "code -9" in held.error


def test_a_maker_that_ends_without_a_word_has_not_made_it(site: Site, november: Draft) -> None:
    order, foreman = place(site, november), site.foreman(ENDS)
    site.until(foreman, lambda: site.orders.order(order.id).standing == "failed")


def test_few_are_made_at_a_time_and_the_others_wait_their_turn(site: Site, november: Draft) -> None:
    for kinds in ("pdf", "csv", "xlsx"):
        place(site, november, kinds)
    foreman = site.foreman(LASTS, most=2)
    for _ in range(3):
        foreman.look()
    assert len(foreman.printers) == len(site.started) == 2


def test_what_is_cancelled_ends_at_once_and_makes_room(site: Site, november: Draft) -> None:
    first, second = place(site, november, "pdf"), place(site, november, "csv")
    foreman = site.foreman(LASTS)
    foreman.look()
    site.orders.cancel(first.id, NOW)
    foreman.look()
    assert site.started[0].poll() is not None
    assert site.orders.order(second.id).standing == "working"


def test_what_never_ends_is_ended(site: Site, november: Draft) -> None:
    order, foreman = place(site, november), site.foreman(LASTS)
    foreman.look()
    site.clock.advance(PATIENCE + timedelta(seconds=1))
    foreman.look()
    assert site.started[0].poll() is not None
    assert "longer" in site.orders.order(order.id).error


def test_a_foreman_that_stops_gives_back_and_one_that_died_is_followed_by_another(site: Site, november: Draft) -> None:
    order = place(site, november)
    stopped = site.foreman(LASTS)
    stopped.look()
    stopped.stop()
    assert (site.orders.order(order.id).standing, site.orders.order(order.id).attempt) == ("waiting", 0)
    died = site.foreman(LASTS)
    died.look()
    heir = site.foreman(LASTS)
    heir.take_up()
    assert site.orders.order(order.id).fault == "stopped"
    heir.look()
    assert (site.orders.order(order.id).standing, site.orders.order(order.id).attempt) == ("working", 2)


def test_a_state_that_does_not_answer_is_waited_for(
    site: Site, november: Draft, caplog: pytest.LogCaptureFixture
) -> None:
    """The thread itself: nothing it meets ends it."""
    order, foreman = place(site, november), site.foreman(ENDS)
    with site.state.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE orders RENAME TO away")
    foreman.start()
    soon(lambda: "cannot be read" in caplog.text)
    with site.state.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE away RENAME TO orders")
    soon(lambda: site.orders.order(order.id).standing == "failed")
    foreman.stop()


def test_files_to_look_at_do_not_pile_up(site: Site, november: Draft) -> None:
    order = site.orders.begin(place(site, november), NOW)
    folder = site.folder / "archive" / FOLDER / order.folder
    folder.mkdir(parents=True)
    site.orders.step(order, "monthly", 1)
    site.orders.finish(order, NOW)
    site.clock.advance(KEPT + timedelta(days=1))
    site.foreman(ENDS).look()
    assert not folder.exists() and site.orders.order(order.id).name == ""


@pytest.fixture
def pressing(site: Site, sight: Sight, monkeypatch: pytest.MonkeyPatch) -> Foreman:
    """A foreman whose printer is the real command."""
    for name, value in (("STORE", sight.reader.store), ("STATE", f"sqlite:///{site.folder}/state.db"),
                        ("ARCHIVE", site.folder / "archive")):  # fmt: skip
        monkeypatch.setenv(f"LANTERN_{name}", str(value))
    monkeypatch.chdir(Path(__file__).parents[2])
    return site.foreman(PRESS)


def morning(site: Site, sight: Sight, *kinds: str, who: str = "demonstration") -> Order:
    meant = edition(sight.catalogue, "morning", parse("2026-11-30", "day"), None, "vi")
    return site.orders.place("export", meant, kinds, who, NOW)


def test_killed_while_it_writes_leaves_no_half_file_and_is_made_in_the_end(
    site: Site, sight: Sight, pressing: Foreman
) -> None:
    """Killed as soon as its first file is there, then made by the second attempt of another printer."""
    kinds = ("csv", "pdf", "docx", "pptx")
    order = morning(site, sight, *kinds)
    site.until(pressing, lambda: site.orders.order(order.id).done >= 1)
    os.kill(site.started[0].pid, 9)
    left = list((site.folder / "archive" / FOLDER / f"{order.id}-1").iterdir())
    assert 1 <= len([path for path in left if not path.name.startswith(".")]) < len(kinds)
    site.until(pressing, lambda: site.orders.order(order.id).standing in ("done", "failed"), 120)
    done = site.orders.order(order.id)
    assert (done.standing, done.attempt, done.done) == ("done", 2, len(kinds))
    made = {path.name: path.read_bytes() for path in (site.folder / "archive" / FOLDER / done.folder).iterdir()}
    assert set(made) == {f"{done.name}.{kind}" for kind in kinds}
    paper = made[f"{done.name}.pdf"]
    assert paper.startswith(b"%PDF-1.7") and paper.rstrip().endswith(b"%%EOF")
    _one_after_another(site, sight, pressing)


def _one_after_another(site: Site, sight: Sight, pressing: Foreman) -> None:
    """The printer that is there goes on: an order that cannot be made fails alone, one cancelled before is passed."""
    refused, done = morning(site, sight, "gpkg"), morning(site, sight, "csv")
    cancelled = morning(site, sight, "svg")
    site.orders.cancel(cancelled.id, NOW)
    site.until(pressing, lambda: not site.orders.order(done.id).open)
    held = [site.orders.order(order.id) for order in (refused, done, cancelled)]
    assert [order.standing for order in held] == ["failed", "done", "cancelled"] and held[0].fault == "nothing"
    assert len(site.started) == 2 and site.started[1].poll() is None
    assert site.started[1].stdin is not None
    site.started[1].stdin.close()  # as when the process of the foreman is gone
    soon(lambda: site.started[1].poll() is not None)


def test_a_printer_takes_one_order_after_another_and_waits_only_so_long(site: Site, november: Draft) -> None:
    for kinds in ("pdf", "csv"):
        place(site, november, kinds)
    foreman = site.foreman(LASTS)
    foreman.look()
    (printer,) = foreman.printers
    site.orders.finish(printer.order, NOW)
    foreman.look()
    assert len(site.started) == 1 and printer.order.kinds == ("csv",)
    site.orders.finish(printer.order, NOW)
    foreman.look()
    assert printer.order is None and not printer.gone
    site.clock.advance(IDLE + timedelta(seconds=1))
    foreman.look()
    assert printer.gone and foreman.printers == []


def test_the_death_of_a_printer_is_the_failure_of_one_order(site: Site, november: Draft) -> None:
    """One that died while it had none costs nobody anything; the next order finds another."""
    first, second = place(site, november, "pdf"), place(site, november, "csv")
    foreman = site.foreman(LASTS, most=2)
    foreman.look()
    site.started[0].kill()
    site.orders.finish(foreman.printers[1].order, NOW)
    site.until(foreman, lambda: site.orders.order(first.id).attempt == 2)
    assert site.orders.order(second.id).standing == "done"
    site.orders.finish(site.orders.order(first.id), NOW)
    foreman.look()
    for process in site.started:
        process.kill()
        process.wait()
    third = place(site, november, "xlsx")
    foreman.look()
    held = site.orders.order(third.id)
    assert (held.standing, held.attempt, len(foreman.printers)) == ("working", 1, 1)
