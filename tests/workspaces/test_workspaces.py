"""Who keeps, sees and changes which view; nobody is ever shown one they were not given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.accounts import Accounts
from data.state import State
from data.workspaces import Member, Share, Workspaces
from data.workspaces import workspaces as kept_
from tests.state.fresh import fresh

NOW = datetime(2026, 11, 24, 9, 0)
PEOPLE = {
    "lan": ("analyst", "culture"),
    "hoa": ("staff", "culture"),
    "minh": ("leader", "traffic"),
    "an": ("analyst", None),
}


def people(state: State) -> None:
    for name, (role, place) in PEOPLE.items():
        Accounts(state).add(name, name, [role], NOW, organisation=place)


class Office:
    """Four people in two organisations; lan and minh edit what is their organisation's."""

    def __init__(self, folder: Path) -> None:
        self.state = fresh(folder / "state.db", people)
        accounts = Accounts(self.state)
        self.members = {name: Member(accounts.user(name), edits=name in ("lan", "minh", "an")) for name in PEOPLE}
        self.kept = Workspaces(self.state)

    def save(self, name: str, title: str = "Đêm phố cổ", whole: bool = False) -> int:
        return self.kept.save(self.members[name], title, "/kpi/DL-02?from=2026-11-01", NOW, whole)

    def seen(self, view: int) -> set[str]:
        return {name for name, member in self.members.items() if view in {v.id for v in self.kept.visible(member)}}


