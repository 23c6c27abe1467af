"""Views of several roles become one view, and never show more than the roles do."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from data.access.view import View, adds_up, together

AREAS, DATASETS, ORGANISATIONS = ("n", "s"), ("air", "site"), ("x", "y")


def _names(of):
    return st.none() | st.frozensets(st.sampled_from(of))


VIEWS = st.lists(
    st.builds(View, _names(AREAS), _names(DATASETS), _names(ORGANISATIONS), st.booleans(), st.booleans()).map(
        lambda view: View(view.areas, view.datasets, view.organisations, view.small or view.personal, view.personal)
    ),
    min_size=1, max_size=3,
)  # fmt: skip


def shown(view: View) -> set[tuple]:
    """Every single thing a view shows: a row of an area, a dataset and an organisation, in one of three depths."""
    depths = ["row", *(["small"] if view.small else []), *(["personal"] if view.personal else [])]
    sets = [
        every if held is None else tuple(held)
        for every, held in ((AREAS, view.areas), (DATASETS, view.datasets), (ORGANISATIONS, view.organisations))
    ]
    return set(product(*sets, depths))


@given(VIEWS)
def test_nothing_is_shown_that_no_role_shows(views):
    every = set().union(*map(shown, views))
    assert shown(together(views)) <= every
    if adds_up(views):
        assert shown(together(views)) == every


@given(VIEWS)
def test_the_order_of_roles_does_not_matter(views):
    assert together(views) == together(views[::-1])


def test_an_area_and_another_are_both():
    assert together([View(frozenset({"n"})), View(frozenset({"s"}))]) == View(frozenset({"n", "s"}))


def test_a_view_inside_another_adds_nothing():
    assert together([View(), View(frozenset({"n"}))]) == View()
    assert adds_up([View(small=True), View(frozenset({"n"}))])


def test_an_area_and_a_dataset_are_neither_all_datasets_nor_all_areas():
    views = [View(areas=frozenset({"n"})), View(datasets=frozenset({"air"}))]
    assert not adds_up(views)
    assert together(views) == View(frozenset({"n"}), frozenset({"air"}))


def test_small_counts_of_one_area_are_not_those_of_all():
    views = [View(), View(frozenset({"n"}), small=True)]
    assert not adds_up(views)
    assert together(views) == View()
