"""Grants: roles add up, a user's own areas cut, and what a city no longer has gives nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.access import grant
from data.catalogue import ACTIONS, CatalogueError, Role, Text, load
from data.catalogue.role import STANDARD
from tests.catalogue.pack import write
from tests.kpis.delivered import hoian

CITY = hoian()
NAME = Text(vi="x", en="x")


def city(**roles: dict):
    """Hội An with other roles."""
    made = {
        key: Role.model_validate({"id": key, "name": NAME, "may": ("view",)} | given) for key, given in roles.items()
    }
    return replace(CITY, roles=made)


def test_roles_add_up():
    held = grant(city(a={"areas": ("hoi_an",)}, b={"areas": ("tan_hiep",), "may": ("view", "export")}), ["a", "b"])
    assert held.actions == {"view", "export"}
    assert {"hoi_an", "tan_hiep", "minh_an"} <= held.scope.areas
    assert "hoi_an_tay" not in held.scope.areas


def test_a_role_that_sees_all_makes_all_seen():
    held = grant(city(a={"areas": ("hoi_an",), "datasets": ("dossier",)}, b={}), ["a", "b"])
    assert (held.scope.areas, held.scope.datasets) == (None, None)


def test_a_users_own_areas_cut_what_their_roles_show():
    held = grant(city(a={"areas": ("hoi_an", "tan_hiep")}), ["a"], ["tan_hiep", "hoi_an_tay"])
    assert "tan_hiep" in held.scope.areas
    assert not {"hoi_an", "hoi_an_tay"} & held.scope.areas


def test_personal_columns_need_a_role_that_shows_them():
    known = city(a={}, b={"personal": True})
    assert [grant(known, names).scope.personal for names in (["a"], ["b"], ["a", "b"])] == [False, True, True]


@pytest.mark.parametrize("roles", [[], ["gone"]])
def test_without_a_role_of_the_city_nothing_is_seen_or_done(roles):
    held = grant(CITY, roles, None)
    assert not any(map(held.may, ACTIONS))
    assert not held.scope.allows(["dossier"])
    assert not held.scope.holds("hoi_an")


def test_areas_a_city_no_longer_has_show_nothing_rather_than_everything():
    held = grant(CITY, ["analyst"], ["atlantis"])
    assert held.scope.areas == frozenset()
    assert held.scope.cuts("dossier") or held.scope.areas is not None


@given(st.lists(st.sampled_from(sorted(CITY.roles)), unique=True), st.sampled_from(sorted(CITY.roles)))
def test_one_more_role_never_takes_anything_away(names, more):
    before, after = grant(CITY, names), grant(CITY, [*names, more])
    assert before.actions <= after.actions
    assert before.scope.personal <= after.scope.personal
    assert all(after.scope.holds(area) for area in CITY.areas if before.scope.holds(area))


def test_a_pack_that_writes_no_roles_has_those_of_every_city(tmp_path):
    assert load(write(tmp_path)).roles == STANDARD
    assert set().union(*(role.may for role in STANDARD.values())) == set(ACTIONS)


@pytest.mark.parametrize(
    ("roles", "said"),
    [
        ("- {id: a, name: {vi: a, en: a}, may: [export]}", "whoever may do anything may view"),
        ("- {id: a, name: {vi: a, en: a}, may: [view, dance]}", "roles.yaml:1: a: may.1"),
        ("- {id: a, name: {vi: a, en: a}, may: [view, manage_users], areas: [nowhere]}", "no area 'nowhere'"),
        ("- {id: a, name: {vi: a, en: a}, may: [view, manage_users], datasets: [none]}", "no dataset 'none'"),
        ("- {id: a, name: {vi: a, en: a}, may: [view]}", "no role may manage users"),
        ("- {id: a, name: {vi: a, en: a}, may: [view, manage_users], areas: []}", "areas"),
    ],
)
def test_a_role_that_cannot_be_says_where_and_what_to_do(tmp_path, roles, said):
    pack = write(tmp_path)
    (pack / "roles.yaml").write_text(roles + "\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=said.replace("[", r"\[")):
        load(pack)