@pytest.fixture
def office(tmp_path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.state.close()


def test_ones_own_is_seen_by_nobody_else(office):
    assert office.seen(office.save("lan")) == {"lan"}


def test_an_organisations_is_seen_by_its_people(office):
    assert office.seen(office.save("lan", whole=True)) == {"lan", "hoa"}


@pytest.mark.parametrize(
    ("share", "seen"),
    [(Share("person", "minh"), {"lan", "minh"}), (Share("role", "analyst"), {"lan", "an"}),
     (Share("organisation", "traffic"), {"lan", "minh"}), (Share("role", "minh"), {"lan"})],
)  # fmt: skip
def test_what_is_shared_is_seen_by_whom_it_is_shared_with_until_it_is_not(office, share, seen):
    view = office.save("lan")
    office.kept.share(office.members["lan"], view, share)
    office.kept.share(office.members["lan"], view, share)
    assert office.seen(view) == seen
    office.kept.unshare(office.members["lan"], view, share)
    assert office.seen(view) == {"lan"}


def test_a_person_there_is_none_of_is_told(office):
    with pytest.raises(ValueError, match="nobody"):
        office.kept.share(office.members["lan"], office.save("lan"), Share("person", "nobody"))


def _acts(kept: Workspaces, view: int):
    return {
        "rename": lambda m: kept.rename(m, view, "x", NOW),
        "pin": lambda m: kept.pin(m, view, True),
        "remove": lambda m: kept.remove(m, view, NOW),
        "restore": lambda m: kept.restore(m, view),
        "share": lambda m: kept.share(m, view, Share("person", "hoa")),
        "unshare": lambda m: kept.unshare(m, view, Share("person", "hoa")),
        "propose": lambda m: kept.propose(m, view),
        "accept": lambda m: kept.decide(m, view, True, NOW),
        "refuse": lambda m: kept.decide(m, view, False, NOW),
    }


@pytest.mark.parametrize("act", _acts(None, 0))
@pytest.mark.parametrize("whole", [False, True])
def test_who_may_not_change_a_view_learns_nothing_of_it(office, act, whole):
    view = office.save("lan", whole=whole)
    before = office.kept.visible(office.members["lan"])
    for name in ("hoa", "minh", "an"):
        for number in (view, 999):
            with pytest.raises(KeyError):
                _acts(office.kept, number)[act](office.members[name])
    assert office.kept.visible(office.members["lan"]) == before


def test_who_does_not_see_a_view_cannot_copy_it(office):
    view = office.save("lan", whole=True)
    with pytest.raises(KeyError):
        office.kept.copy(office.members["minh"], view, NOW)
    office.kept.remove(office.members["lan"], view, NOW)
    with pytest.raises(KeyError):
        office.kept.copy(office.members["hoa"], view, NOW)


def test_only_who_edits_keeps_for_the_organisation(office):
    for name in ("hoa", "an"):
        with pytest.raises(KeyError):
            office.save(name, whole=True)


def test_what_is_taken_away_comes_back(office):
    view, lan = office.save("lan"), office.members["lan"]
    office.kept.remove(lan, view, NOW)
    assert office.seen(view) == set()
    office.kept.restore(lan, view)
    assert office.seen(view) == {"lan"}


def test_pinned_ones_stand_first(office):
    first, second = office.save("lan", "a"), office.save("lan", "b")
    office.kept.pin(office.members["lan"], second, True)
    assert [view.id for view in office.kept.visible(office.members["lan"])] == [second, first]


def test_a_copy_is_proposed_back_and_taken_over(office):
    lan, hoa = office.members["lan"], office.members["hoa"]
    view = office.save("lan", whole=True)
    copy = office.kept.copy(hoa, view, NOW)
    office.kept.rename(hoa, copy, "Đêm phố cổ, theo giờ", NOW)
    assert office.kept.proposals(lan) == []
    office.kept.propose(hoa, copy)
    ((offered, original),) = office.kept.proposals(lan)
    assert (offered.title, offered.owner, original.id) == ("Đêm phố cổ, theo giờ", "hoa", view)
    assert office.kept.proposals(hoa) == []
    office.kept.decide(lan, copy, True, NOW)
    assert {v.title for v in office.kept.visible(lan)} == {"Đêm phố cổ, theo giờ"}
    assert office.kept.proposals(lan) == []


def test_a_proposal_that_is_not_taken_changes_nothing(office):
    lan, hoa = office.members["lan"], office.members["hoa"]
    view = office.save("lan", whole=True)
    copy = office.kept.copy(hoa, view, NOW)
    office.kept.rename(hoa, copy, "x", NOW)
    office.kept.propose(hoa, copy)
    office.kept.decide(lan, copy, False, NOW)
    assert [v.title for v in office.kept.visible(lan)] == ["Đêm phố cổ"]
    with pytest.raises(KeyError):
        office.kept.decide(lan, copy, True, NOW)


def test_what_is_no_copy_is_not_proposed(office):
    with pytest.raises(KeyError):
        office.kept.propose(office.members["lan"], office.save("lan"))


@pytest.mark.parametrize("address", ["https://evil.example", "//evil.example", "kpi/DL-02", "/" + "x" * 2000, ""])
def test_an_address_of_elsewhere_is_not_kept(office, address):
    with pytest.raises(ValueError, match="address"):
        office.kept.save(office.members["lan"], "x", address, NOW)


def test_a_view_needs_a_title_and_there_is_an_end(office, monkeypatch):
    with pytest.raises(ValueError, match="title"):
        office.save("lan", " \n ")
    monkeypatch.setattr(kept_, "MOST", 2)
    office.save("lan"), office.save("lan")
    with pytest.raises(ValueError, match="full"):
        office.save("lan")
    office.save("hoa")


STEPS = st.lists(
    st.tuples(st.sampled_from(("save", "whole", "share", "unshare", "copy", "remove", "restore")),
              st.sampled_from(sorted(PEOPLE)), st.integers(1, 6),
              st.sampled_from((Share("person", "minh"), Share("role", "analyst"), Share("organisation", "culture")))),
    max_size=25,
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_is_done_a_view_is_seen_by_whom_it_belongs_to_or_was_given_to(tmp_path_factory, steps):
    """Held against a model that keeps owners and shares as plain sets."""
    office = Office(tmp_path_factory.mktemp("office"))
    owner: dict[int, tuple[str, str | None]] = {}  # view -> (kind, name)
    given_: dict[int, set[Share]] = {}
    gone: set[int] = set()

    def sees(name: str, view: int) -> bool:
        role, place = PEOPLE[name]
        mine = owner[view] in (("user", name), ("organisation", place))
        return view not in gone and (
            mine or bool(given_[view] & {Share("person", name), Share("role", role), Share("organisation", place)})
        )

    def edits(name: str, view: int) -> bool:
        place = PEOPLE[name][1]
        mine = owner[view] == ("organisation", place) and office.members[name].edits and place is not None
        return owner[view] == ("user", name) or mine

    for step, name, view, share in steps:
        member = office.members[name]
        try:
            if step in ("save", "whole", "copy"):
                allowed = view in owner and sees(name, view) if step == "copy" else True
                made = (
                    office.kept.copy(member, view, NOW) if step == "copy" else office.save(name, whole=step == "whole")
                )
                assert allowed
                owner[made] = ("organisation", PEOPLE[name][1]) if step == "whole" else ("user", name)
                given_[made] = set()
            else:
                acts = {
                    "share": lambda m=member, v=view, s=share: office.kept.share(m, v, s),
                    "unshare": lambda m=member, v=view, s=share: office.kept.unshare(m, v, s),
                    "remove": lambda m=member, v=view: office.kept.remove(m, v, NOW),
                    "restore": lambda m=member, v=view: office.kept.restore(m, v),
                }
                acts[step]()
                assert edits(name, view)
                change = {
                    "share": lambda v=view, s=share: given_[v].add(s),
                    "unshare": lambda v=view, s=share: given_[v].discard(s),
                    "remove": lambda v=view: gone.add(v),
                    "restore": lambda v=view: gone.discard(v),
                }
                change[step]()
        except KeyError:
            assert step in ("whole", "copy") or view not in owner or not edits(name, view)
    for name in PEOPLE:
        assert {v.id for v in office.kept.visible(office.members[name])} == {v for v in owner if sees(name, v)}
    office.state.close()
