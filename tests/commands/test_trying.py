"""``lantern source try``: what it prints, what it writes, how it refuses."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from commands import run
from commands.preview import BOLD, Preview
from data.catalogue import load
from data.sources.trial import propose, trial
from tests.catalogue import pack
from tests.sources.proposed import WRITTEN

TEXT = "Thời điểm;Trạm;Mực nước;Ghi chú\n" + "".join(
    f"{day:02d}/03/2026 07:00;An Hội;{day},5;{'tổng hợp dài ' * 9 if day == 3 else ''}\n" for day in range(1, 29)
)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def gauge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of a gauge, and a small pack to be the city."""
    monkeypatch.setenv("LANTERN_CITY", str(pack.write(tmp_path / "city")))
    path = tmp_path / "muc_nuoc_2026-03.csv"
    path.write_text(TEXT, "utf-8")
    return path


def test_it_says_how_the_file_is_read_and_proposes_entries(gauge, capsys):
    assert run(["source", "try", str(gauge)]) == 0
    said = capsys.readouterr().out
    assert "muc_nuoc_2026-03.csv: csv, 28 rows, 4 columns" in said
    assert "read as   encoding utf-8, delimiter ';', decimal ',', dates dmy, title_lines 0" in said
    assert "time      Thời điểm: 2026-03-01 07:00 to 2026-03-28 07:00, every 1 day for each Trạm" in said
    assert "\033" not in said
    assert "path: 'muc_nuoc_*.csv'" in said
    assert "time: thoi_diem" in said


def test_columns_stand_under_each_other(gauge):
    lines = list(Preview(io.StringIO()).lines(trial(gauge), propose(trial(gauge), WRITTEN)))
    first = next(n for n, line in enumerate(lines) if line.startswith("  column"))

    at = lines[first].index("type")
    assert [line[at:].split()[0] for line in lines[first + 1 : first + 5]] == ["timestamp", "text", "number", "text"]
    assert all(len(line) < 160 for line in lines[first : first + 5])


def test_colours_are_for_people(gauge, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    found = trial(gauge)
    made = propose(found, WRITTEN)
    assert any(BOLD in line for line in Preview(Terminal()).lines(found, made))
    monkeypatch.setenv("NO_COLOR", "1")
    assert not any("\033" in line for line in Preview(Terminal()).lines(found, made))


def test_what_it_writes_belongs_to_the_pack(gauge, tmp_path, capsys):
    city = tmp_path / "city"
    for kind in ("sources", "datasets"):
        (city / f"{kind}.yaml").rename(city / f"{kind}_.yaml")
        (city / kind).mkdir()
        (city / f"{kind}_.yaml").rename(city / kind / "known.yaml")
    assert run(["source", "try", str(gauge), "--write", str(city)]) == 0
    assert f"written: {city}/sources/muc_nuoc.yaml" in capsys.readouterr().out
    assert load(city).sources["muc_nuoc"].columns["Mực nước"] == "muc_nuoc"
    assert run(["check"]) == 0
    assert run(["source", "try", str(gauge), "--write", str(city)]) == 0
    assert "muc_nuoc_2" in load(city).datasets


def test_nothing_is_written_over(gauge, tmp_path, capsys):
    folder = tmp_path / "elsewhere"
    assert run(["source", "try", str(gauge), "--write", str(folder)]) == 0
    before = (folder / "sources" / "muc_nuoc.yaml").read_text("utf-8")
    assert run(["source", "try", str(gauge), "--write", str(folder)]) == 1
    assert "exists already" in capsys.readouterr().err
    assert (folder / "sources" / "muc_nuoc.yaml").read_text("utf-8") == before


def test_a_city_that_cannot_be_read_is_no_hindrance(gauge, monkeypatch, tmp_path):
    monkeypatch.setenv("LANTERN_CITY", str(tmp_path / "nowhere"))
    assert run(["source", "try", str(gauge)]) == 0


@pytest.mark.parametrize("text", ["", "%PDF-1.7\n", "a,b\n"])
def test_a_refusal_is_one_sentence_on_stderr(tmp_path, capsys, text):
    path = tmp_path / "f.csv"
    path.write_text(text, "utf-8")
    assert run(["source", "try", str(path)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("f.csv") and len(said.err.splitlines()) == 1 and "; " in said.err


def test_the_command_line_itself_is_checked(capsys):
    for wrong in (["source"], ["source", "try"], ["source", "take", "x"]):
        with pytest.raises(SystemExit) as left:
            run(wrong)
        assert left.value.code == 2
    with pytest.raises(SystemExit) as left:
        run(["source", "try", "--help"])
    assert left.value.code == 0
    assert "lantern source try visits.xlsx" in capsys.readouterr().out
