"""Areas before and after the merger, what an asker may see, filters and breakdowns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from data.calendar.period import Grain, Period
from data.kpis.query import Compare, KpiQuery
from data.kpis.result import Break, KpiResult, Mark, Presence
from data.kpis.scope import EVERYTHING, Scope
from data.kpis.service import KpiService
from tests.kpis.delivered import city
from tests.kpis.november import NOVEMBER, at, dossier

BEFORE, AFTER = datetime(2025, 6, 10, 9), datetime(2025, 7, 10, 9)
DUE = datetime(2025, 12, 31)
YEAR_2025 = Period(datetime(2025, 1, 1), datetime(2026, 1, 1))
JUNE = Period(datetime(2025, 6, 1), datetime(2025, 7, 1))
NOVEMBER_2026 = Period(at(1), at(24, 19, 42))
# code 20410 is Sơn Phong Ward until June 2025 and Hội An Ward from July on
MERGER = [
    *(dossier(f"a{n}", BEFORE, DUE, area="20410") for n in range(3)),
    *(dossier(f"b{n}", BEFORE, DUE, area="20398") for n in range(2)),
    dossier("c", BEFORE, DUE, area="20413"),
    *(dossier(f"d{n}", AFTER, DUE, area="20410") for n in range(100)),
    *(dossier(f"e{n}", AFTER, DUE, area="20434") for n in range(4)),
]


@pytest.fixture(scope="module")
def merger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KpiService]:
    service, writer = city(tmp_path_factory.mktemp("merger"), {"dossiers": MERGER})
    yield service
    writer.close()


def ask(service: KpiService, code: str, period: Period, scope: Scope = EVERYTHING, **more: object) -> KpiResult:
    return service.ask([KpiQuery(code, period, **more)], scope)[0]  # type: ignore[arg-type]


def parts(result: KpiResult) -> dict[str, float | None]:
    return {part.key: part.value.number for part in result.parts}


def test_the_new_units_hold_what_was_recorded_in_the_old_exactly(merger: KpiService) -> None:
    result = ask(merger, "DVC-01", YEAR_2025, by="area")
    assert parts(result) == {"hoi_an": 105, "hoi_an_dong": 1, "hoi_an_tay": 0, "tan_hiep": 4}
    assert result.value.number == 110
    assert Mark.ESTIMATED not in result.marks
    assert result.breaks == (Break(datetime(2025, 7, 1), "break.areas"),)


def test_a_period_before_the_merger_is_told_in_the_units_of_today(merger: KpiService) -> None:
    assert parts(ask(merger, "DVC-01", JUNE, by="area")) == {
        "hoi_an": 5, "hoi_an_dong": 1, "hoi_an_tay": 0, "tan_hiep": 0,
    }  # fmt: skip


def test_the_old_units_hold_a_share_of_the_new_and_the_total_stays(merger: KpiService) -> None:
    result = ask(merger, "DVC-01", YEAR_2025, by="area", old_areas=True)
    shares = {"minh_an": 2 + 17, "cam_pho": 30, "son_phong": 3 + 19, "cam_nam": 21, "cam_kim": 13}
    assert {key: number for key, number in parts(result).items() if number} == pytest.approx(
        {**shares, "cam_chau": 1, "tan_hiep_2008": 4}
    )
    assert len(result.parts) == 13
    assert sum(number or 0 for number in parts(result).values()) == pytest.approx(110)
    assert Mark.ESTIMATED in result.marks


def test_only_what_is_shared_out_is_an_estimate(merger: KpiService) -> None:
    estimated = {
        area: Mark.ESTIMATED in ask(merger, "DVC-01", YEAR_2025, area=area, old_areas=True).marks
        for area in ("minh_an", "tan_hiep_2008", "hoi_an_city")
    }
    assert estimated == {"minh_an": True, "tan_hiep_2008": False, "hoi_an_city": False}
    june = ask(merger, "DVC-01", JUNE, area="minh_an", old_areas=True)
    assert (june.value.number, Mark.ESTIMATED in june.marks) == (2, False)
    year = ask(merger, "DVC-01", YEAR_2025, area="minh_an", old_areas=True)
    assert (year.value.number, year.points[0].estimated) == (pytest.approx(19), True)


def test_the_city_is_the_whole(merger: KpiService) -> None:
    assert ask(merger, "DVC-01", YEAR_2025, area="hoi_an_city").value.number == 110


def test_a_locality_counts_to_its_ward(november: KpiService) -> None:
    assert ask(november, "DL-02", NOVEMBER_2026, area="hoi_an").value.number == 190
    assert ask(november, "DL-02", NOVEMBER_2026, area="chua_cau").value.number == 60
    assert parts(ask(november, "DL-02", NOVEMBER_2026, by="area")) == {
        "hoi_an": 190, "hoi_an_dong": 0, "hoi_an_tay": 0, "tan_hiep": 0,
    }  # fmt: skip
    inside = ask(november, "DL-02", NOVEMBER_2026, area="hoi_an", by="area")
    assert parts(inside) == {"chua_cau": 60, "tran_phu": 65, "bach_dang": 5, "an_hoi": 0, "cho": 60}


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("DVC-01", 6),  # a count: five received in Hội An, d4 in Hội An Đông
        ("DVC-18", 4 / 6),  # a ratio: d1, d2, d3 and d7 digitised of those six; the mean of the two shares is 0.4
        ("DVC-13", 15),  # a median: 2, 6 and 24 hours in Hội An, 60 in Hội An Đông; that of the medians is 33
        ("DVC-19", 4),  # distinct: A twice, B twice and F in Hội An, C in Hội An Đông
        ("DVC-04", 4),  # open now: d3, d7 and d8 in Hội An, d4 in Hội An Đông
    ],
)
def test_areas_asked_together_are_one_place(november: KpiService, code: str, number: float) -> None:
    result = ask(november, code, NOVEMBER_2026, area="hoi_an", joined=("hoi_an_dong",))
    assert result.value.number == pytest.approx(number)
    turned = ask(november, code, NOVEMBER_2026, area="hoi_an_dong", joined=("hoi_an",))
    assert turned.value.number == pytest.approx(number)


def test_a_row_that_counts_towards_two_of_the_areas_counts_once(november: KpiService) -> None:
    """What Hội An Ward records is shared by Minh An and Cẩm Phô of old: 2, 6, 24 hours once, 60 of Cẩm Châu."""
    old = ask(november, "DVC-13", NOVEMBER_2026, area="minh_an", joined=("cam_pho", "cam_chau"), old_areas=True)
    assert old.value.number == pytest.approx(15)


def test_shares_that_make_a_whole_are_no_estimate(merger: KpiService) -> None:
    five = ("cam_kim", "cam_nam", "cam_pho", "minh_an", "son_phong")
    whole = ask(merger, "DVC-01", YEAR_2025, area=five[0], joined=five[1:], old_areas=True)
    assert (whole.value.number, whole.points[0].estimated) == (pytest.approx(105), False)
    two = ask(merger, "DVC-01", YEAR_2025, area="cam_kim", joined=("cam_pho",), old_areas=True)
    assert (two.value.number, two.points[0].estimated) == (pytest.approx(13 + 30), True)
    people = ask(merger, "DVC-19", YEAR_2025, area=five[0], joined=five[1:], old_areas=True)
    assert people.value.number == 105


def test_rows_and_parts_of_areas_asked_together_are_those_of_each(november: KpiService) -> None:
    both = KpiQuery("DVC-01", NOVEMBER_2026, area="hoi_an", joined=("hoi_an_dong",))
    assert november.rows(both).total == 6
    inside = ask(november, "DL-02", NOVEMBER_2026, area="hoi_an", joined=("tan_hiep",), by="area")
    assert parts(inside).items() >= {"chua_cau": 60, "tran_phu": 65}.items()
    channels = ask(november, "DVC-01", NOVEMBER_2026, area="hoi_an", joined=("hoi_an_dong",), by="channel")
    assert {key: number for key, number in parts(channels).items() if number} == {"counter": 2, "online": 3, "post": 1}


WARD = Scope(areas=frozenset({"hoi_an_dong"}), small=True)


def test_an_asker_sees_only_their_areas(november: KpiService) -> None:
    """d4 is the only dossier of Hội An Đông: open and overdue."""
    result = ask(november, "DVC-01", NOVEMBER_2026, WARD, by="area")
    assert result.value.number == 1
    assert parts(result) == {"hoi_an_dong": 1}
    assert [point.at for point in result.points if point.value.number] == [at(10)]
    assert ask(november, "DVC-04", NOVEMBER_2026, WARD).value.number == 1
    assert ask(november, "DVC-19", NOVEMBER_2026, WARD).value.number == 1
    assert ask(november, "HT-21", NOVEMBER_2026, WARD).value.number == 1
    assert ask(november, "DVC-01", NOVEMBER_2026, WARD, area="hoi_an").value.presence is Presence.NOT_APPLICABLE
    page = november.rows(KpiQuery("DVC-01", NOVEMBER_2026), WARD)
    assert (page.total, page.rows[0][0]) == (1, "d4")


def test_who_may_see_nothing_is_told_nothing(november: KpiService) -> None:
    nobody = Scope(areas=frozenset())
    assert ask(november, "DVC-01", NOVEMBER_2026, nobody).value.number == 0
    assert november.rows(KpiQuery("DVC-01", NOVEMBER_2026), nobody).total == 0


def test_answers_of_one_asker_are_not_given_to_another(november: KpiService) -> None:
    scopes = [EVERYTHING, WARD, EVERYTHING, WARD]
    assert [ask(november, "DVC-01", NOVEMBER_2026, scope).value.number for scope in scopes] == [7, 1, 7, 1]


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ((("channel", ("online",)),), 3),
        ((("channel", ("online", "post")),), 4),
        ((("channel", ("online",)), ("field", ("land",))), 1),
        ((("field", ("heritage",)),), 0),
        ((("field", ()),), 0),
    ],
)
def test_filters_must_all_hold(
    november: KpiService, filters: tuple[tuple[str, tuple[str, ...]], ...], count: float
) -> None:
    assert ask(november, "DVC-01", NOVEMBER_2026, filters=filters).value.number == count


def test_a_breakdown_has_every_value_in_the_order_of_the_pack(november: KpiService) -> None:
    result = ask(november, "DVC-03", NOVEMBER_2026, by="channel", compare=Compare.PREVIOUS)
    assert parts(result) == {"online": 1, "counter": 0.5, "post": None}
    assert [part.label.en for part in result.parts] == ["Online", "Counter", "Post"]
    assert result.value.number == pytest.approx(2 / 3)


def test_each_part_is_held_against_its_own_past(november: KpiService) -> None:
    week = Period(at(9), at(9) + timedelta(days=7))
    result = ask(november, "DVC-01", week, by="channel", compare=Compare.PREVIOUS, grain=Grain.WEEK)
    compared = {part.key: (part.value.number, part.compare and part.compare.number) for part in result.parts}
    assert compared == {"online": (0, 2), "counter": (0, 1), "post": (1, 0)}


def test_an_unknown_kpi_is_said_to_be_unknown(november: KpiService) -> None:
    with pytest.raises(KeyError, match="XX-99"):
        ask(november, "XX-99", NOVEMBER_2026)
    assert set(NOVEMBER) < set(november.catalogue.sources)
