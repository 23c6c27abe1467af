"""A pack is read whole or refused whole: every problem with its file, line and remedy."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.catalogue import CatalogueError, load
from tests.catalogue.pack import AREAS, FILES, KPIS, line_of, write


def problems(folder):
    with pytest.raises(CatalogueError) as error:
        load(folder)
    return error.value.problems


def test_the_small_pack_loads(tmp_path):
    catalogue = load(write(tmp_path))
    assert [*catalogue.areas] == ["town", "north"]
    assert catalogue.kpi("DVC-01") is catalogue.kpi("egov.closed") is catalogue.kpis["egov.closed"]
    assert catalogue.kpi("DVC-99") is None
    assert [source.id for source in catalogue.feeding("dossier")] == ["desk"]
    assert catalogue.sources["desk"].fresh_within == 86_400
    assert catalogue.kpis["environment.level"].fresh_within == 900
    assert catalogue.boards["overview"].kpis == ("DVC-01", "environment.level")


def test_the_digest_changes_with_the_pack(tmp_path):
    first = load(write(tmp_path / "a")).digest
    assert load(write(tmp_path / "b")).digest == first
    assert load(write(tmp_path / "c", kpis=KPIS + "# remark\n")).digest != first


def test_the_city_of_the_repository_loads(pack_folder):
    catalogue = load(pack_folder)
    assert catalogue.city.timezone == "Asia/Ho_Chi_Minh"
    assert catalogue.kpis
    assert all(catalogue.feeding(dataset) for kpi in catalogue.kpis.values() for dataset in kpi.datasets)


# file, text there, text instead, what the message says, what the remedy says
BOTH = "kpi: DVC-01, span: 6}\n      - {kpi: environment.level, span: 6"
SCORES = "scorecard: %s, years: [%s], name: {vi: a, en: a}"
SPOILT = [
    ("city", "scope: town", "scope: twn", "no area 'twn'", "did you mean 'town'?"),
    ("city", "since: 2025-07-01", "since: 01/07/2025", "date", "YYYY-MM-DD"),
    ("city", "country: VN", "country: vn", "pattern", ""),
    (
        "city",
        "operator: {vi: Nhỏ, en: Small}",
        "operator: {vi: Nhỏ}",
        "operator.en: Field required",
        "add the key",
    ),
    ("areas", "parent: town", "parent: twon", "no area 'twon'", "did you mean 'town'?"),
    ("areas", "id: north", "id: North", "pattern", ""),
    ("areas", "code: N", "code: 20401", "valid string", "in quotes"),
    ("areas", "level: unit", "level: ward", "'city', 'unit' or 'locality'", "choose one"),
    ("areas", "parent: town", "parant: town", "parant: Extra inputs", "did you mean 'parent'?"),
    ("areas", "parent: town", "colour: red", "colour: Extra inputs", "correct its spelling"),
    ("kpis", "time: closed_at", "tme: closed_at", "tme: Extra inputs", "did you mean 'time'?"),
    ("kpis", "over: max", "ovr: max", "ovr: Extra inputs", "did you mean 'over'?"),
    ("kpis", "dimensions: [area, channel]", "target: [{form: 2026-01-01, value: 3}]", "form:", "did you mean 'from'?"),
    ("boards", "kpi: DVC-01, span: 6", "kpi: DVC-01, spn: 6", "spn: Extra inputs", "did you mean 'span'?"),
    ("areas", "parent: town", "becomes: [{area: town, weight: 0.5}]", "weights add up to 0.5", "add up to 1"),
    ("areas", "parent: town", "becomes: [{area: west}]", "no area 'west'", "known: north, town"),
    ("areas", "parent: town", "population: -1", "greater than or equal to 0", ""),
    ("areas", "parent: town", "population: 37.222", "valid integer", "whole number"),
    ("datasets", "key: [number]", "key: [numbr]", "key names column 'numbr'", ""),
    ("datasets", "key: [number]", "key: []", "needs a key", ""),
    ("datasets", "time: received_at", "time: fee", "must be a date or a timestamp", ""),
    ("datasets", "number: {type: text", "number: {type: string", "'text', 'integer'", "choose one"),
    ("datasets", "dimension: true", "dimension: true, area: true", "", ""),
    (
        "datasets",
        "number: {type: text",
        "number: {area: true, type: text",
        "only one column may be the area",
        "",
    ),
    (
        "datasets",
        "time: received_at",
        "time: received_at\n  derive: {wait: {hours: [received_at, x]}}",
        "names column 'x'",
        "",
    ),
    (
        "datasets",
        "time: received_at",
        "time: received_at\n  derive: {wait: {days: 3}}",
        "write one of working_days",
        "",
    ),
    (
        "datasets",
        "time: received_at",
        "time: received_at\n  rules: [[fee, between, 3]]",
        "'eq', 'ne'",
        "choose one",
    ),
    ("datasets", "time: received_at", "time: received_at\n  rules: [[fee]]", "[column, operator, value]", ""),
    ("datasets", "time: received_at", "time: received_at\n  rules: [[fee, ge]]", "ge needs a value", ""),
    (
        "datasets",
        "time: received_at",
        "time: received_at\n  rules: [[fee, is_null, 3]]",
        "takes no value",
        "",
    ),
    ("datasets", "time: received_at", "time: received_at\n  rules: [[fee, in, 3]]", "takes a list", ""),
    ("datasets", "time: received_at", "time: received_at\n  rules: [[fees, ge, 3]]", "column 'fees'", ""),
    ("sources", "dataset: dossier", "dataset: dosier", "no dataset 'dosier'", "did you mean 'dossier'?"),
    ("sources", "fresh_within: 1 day", "fresh_within: 1 fortnight", "a duration is", ""),
    ("sources", "fresh_within: 1 day", "fresh_within: 0 days", "greater than 0", ""),
    ("sources", "connector: csv", "connector: ftp", "'csv', 'xlsx'", "choose one"),
    (
        "sources",
        "connector: csv",
        "connector: csv\n  columns: {Số: number}",
        "'received_at' is not mapped",
        "map a heading",
    ),
    (
        "sources",
        "connector: csv",
        "connector: csv\n  columns: {Số: numbr}",
        "no column 'numbr'",
        "did you mean 'number'?",
    ),
    ("sources", "connector: csv", "connector: csv\n  read: {delimiter: ';;'}", "at most 1 character", ""),
    ("kpis", "count: dossier", "count: dossiers", "no dataset 'dossiers'", "did you mean 'dossier'?"),
    ("kpis", "time: closed_at", "time: close_at", "no column 'close_at'", "did you mean 'closed_at'?"),
    ("kpis", "time: closed_at", "time: fee", "'fee' is number, not date or timestamp", ""),
    (
        "kpis",
        "measure: {count: dossier",
        "measure: {cuont: dossier",
        "a measure starts with one of count",
        "",
    ),
    ("kpis", "measure: {last: gauge", "measure: {last: dossier", "", ""),
    ("kpis", "dimensions: [area, channel]", "dimensions: [area, fee]", "'fee' is no dimension", ""),
    ("kpis", "dimensions: [area, channel]", "status: {watch: 3}", "thresholds need direction", ""),
    (
        "kpis",
        "dimensions: [area, channel]",
        "direction: up\n  status: {watch: 3, alert: 5, emergency: 4}",
        "all rise or all fall",
        "",
    ),
    ("kpis", "dimensions: [area, channel]", "target: [{from: 2026, value: 3}]", "date", ""),
    ("kpis", "code: DVC-01", "code: dvc1", "pattern", ""),
    ("kpis", "code: DVC-01", "code: MT-01", "already used", "never reuse"),
    ("kpis", "id: environment.level", "id: egov.closed", "already used", "never reuse"),
    ("boards", "kpi: DVC-01", "kpi: DVC-10", "no KPI 'DVC-10'", "did you mean 'DVC-01'?"),
    ("boards", "span: 6}\n      -", "span: 5}\n      -", "row 1 spans 11 columns", ""),
    (
        "boards",
        "kpi: DVC-01",
        "chart: DVC-01",
        "a tile starts with one of kpi, map, ranking, heat, scorecard, list",
        "",
    ),
    (
        "boards",
        "kpi: DVC-01",
        "map: environment.level, name: {vi: a, en: a}",
        "'MT-01' is not told by 'area'",
        "dimensions",
    ),
    ("boards", "kpi: DVC-01", "ranking: DVC-01, by: fee, name: {vi: a, en: a}", "not told by 'fee'", "dimensions"),
    (
        "boards",
        "kpi: DVC-01",
        "ranking: DVC-01, by: area, within: nowhere, name: {vi: a, en: a}",
        "no area 'nowhere'",
        "",
    ),
    ("boards", "kpi: DVC-01", "heat: MT-99, name: {vi: a, en: a}", "no KPI 'MT-99'", ""),
    ("boards", BOTH, SCORES % ("[DVC-01, DVC-10]", 2030), "no KPI 'DVC-10'", "did you mean 'DVC-01'?"),
    ("boards", BOTH, SCORES % ("[DVC-01, DVC-01]", 2030), "DVC-01 stands twice", ""),
    ("boards", BOTH, SCORES % ("[DVC-01]", 2030), "no KPI of it has a target in 2030", "targets are set"),
    ("boards", BOTH, SCORES % ("[DVC-01]", "2030, 2025"), "earliest to the latest", ""),
    ("boards", "id: overview", "id: Over View", "pattern", ""),
]


@pytest.mark.parametrize(("file", "there", "instead", "message", "remedy"), SPOILT)
def test_a_spoilt_pack_says_where_and_what_to_do(tmp_path, file, there, instead, message, remedy):
    assert there in FILES[file]
    found = problems(write(tmp_path, **{file: FILES[file].replace(there, instead, 1)}))
    said = [p for p in found if p.file == f"{file}.yaml" and message in p.message and remedy in p.remedy]
    assert said, "\n".join(map(str, found))
    assert all(p.line >= 1 for p in found)


@pytest.mark.parametrize(
    ("file", "there", "instead"),
    [
        ("areas", "level: unit", "level: ward"),
        ("areas", "parent: town", "parant: town"),
        ("city", "scope: town", "scope: twn"),
        ("sources", "dataset: dossier", "dataset: dosier"),
        ("sources", "fresh_within: 1 day", "fresh_within: soon"),
        ("datasets", "fee: {type: number, minimum: 0}", "fee: {type: money}"),
        ("kpis", "measure: {last: gauge, of: level", "measure: {last: gauge, of: station"),
        ("kpis", "measure: {count: dossier", "measure: {cuont: dossier"),
        ("kpis", "code: DVC-01", "code: dvc1"),
    ],
)
def test_the_line_is_that_of_the_fault(tmp_path, file, there, instead):
    text = FILES[file].replace(there, instead, 1)
    found = problems(write(tmp_path, **{file: text}))
    assert line_of(text, instead) in {p.line for p in found if p.file == f"{file}.yaml"}


def test_a_problem_reads_as_file_line_entry_remedy(tmp_path):
    text = AREAS.replace("level: unit", "level: ward")
    (problem,) = (p for p in problems(write(tmp_path, areas=text)) if p.entry == "north")
    assert str(problem).startswith(f"areas.yaml:{line_of(text, 'ward')}: north: level: ")
    assert str(problem).endswith("; choose one of the values named")


def test_every_problem_is_said_at_once(tmp_path):
    spoilt = {
        "areas": AREAS.replace("level: unit", "level: ward"),
        "kpis": KPIS.replace("unit: {vi: m, en: m}", "unit: {vi: m}").replace("DVC-01", "dvc"),
        "boards": "a: &x 1\n",
        "sources": "no list here\n",
    }
    found = problems(write(tmp_path, **spoilt))
    assert {p.file for p in found} >= {"areas.yaml", "kpis.yaml", "boards.yaml", "sources.yaml"}
    assert found == sorted(found)
    assert {p.entry for p in found if p.file == "kpis.yaml"} == {"egov.closed", "environment.level"}


def test_what_names_a_broken_entry_is_not_complained_of(tmp_path):
    text = KPIS.replace("dimensions: [area, channel]", "direction: up\n  status: {wach: 98}")
    (problem,) = problems(write(tmp_path, kpis=text))  # the board names it
    assert (problem.entry, problem.line) == ("egov.closed", line_of(text, "wach"))
    assert problem.message.startswith("status.wach: Extra inputs")
    assert problem.remedy == "did you mean 'watch'?"
    boards = FILES["boards"].replace("environment.level", "MT-02")
    assert {p.message for p in problems(write(tmp_path, kpis=text, boards=boards))} >= {"no KPI 'MT-02'"}


def test_what_names_something_in_a_broken_file_is_not_complained_of(tmp_path):
    (problem,) = problems(write(tmp_path, datasets="- id: [\n"))
    assert (problem.file, problem.entry) == ("datasets.yaml", "file")


def test_entries_may_stand_in_a_folder_of_files(tmp_path):
    write(tmp_path)
    (tmp_path / "kpis").mkdir()
    (tmp_path / "kpis" / "more.yaml").write_text(KPIS, encoding="utf-8")
    found = problems(tmp_path)
    assert [p.file for p in found] == ["kpis/more.yaml", "kpis/more.yaml"]
    (tmp_path / "kpis.yaml").unlink()
    assert len(load(tmp_path).kpis) == 2


def test_a_folder_without_a_city(tmp_path):
    (problem,) = problems(tmp_path / "nowhere")
    assert (problem.file, problem.remedy) == ("city.yaml", "create it")


def test_the_catalogue_is_frozen(tmp_path):
    catalogue = load(write(tmp_path))
    with pytest.raises(ValueError, match="frozen"):
        catalogue.areas["north"].code = "X"


WORDS = st.sampled_from(
    [
        "- id: x",
        "name: {vi: a, en: b}",
        "[",
        "]",
        "}",
        ": ",
        "\n",
        "  ",
        "2025-07-01",
        "null",
        "true",
        "1e999",
        "-",
        "measure: {ratio: {of: {sum: [",
        '"\\ud800"',
        "9" * 40,
        "rows: [[",
        "code: DVC-01",
        "~",
        "!!set",
    ]
)
GARBAGE = st.one_of(st.text(), st.lists(WORDS, max_size=25).map("".join))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from([*FILES]), GARBAGE, st.booleans())
def test_any_garbage_is_refused_or_loaded(tmp_path, file, garbage, appended):
    text = FILES[file] + garbage if appended else garbage
    try:
        load(write(tmp_path, **{file: text}))
    except CatalogueError as error:
        assert error.problems


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from([*FILES]), st.data())
def test_any_line_may_be_lost_or_repeated(tmp_path, file, data):
    lines = FILES[file].splitlines()
    index = data.draw(st.integers(0, len(lines) - 1))
    times = data.draw(st.sampled_from([0, 2]))
    text = "\n".join(lines[:index] + lines[index : index + 1] * times + lines[index + 1 :])
    try:
        load(write(tmp_path, **{file: text}))
    except CatalogueError as error:
        assert all(problem.file.endswith(".yaml") and problem.message for problem in error.problems)
