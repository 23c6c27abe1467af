"""Words of rules: clear of each other and of every line, where the figure has such a place."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from layouts.documents.plate import room
from layouts.marks import Rule, Scale
from layouts.placement import ANCHORS, DESK, SIDES, Box, _box, placed

Y = Scale(0.0, 100.0)
HEIGHT = st.floats(2, 98)
LINE = st.lists(st.none() | HEIGHT, min_size=2, max_size=40)


def stands(rule: Rule) -> Box:
    return _box(rule.text, Y.share(rule.at), rule.side, rule.anchor, DESK)


def places(rules: list[Rule], *lines: list[float | None]) -> list[tuple[str, str]]:
    return [(rule.side, rule.anchor) for rule in placed(rules, Y, lines)]


def test_words_stand_above_at_the_left_where_nothing_is() -> None:
    assert places([Rule(50, "watch", "Theo dõi 98%")], [20.0] * 12) == [("above", "start")]


def test_words_give_way_to_the_line_compared_with_too() -> None:
    flood = [20.0] * 9 + [90.0, 90.0, 20.0]
    assert places([Rule(50, "watch", "Báo động II")], [55.0] * 4 + [20.0] * 8, flood) == [("above", "middle")]


def test_a_line_that_lies_on_its_rule_has_the_words_below() -> None:
    """Dossiers on time: 98.3 % month after month over a threshold of 98 %."""
    assert places([Rule(80, "watch", "Theo dõi 98%")], [82.0] * 18, [81.0] * 18) == [("below", "start")]


def test_words_of_close_rules_stand_above_their_own() -> None:
    """The three alarms of a river half a metre apart, as a report prints them."""
    rules = [Rule(at, "watch", f"Báo động {name}") for name, at in (("I", 50), ("II", 59), ("III", 68))]
    found = placed(rules, Y, ([40.0] * 24, [30.0] * 20 + [80.0] * 4), room(190.0))
    assert [(rule.side, rule.anchor) for rule in found] == [("above", "start")] * 3


@given(HEIGHT, st.lists(LINE, min_size=1, max_size=3))
def test_words_are_crossed_only_where_every_place_is(at: float, lines: list[list[float | None]]) -> None:
    [rule] = placed([Rule(at, "watch", "Theo dõi 98%")], Y, lines)
    boxes = [_box(rule.text, Y.share(at), side, anchor, DESK) for side, anchor in product(SIDES, ANCHORS)]
    free = [box for box in boxes if box.foot >= 0 and box.top <= 1 and not any(box.crossed(line, Y) for line in lines)]
    assert not free or not any(stands(rule).crossed(line, Y) for line in lines)


@given(st.lists(HEIGHT, min_size=1, max_size=5), LINE)
def test_words_never_stand_on_each_other(heights: list[float], line: list[float | None]) -> None:
    found = [stands(rule) for rule in placed([Rule(at, "watch", "Báo động II 1,5 m") for at in heights], Y, [line])
             if rule.text]  # fmt: skip
    assert not any(a.meets(b) for n, a in enumerate(found) for b in found[:n])
