"""Papers: drafted, checked and issued by name; what was issued is what was kept; edits hold while their base does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from commands import run
from data.kpis.result import MISSING, Value
from data.kpis.sight import Sight
from data.reports.change import same
from data.reports.changes import changes
from data.reports.draft import Draft
from data.reports.drafting import again
from data.reports.note import Note
from data.reports.papers import PaperError, Papers
from data.reports.record import Edit, held
from tests.state.fresh import fresh

NOW = datetime(2026, 12, 2, 9, 0)
RULES = "the rules'"
FILES = {"pdf": b"%PDF one", "docx": b"PK two"}


@pytest.fixture
def papers(tmp_path: Path) -> Iterator[Papers]:
    state = fresh(tmp_path / "state.db")
    yield Papers(state, tmp_path / "archive")
    state.close()


def issued(papers: Papers, made: Draft):
    record = papers.draft(made, "lan", NOW)
    papers.check(record.id, "hoa", NOW)
    return papers.issue(record.id, made, FILES, "minh", NOW)


def test_a_paper_is_drafted_checked_and_issued_by_name(papers: Papers, november: Draft) -> None:
    record = papers.draft(november, "lan", NOW)
    assert papers.draft(november, "hoa", NOW).id == record.id  # one draft of an edition at a time
    with pytest.raises(PaperError):
        papers.issue(record.id, november, FILES, "lan", NOW)
    found = issued(papers, november)
    assert (found.made.by, found.checked.by, found.issued.by) == ("lan", "hoa", "minh")
    assert {kind: papers.content(found, kind) for kind in FILES} == FILES
    for act in (lambda: papers.edit(found.id, {"opening": "x"}, {"opening": "y"}), lambda: papers.reopen(found.id)):
        with pytest.raises(PaperError):
            act()
    assert papers.draft(november, "lan", NOW).id != found.id


def test_a_file_is_known_by_its_bytes(papers: Papers, november: Draft) -> None:
    found = issued(papers, november)
    assert papers.issued_as(FILES["pdf"]) == (found, "pdf")
    assert papers.issued_as(FILES["pdf"] + b" ") is None
    papers.path(found.name, "pdf").write_bytes(b"another")
    with pytest.raises(PaperError):
        papers.content(found, "pdf")


def test_papers_are_found_by_words(papers: Papers, november: Draft) -> None:
    found = issued(papers, november)
    assert [one.id for one in papers.all("2026-11")] == [one.id for one in papers.all("minh")] == [found.id]
    assert papers.all("hue") == papers.all("", report="weekly") == []


def test_edits_stand_while_the_rules_say_what_they_were_written_over(papers: Papers, november: Draft) -> None:
    record = papers.draft(november, "lan", NOW)
    papers.edit(record.id, {"opening": "Our words", "closing": "other words"}, {"opening": RULES, "closing": "the end"})
    edits = papers.paper(record.id).edits
    assert edits["opening"] == Edit("Our words", RULES)
    assert held(edits, {"opening": RULES, "closing": "another end"}) == ({"opening": "Our words"}, ("closing",))
    papers.edit(record.id, {"opening": RULES, "closing": " "}, {"opening": RULES, "closing": "the end"})
    assert papers.paper(record.id).edits == {"closing": Edit("", "the end")}, "empty words are words: none"


def test_a_revision_begins_with_the_words_that_were_issued(papers: Papers, november: Draft) -> None:
    record = papers.draft(november, "lan", NOW)
    papers.edit(record.id, {"opening": "Our words"}, {"opening": RULES})
    issued(papers, november)
    revision = papers.draft(november, "hoa", NOW)
    assert revision.id != record.id and revision.edits == {"opening": Edit("Our words", RULES)}


def test_a_paper_is_asked_again_as_it_was(papers: Papers, sight: Sight, november: Draft) -> None:
    made = again(sight, issued(papers, november))
    assert made.id == november.id
    assert changes(sight, made) == []


LATE = Note("egov.received", date(2026, 11, 13), date(2026, 11, 16), None, "Lũ, nghỉ tiếp dân", "Lan", NOW)


def test_notes_are_part_of_what_a_paper_is_made_from(papers: Papers, sight: Sight, november: Draft) -> None:
    noted = replace(november, notes=(LATE,))
    assert noted.id != november.id
    assert replace(november, notes=(replace(LATE, text="x"),)).id != noted.id
    record = papers.draft(noted, "lan", NOW)
    assert record.notes == (LATE,)
    assert again(sight, record).id == noted.id, "whatever is written or taken away since"
    papers.renew(record.id, record.snapshot, (replace(LATE, text="Nói lại"),))
    assert [note.text for note in papers.paper(record.id).notes] == ["Nói lại"]


def test_missing_is_another_thing_than_zero() -> None:
    assert not same(MISSING, Value(0.0)) and same(MISSING, MISSING) and not same(Value(1.0), Value(1.1))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nope"], "there is no report 'nope'; known: "),
        (["monthly", "--period", "2026-13"], "'2026-13' is no month; write one as 2026-10"),
        (["monthly", "--period", "2026-12"], "choose a period that is over"),
        (["monthly", "--period", "2026-11", "--area", "hue"], "there is no area 'hue'"),
        (["monthly", "--period", "2026-11", "--format", "odt"], "there is no format 'odt'; known: pdf, docx"),
        (["monthly", "--period", "2026-11", "--out", "/nowhere"], "there is no folder /nowhere; create it"),
        (["verify", "/nowhere.pdf"], "name the file to look at"),
        (["verify", __file__], "was not issued here, or was changed since"),
    ],
)
def test_what_cannot_be_done_is_said(
    words: list[str],
    said: str,
    sight: Sight,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture,
) -> None:
    monkeypatch.setenv("LANTERN_STORE", str(sight.reader.store))
    monkeypatch.setenv("LANTERN_STATE", f"sqlite:///{tmp_path}/state.db")
    monkeypatch.chdir(Path(__file__).parents[2])
    assert run(["report", *words]) == 1
    assert said in capsys.readouterr().err
    assert not list(tmp_path.glob("*.pdf"))
