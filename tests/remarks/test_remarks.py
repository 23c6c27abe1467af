"""Remarks in the state: who sees what, how much is kept, and what reports may print."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest

from data.accounts import Accounts
from data.kpis.scope import Scope
from data.remarks.remark import Wording
from data.remarks.remarks import MOST, Author, Remarks
from tests.state.fresh import fresh

NOW = datetime(2026, 11, 24, 8, 0)
KPI = "tourism.visits"
DAY = date(2026, 11, 13)


@pytest.fixture
def state(tmp_path):
    opened = fresh(tmp_path / "state.db")
    yield opened
    opened.close()


@pytest.fixture
def people(state) -> dict[str, Author]:
    accounts = Accounts(state)
    made = {}
    for name, organisation in (("lan", "so_a"), ("minh", "so_a"), ("tam", "so_b"), ("free", None)):
        made[name] = Author(accounts.add(name, name.title(), ["analyst"], NOW, None, organisation=organisation))
    return made


def said(text: str = "Lũ", audience: str = "everybody", first: date = DAY, last: date = DAY, area: str | None = None):
    return Wording(text, first, last, area, audience)  # type: ignore[arg-type]


def texts(remarks: Remarks, author: Author) -> list[str]:
    return [one.wording.text for one in remarks.of(author, KPI, NOW)]


def test_a_remark_of_one_organisation_is_never_seen_by_another(state, people):
    remarks = Remarks(state)
    for name, author in people.items():
        for audience in ("own", "organisation") if author.organisation else ("own",):
            remarks.write(author, KPI, said(f"{name} {audience}", audience), NOW)
    assert set(texts(remarks, people["lan"])) == {"lan own", "lan organisation", "minh organisation"}
    assert set(texts(remarks, people["tam"])) == {"tam own", "tam organisation"}
    assert set(texts(remarks, people["free"])) == {"free own"}
    assert texts(remarks, Author()) == [], "nor in a demonstration of the same state"


def test_whatever_everybody_may_read_anew_is_another_revision(state, people):
    remarks, lan = Remarks(state), people["lan"]
    seen = [remarks.revision()]
    first = remarks.write(lan, KPI, said(), NOW)
    seen.append(remarks.revision())
    for n, act in enumerate((
        lambda at: remarks.write(lan, KPI, said("Cầu đóng"), NOW),
        lambda at: remarks.change(lan, KPI, first, said("Lũ lớn"), at),
        lambda at: remarks.remove(lan, KPI, first, at),
        lambda at: remarks.undo(lan, KPI, first, at),
        lambda at: remarks.change(lan, KPI, first, said("Lũ lớn", "own"), at),
    ), start=1):  # fmt: skip
        act(NOW + timedelta(seconds=n))
        seen.append(remarks.revision())
    assert all(before != after for before, after in pairwise(seen)), seen
    remarks.write(lan, KPI, said("riêng", "own"), NOW + timedelta(hours=1))
    assert remarks.revision() == seen[-1], "what one writes for oneself wakes nobody"


def test_who_moves_to_another_organisation_leaves_its_remarks_there(state, people):
    remarks = Remarks(state)
    remarks.write(people["lan"], KPI, said("của sở A", "organisation"), NOW)
    moved = Author(people["tam"].user)
    assert texts(remarks, moved) == []
    assert texts(remarks, people["minh"]) == ["của sở A"]


def test_what_a_demonstration_wrote_is_not_seen_by_who_signs_in(state, people):
    remarks = Remarks(state)
    remarks.write(Author(), KPI, said("thử"), NOW)
    assert texts(remarks, Author()) == ["thử"] and texts(remarks, people["lan"]) == []


@pytest.mark.parametrize("audience", ["own", "organisation"])
def test_nobody_writes_for_an_audience_they_do_not_have(state, people, audience):
    with pytest.raises(ValueError, match="audience"):
        Remarks(state).write(Author(), KPI, said(audience=audience), NOW)
    with pytest.raises(ValueError, match="audience"):
        Remarks(state).write(people["free"], KPI, said(audience="organisation"), NOW)


def test_an_area_outside_the_sight_of_its_author_is_none_to_write_about(state, people):
    ward = Author(people["lan"].user, Scope(areas=frozenset({"hoi_an"})))
    remarks = Remarks(state)
    with pytest.raises(KeyError):
        remarks.write(ward, KPI, said(area="tan_hiep"), NOW)
    remarks.write(people["tam"], KPI, said("đảo", area="tan_hiep"), NOW)
    remarks.write(people["tam"], KPI, said("phường", area="hoi_an"), NOW)
    assert texts(remarks, ward) == ["phường"]


def test_a_report_has_what_is_for_everybody_in_its_days_of_its_kpis(state, people):
    remarks = Remarks(state)
    lan = people["lan"]
    remarks.write(lan, KPI, said("trước", first=date(2026, 10, 1), last=date(2026, 10, 31)), NOW)
    remarks.write(lan, KPI, said("sang tháng", first=date(2026, 10, 30), last=date(2026, 11, 1)), NOW)
    remarks.write(lan, KPI, said("trong"), NOW)
    remarks.write(lan, KPI, said("riêng", "organisation"), NOW)
    remarks.write(lan, "egov.other", said("số khác"), NOW)
    gone = remarks.write(lan, KPI, said("bỏ"), NOW)
    remarks.remove(lan, KPI, gone, NOW)
    found = remarks.public(people["tam"].scope, True, [KPI, "x.y"], date(2026, 11, 1), date(2026, 11, 30))
    assert {kpi: [one.wording.text for one in held] for kpi, held in found.items()} == {KPI: ["sang tháng", "trong"]}


def test_there_is_an_end_to_what_one_author_leaves_on_one_kpi(state, people):
    remarks = Remarks(state)
    with state.writing() as connection:
        row = "INSERT INTO remarks (kpi, user_id, organisation, audience, first, last, text, written_at, changed_at)"
        values = f"VALUES ('{KPI}', {people['lan'].user.id}, '', 'own', '2026-11-01', '2026-11-01', 'x', "
        for _ in range(MOST):
            connection.exec_driver_sql(f"{row} {values} '2026-11-01 00:00:00.000000', '2026-11-01 00:00:00.000000')")
    with pytest.raises(ValueError, match="full"):
        remarks.write(people["lan"], KPI, said(), NOW)
    remarks.write(people["minh"], KPI, said(), NOW)


def test_undo_of_what_was_never_changed_is_none(state, people):
    remarks = Remarks(state)
    number = remarks.write(people["lan"], KPI, said(), NOW)
    with pytest.raises(KeyError):
        remarks.undo(people["lan"], KPI, number, NOW)
    with pytest.raises(KeyError):
        remarks.remove(people["lan"], "egov.other", number, NOW)
