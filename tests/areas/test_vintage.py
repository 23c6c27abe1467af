"""Restating areas: the city's own change of 1 July 2025, and any change by property."""

import csv
from collections import defaultdict
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.areas.vintage import Restatement, children, codes, crosses, home, resolve, restatements
from data.calendar.period import Period
from data.catalogue import Area, load

ROOT = Path(__file__).parents[2]
CROSSWALK = ROOT / ".." / "shared" / "data" / "hoian" / "crosswalk_hoi_an_2025.csv"
OLD, BEFORE, SINCE = date(2020, 1, 1), date(2025, 6, 30), date(2025, 7, 1)


def area(id, level="unit", parent="city", start=SINCE, end=None, becomes=(), was=(), code=None):
    links = {"becomes": becomes, "was": was}
    links = {key: tuple({"area": a, "weight": w} for a, w in pairs) for key, pairs in links.items()}
    return Area(
        id=id, code=code or id, name={"vi": id, "en": id}, level=level, parent=parent,
        valid_from=start, valid_to=end, **links,
    )  # fmt: skip


def small():
    """a and b merge into ab; c stays as c2. A market lies in ab, a pier was closed with a."""
    every = [
        area("city", "city", None, OLD),
        area("ab", was=[("a", 0.25), ("b", 0.75)]),
        area("c2", was=[("c", 1.0)], code="c"),
        area("a", start=OLD, end=SINCE, becomes=[("ab", 1.0)]),
        area("b", start=OLD, end=SINCE, becomes=[("ab", 1.0)]),
        area("c", start=OLD, end=SINCE, becomes=[("c2", 1.0)]),
        area("market", "locality", "ab", OLD),
        area("pier", "locality", "a", OLD, SINCE),
    ]
    return {one.id: one for one in every}


def counts(areas, recorded, old):
    return {
        r.area: (r.weight, r.estimated) for r in restatements(areas, SINCE) if (r.recorded, r.old) == (recorded, old)
    }


def test_old_to_new_is_exact():
    assert counts(small(), "a", False) == {"ab": (1.0, False), "city": (1.0, False)}
    assert counts(small(), "a", True) == {"a": (1.0, False), "city": (1.0, False)}


def test_new_to_old_is_estimated_and_the_city_exact():
    assert counts(small(), "ab", True) == {"a": (0.25, True), "b": (0.75, True), "city": (1.0, False)}
    assert counts(small(), "c2", True) == {"c": (1.0, False), "city": (1.0, False)}
    assert counts(small(), "city", True) == counts(small(), "city", False) == {"city": (1.0, False)}


def test_localities_count_towards_their_parents():
    assert counts(small(), "market", False) == {
        "market": (1.0, False),
        "ab": (1.0, False),
        "city": (1.0, False),
    }
    assert counts(small(), "market", True) == {
        "market": (1.0, False), "a": (0.25, True), "b": (0.75, True), "city": (1.0, False)
    }  # fmt: skip
    assert counts(small(), "pier", False) == {"ab": (1.0, False), "city": (1.0, False)}


def test_a_reused_code_means_the_area_of_the_day():
    areas = small()
    assert resolve(areas, "c", date(2025, 6, 30)) == "c"
    assert resolve(areas, "c", date(2025, 7, 1)) == "c2"
    assert resolve(areas, "a", date(2025, 7, 1)) is None
    assert resolve(areas, "c", date(2019, 12, 31)) is None
    assert [(c.valid_from, c.valid_to, c.area) for c in codes(areas) if c.code == "c"] == [
        (SINCE, None, "c2"), (OLD, SINCE, "c")
    ]  # fmt: skip


def test_children_of_a_day():
    assert [one.id for one in children(small(), "city", SINCE)] == ["ab", "c2"]
    assert [one.id for one in children(small(), "city", date(2025, 6, 30))] == ["a", "b", "c"]
    assert [one.id for one in children(small(), "ab", SINCE)] == ["market"]


@pytest.mark.parametrize(
    ("first", "last", "answer"),
    [
        ("2025-06-30", "2025-07-01", True),
        ("2025-07-01", "2025-07-02", False),
        ("2025-06-29", "2025-06-30", False),
    ],
)
def test_crosses(first, last, answer):
    assert crosses(Period.of_days(date.fromisoformat(first), date.fromisoformat(last)), SINCE) is answer


