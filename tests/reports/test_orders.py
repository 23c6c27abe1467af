"""Orders: one asked twice is one, an attempt that is over writes nothing, what fails is tried again or said to have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from data.reports.draft import Draft
from data.reports.order import TRIES, WAITS, Order
from data.reports.orders import KEPT, Orders
from tests.state.fresh import fresh

NOW = datetime(2026, 12, 1, 8, 0)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def orders(tmp_path: Path) -> Iterator[Orders]:
    state = fresh(tmp_path / "state.db")
    yield Orders(state)
    state.close()


@pytest.fixture
def begun(orders: Orders, november: Draft) -> Order:
    return orders.begin(orders.place("export", november.edition, ["pdf", "docx"], "lan", NOW), NOW)


def due(orders: Orders, key: str = "weekly/2026-W48") -> Order:
    given = {"act": "draft", "report": "weekly", "period": key.split("/")[1], "area": "", "language": "vi",
             "kinds": ["pdf"], "who": "clock", "due_at": NOW}  # fmt: skip
    orders.once(key, given, NOW)
    return orders.last("weekly")


def test_the_same_order_asked_again_while_it_is_open_is_one(orders: Orders, november: Draft) -> None:
    first = orders.place("export", november.edition, ["pdf"], "lan", NOW)
    assert orders.place("export", november.edition, ["pdf"], "lan", LATER) == first
    others = [("export", ["csv"], "lan"), ("export", ["pdf"], "hoa"), ("issue", ["pdf"], "lan")]
    numbers = {orders.place(act, november.edition, kinds, who, NOW).id for act, kinds, who in others}
    assert len(numbers | {first.id}) == 4
    orders.cancel(first.id, LATER)
    assert orders.place("export", november.edition, ["pdf"], "lan", LATER).id not in numbers | {first.id}


def test_who_waits_goes_before_the_timetable_and_then_who_came_first(orders: Orders, november: Draft) -> None:
    due(orders)
    first = orders.place("export", november.edition, ["pdf"], "lan", NOW)
    orders.place("export", november.edition, ["csv"], "lan", NOW)
    assert orders.next(NOW) == first
    assert orders.begin(first, NOW).standing == "working"
    assert orders.begin(first, NOW) is None  # nobody begins what another has begun


def test_an_attempt_that_is_over_writes_nothing(orders: Orders, begun: Order) -> None:
    assert orders.step(begun, "monthly-2026-11", 1) and orders.order(begun.id).done == 1
    orders.cancel(begun.id, LATER)
    assert not orders.step(begun, "monthly-2026-11", 2) and not orders.finish(begun, LATER)
    orders.fail(begun, "disk", "full", LATER)
    assert (orders.order(begun.id).standing, orders.order(begun.id).fault) == ("cancelled", "")


def test_whoever_was_lost_is_tried_once_more_and_what_cannot_be_is_not(orders: Orders, begun: Order) -> None:
    orders.fail(begun, "stopped", "killed", NOW)
    assert orders.order(begun.id).standing == "waiting"
    again = orders.begin(orders.order(begun.id), NOW)
    assert again.folder != begun.folder and not orders.finish(begun, NOW)
    orders.fail(again, "stopped", "killed", NOW)
    assert orders.order(begun.id).standing == "failed" and again.attempt == TRIES
    orders.again(begun.id, LATER)
    third = orders.begin(orders.order(begun.id), LATER)
    orders.fail(third, "standing", "issued meanwhile", LATER, final=True)
    assert (orders.order(begun.id).standing, orders.order(begun.id).fault) == ("failed", "standing")


def test_what_the_timetable_wants_waits_longer_each_time_and_is_given_up_in_the_end(orders: Orders) -> None:
    order, waits = due(orders), []
    while order.standing == "waiting":
        at = order.not_before
        assert orders.next(at - timedelta(seconds=1)) is None or order.attempt == 0
        orders.fail(orders.begin(order, at), "open", "the data is late", at, final=True)
        order = orders.order(order.id)
        waits.append(order.not_before - at)
    assert tuple(waits[:-1]) == WAITS and sorted(WAITS) == list(WAITS)
    assert (order.standing, order.error, order.attempt) == ("failed", "the data is late", len(WAITS) + 1)
    assert [one.id for one in orders.troubled()] == [order.id]
    due(orders, "weekly/2026-W49")
    assert orders.troubled() == []  # the week after is what counts


def test_a_key_is_placed_once_whatever_became_of_it(orders: Orders) -> None:
    order = due(orders)
    orders.cancel(order.id, NOW)
    assert due(orders).id == order.id and orders.order(order.id).standing == "cancelled"


def test_files_are_kept_for_a_while(orders: Orders, begun: Order) -> None:
    orders.step(begun, "monthly-2026-11", 2)
    orders.finish(begun, NOW)
    assert orders.spent(NOW + KEPT) == []
    (spent,) = orders.spent(NOW + KEPT + timedelta(seconds=1))
    orders.forget(spent)
    assert orders.order(begun.id).name == "" and orders.spent(LATER + KEPT) == []


def test_what_was_stopped_on_purpose_does_not_count(orders: Orders, begun: Order) -> None:
    orders.release(begun)
    held = orders.order(begun.id)
    assert held == replace(begun, standing="waiting", attempt=0)
