"""Drafting: the numbers are the service's, in one batch, and what cannot be told is refused with its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from data.catalogue.kpi import Target
from data.kpis import status
from data.kpis.result import Presence, TargetState, Value
from data.kpis.scope import EVERYTHING, scope_of
from data.kpis.sight import Sight
from data.messages import t
from data.reports.draft import Draft, asked
from data.reports.drafting import DraftError, draft, edition, published
from data.reports.finding import cause, extremes, finding, lacking
from data.reports.period import newest, parse
from layouts import format
from layouts.documents.blocks import Annex, PageBreak, Paragraph, Table
from layouts.reports import paper
from layouts.reports.lists import alerts
from layouts.reports.story import stories
from layouts.reports.tables import bare, of_plan, rating
from tests.layouts.answers import points
from tests.reports.conftest import MORNING, laid, monthly

ACTUAL = "Thực hiện"


def heads(table: Table) -> list[str]:
    return [column.head for column in table.columns]


def test_every_number_is_the_one_the_service_gives_alone(sight: Sight, november: Draft) -> None:
    assert len(november.answers) > 50
    for query, result in november.answers.items():
        alone = sight.ask([query], sight.reader.snapshot())[0]
        assert (alone.value, alone.points, alone.parts, alone.comparison) == (
            result.value, result.points, result.parts, result.comparison,
        )  # fmt: skip


def test_a_number_counted_by_hand(november: Draft) -> None:
    assert november.of("DVC-03").value.number == pytest.approx(2 / 3)  # d1 and d5 of d1, d2, d5


def test_one_batch_fuses_its_questions(sight: Sight) -> None:
    sight.service._answers._held.clear()
    before = sight.service.statements
    made = monthly(sight)
    assert sight.service.statements - before < len(made.answers) / 2


def test_a_period_that_is_not_over_is_refused(sight: Sight) -> None:
    meant = edition(sight.catalogue, "monthly", parse("2026-12", "month"), None, "vi")
    with pytest.raises(DraftError, match=r"ends on 2027-01-01 00:00 .* choose a period that is over"):
        draft(sight, meant)


def test_what_there_is_none_of_names_what_there_is(sight: Sight) -> None:
    period = parse("2026-11", "month")
    with pytest.raises(DraftError, match=r"no report 'weakly'; known: .*monthly"):
        edition(sight.catalogue, "weakly", period, None, "vi")
    with pytest.raises(DraftError, match="no area 'hue'; known: hoi_an_city"):
        edition(sight.catalogue, "monthly", period, "hue", "vi")


def test_a_report_of_what_the_asker_may_not_see_does_not_exist(sight: Sight) -> None:
    narrow = Sight(sight.service, scope_of(sight.service.catalogue, datasets=["dossier"]))
    with pytest.raises(DraftError, match="no report 'monthly'"):
        edition(narrow.catalogue, "monthly", parse("2026-11", "month"), None, "vi")


def test_the_name_changes_with_what_goes_in_and_with_nothing_else(sight: Sight, november: Draft) -> None:
    assert monthly(sight).id == november.id
    others = {
        monthly(sight, "en").id, monthly(sight, edits={"opening": "x"}).id,
        monthly(published(sight.service, EVERYTHING)).id,
        replace(november, stamp=replace(november.stamp, snapshot=99)).id,
    }  # fmt: skip
    assert len(others | {november.id}) == 5


def test_what_lacks_names_who_owes_it(november: Draft) -> None:
    found = {lack.result.kpi.code: lack for lack in lacking(november)}
    assert "DL-32" in found  # nobody delivered the lodging of November
    assert found["DL-32"].sources
    assert "DVC-03" not in found


def test_what_does_not_apply_is_owed_by_nobody(november: Draft) -> None:
    whole = november.of("DVC-03")
    for presence, owed in ((Presence.MISSING, True), (Presence.NOT_APPLICABLE, False), (Presence.SUPPRESSED, False)):
        bare = replace(whole, value=Value(None, presence))
        made = replace(november, answers={**november.answers, whole.query: bare})
        assert ("DVC-03" in {one.result.kpi.code for one in lacking(made)}) == owed
        said = stories(made, ["DVC-03"], None, "vi")[0][1]
        assert ("đơn vị cung cấp" in said) == owed
        assert rating(bare, "vi") == t("vi", f"report.rating.{presence.value}")


def test_extremes_are_the_first_highest_and_lowest() -> None:
    high, low = extremes(points([3, 9, 1, 9, 1, 4, None, 5]))
    assert (high.value.number, low.value.number) == (9, 1)
    assert (high, low) == (points([3, 9, 1, 9, 1, 4, None, 5])[1], points([3, 9, 1, 9, 1, 4, None, 5])[2])
    assert extremes(points([3.0, 4.0])) == extremes(points([5.0] * 9)) == (None, None)


def test_a_cause_is_told_only_where_parts_add_up(november: Draft) -> None:
    whole, split = november.of("DL-02"), november.split("DL-02", "market")
    found = cause(whole, split.parts)
    if whole.comparison is None or not whole.comparison.change:
        assert found is None
    else:
        moves = [p.value.number - p.compare.number for p in split.parts if p.compare and p.compare.number is not None]
        assert found is None or abs(found.change) == max(map(abs, moves))
    assert finding(november, "DVC-03").cause is None


def test_a_question_is_asked_the_same_way_by_table_and_sentence(november: Draft) -> None:
    kpi = november.kpis["DVC-03"]
    assert november.of("DVC-03") is november.answers[asked(november.edition, kpi)]


@pytest.mark.parametrize("name", ["flood", "monthly", "morning", "quarterly", "weekly", "yearly"])
def test_every_report_of_the_pack_says_what_the_service_says(sight: Sight, name: str) -> None:
    described = sight.catalogue.reports[name]
    period = newest(described.kind, MORNING, described.cut_off)
    made = draft(sight, edition(sight.catalogue, name, period, None, "vi"))
    alone = [sight.ask([query], sight.reader.snapshot())[0] for query in made.answers]
    assert [one.value for one in alone] == [one.value for one in made.results]
    names = {kpi.name.vi: code for code, kpi in made.kpis.items()}
    tables = [block for block in laid(made).blocks if isinstance(block, Table) and ACTUAL in heads(block)[3:4]]
    assert tables
    for row in (row for block in tables for row in block.rows):
        result = made.of(names[row[1]])
        told = format.value("vi", result.kpi, result.value.number)[0]
        assert row[3].rstrip("*").split("(")[0] == ("–" if result.value.number is None else bare(told))


def test_every_report_of_the_pack_can_be_read_in_english(sight: Sight) -> None:
    for name, described in sight.catalogue.reports.items():
        period = newest(described.kind, MORNING, described.cut_off)
        made = laid(draft(sight, edition(sight.catalogue, name, period, None, "en")))
        assert made.subject and "{" not in made.subject
        assert [block for block in made.blocks if isinstance(block, Table)]


@pytest.mark.parametrize(
    ("since", "row", "notes"),
    [
        (None, "Chưa theo dõi cảnh báo trong kỳ này.", ()),
        (datetime(2026, 12, 1), "Chưa theo dõi cảnh báo trong kỳ này.", ()),
        (datetime(2026, 11, 20, 8), "Không có trong kỳ.",
         ("Cảnh báo được theo dõi từ 20/11/2026 08:00; trước đó không có ghi chép.",)),
        (datetime(2026, 10, 1), "Không có trong kỳ.", ()),
    ],
)  # fmt: skip
def test_no_alert_is_told_apart_from_nobody_looking(
    november: Draft, since: datetime | None, row: str, notes: tuple[str, ...]
) -> None:
    table = alerts(replace(november, watched_since=since, events=()), "x", "vi")
    assert table.rows[0][1] == row
    assert tuple(note.replace("\u00a0", " ") for note in table.notes) == notes


def test_a_paragraph_without_words_is_not_in_the_paper(november: Draft) -> None:
    def slots(made: Draft) -> list[str]:
        return [block.slot for block in laid(made).blocks if isinstance(block, Paragraph) and block.slot]

    whole = slots(november)
    assert slots(replace(november, edits={whole[1]: ""})) == [whole[0], *whole[2:]]


def test_an_annex_of_what_lacks_is_there_only_where_something_does(november: Draft, monkeypatch) -> None:
    [head] = [block for block in laid(november).blocks if isinstance(block, Annex)]
    assert (head.title, head.name) == ("Phụ lục", "Danh mục số liệu còn thiếu")
    said = "(Kèm theo Báo cáo số        /BC-TTĐH ngày 01 tháng 12 năm 2026 của Trung tâm điều hành đô thị)"
    assert head.attached == said
    monkeypatch.setattr(paper, "lacking", lambda draft: ())
    assert not any(isinstance(block, Annex | PageBreak) for block in laid(november).blocks)


def test_a_plan_is_reached_as_it_is_seen(november: Draft) -> None:
    """0.6604 of a plan of 0.6625 is 0.66 of 0.66 to who reads it: 100 %, and reached."""
    result = november.of("DVC-04")
    kpi = result.kpi.model_copy(update={"decimals": 2})
    held = replace(result, kpi=kpi, value=Value(0.6604), target=TargetState(0.6625, True, 1.0))
    assert of_plan(held, "vi") == "100,0%"
    assert status.target(
        kpi.model_copy(update={"target": (kpi_target(0.6625),), "direction": "up"}), Value(0.6604), MORNING, 1.0
    ).met


def kpi_target(value: float) -> Target:
    return Target.model_validate({"from": date(2026, 1, 1), "value": value})