def test_crosses_by_the_hour():
    assert not crosses(Period(datetime(2025, 6, 30, 12), datetime(2025, 7, 1)), SINCE)
    assert crosses(Period(datetime(2025, 6, 30, 12), datetime(2025, 7, 1, 0, 1)), SINCE)


@pytest.mark.parametrize(
    "ring",
    [
        [area("a", parent="b"), area("b", parent="a")],
        [area("a", parent=None, end=date(2026, 1, 1), becomes=[("b", 1.0)]),
         area("b", parent=None, start=OLD, end=date(2021, 1, 1), becomes=[("c", 1.0)]),
         area("c", parent=None, start=OLD, end=date(2022, 1, 1), becomes=[("b", 1.0)])],
    ],
)  # fmt: skip
def test_a_circle_is_refused(ring):
    with pytest.raises(ValueError, match="circle"):
        restatements({one.id: one for one in ring}, SINCE)


@st.composite
def changes(draw):
    """A city whose old units were merged into fewer, with any weights going back."""
    merged = draw(st.lists(st.integers(0, 4), min_size=1, max_size=12))
    areas = [area("city", "city", None, OLD)]
    areas += [area(f"old{n}", start=OLD, end=SINCE, becomes=[(f"new{to}", 1.0)]) for n, to in enumerate(merged)]
    for to in sorted(set(merged)):
        members = [n for n, target in enumerate(merged) if target == to]
        sizes = [draw(st.integers(1, 1000)) for _ in members]
        was = [(f"old{n}", size / sum(sizes)) for n, size in zip(members, sizes, strict=True)]
        areas += [area(f"new{to}", was=was), area(f"place{to}", "locality", f"new{to}", OLD)]
    return {one.id: one for one in areas}


@given(changes())
def test_totals_are_kept(areas):
    totals: dict[tuple[bool, str], float] = defaultdict(float)
    for row in restatements(areas, SINCE):
        assert 0 < row.weight <= 1
        if areas[row.area].level == "unit":
            totals[row.old, row.recorded] += row.weight
        if row.area == "city":
            assert (row.weight, row.estimated) == (1.0, False)
    recorded = [name for name, one in areas.items() if one.level != "city"]
    assert set(totals) == {(old, name) for old in (False, True) for name in recorded}
    assert all(abs(total - 1) < 1e-9 for total in totals.values())


@given(changes())
def test_every_area_counted_towards_exists_in_that_vintage(areas):
    for row in restatements(areas, SINCE):
        assert areas[row.area].valid_on(date(2025, 6, 30) if row.old else SINCE)


@pytest.mark.parametrize(
    ("recorded", "day", "expected"),
    [
        ("a", SINCE, "ab"), ("ab", SINCE, "ab"), ("pier", SINCE, "ab"), ("market", SINCE, "market"),
        ("c2", BEFORE, "c"), ("ab", BEFORE, None), ("pier", BEFORE, "pier"), ("city", BEFORE, "city"),
    ],
)  # fmt: skip
def test_what_is_recorded_is_at_home_in_the_nearest_area_that_holds_all_of_it(recorded, day, expected):
    assert home(small(), recorded, day) == expected


@given(changes())
def test_everything_of_what_has_a_home_counts_towards_it(areas):
    whole = {(row.old, row.recorded, row.area) for row in restatements(areas, SINCE) if row.weight == 1}
    for old, day in ((False, SINCE), (True, BEFORE)):
        for recorded in areas:
            found = home(areas, recorded, day)
            assert found is None or (old, recorded, found) in whole


def test_the_city_follows_the_published_crosswalk():
    catalogue = load(ROOT / "data" / "cities" / "hoian")
    areas, since = catalogue.areas, catalogue.city.since
    rows = restatements(areas, since)
    with CROSSWALK.open(encoding="utf-8") as file:
        published = list(csv.DictReader(file))
    assert len(published) == 13
    for row in published:
        old = resolve(areas, row["old_code"], date(2025, 6, 30))
        new = resolve(areas, row["new_code"], since)
        assert areas[old].name.vi.startswith(row["old_name"])
        assert areas[new].name.vi == row["new_name"]
        assert Restatement(False, old, new, 1.0, False) in rows
        units = {r.area for r in rows if r.recorded == old and not r.old and areas[r.area].level == "unit"}
        assert units == {new}
