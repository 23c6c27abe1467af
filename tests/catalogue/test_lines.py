"""YAML as a person means it: words stay words, bombs are refused, every value knows its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.catalogue.lines import MAX_BYTES, YamlError, parse, read


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("off", "off"),
        ("NO", "NO"),
        ("y", "y"),
        ("True", "True"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ('"true"', "true"),
        ("'12'", "12"),
        ("12", 12),
        ("-3", -3),
        ("+4", 4),
        ("012", 12),
        ("0x1f", "0x1f"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        ("1.50", 1.5),
        (".5", 0.5),
        ("2.", 2.0),
        ("1e3", 1000.0),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("12:30", "12:30"),
        ("1:30:00", "1:30:00"),
        ("2025-07-01", "2025-07-01"),
        ("2025-07-01 10:00", "2025-07-01 10:00"),
        ("3,5", "3,5"),
        ("!!int 7", 7),
        ("!!python/name:os.system x", "x"),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_scalars(text, value):
    found = parse(f"key: {text}").value["key"]
    assert found == value
    assert type(found) is type(value)


def test_norway_keeps_its_name():
    assert parse("countries: [se, no, dk]").value == {"countries": ["se", "no", "dk"]}
    assert parse("no: Norway").value == {"no": "Norway"}


def test_empty_text_has_no_value():
    assert parse("").value is None
    assert parse("# only a remark\n").value is None


def test_lines():
    lined = parse("a: 1\nb:\n  - c: x\n    d: y\n\n  - {c: z}\n")
    assert lined.line(("a",)) == 1
    assert lined.line(("b",)) == 2
    assert lined.line(("b", 0, "d")) == 4
    assert lined.line(("b", 1, "c")) == 6
    assert lined.line(("b", 1, "missing")) == 6
    assert lined.line(("nowhere",)) == 1


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: 1\nb: &x [1]\n", 2, "anchors and aliases"),
        ("a: *x\n", 1, "anchors and aliases"),
        ("a: &x x\nb: [*x, *x]\n", 1, "anchors and aliases"),
        ("a: 1\nb: 2\na: 3\n", 3, "key 'a' stands twice"),
        ("a: 1\n? [1, 2]\n: x\n", 2, "a key must be a word"),
        ("a: 1\n\tb: 2\n", 2, "check indentation"),
        ("a: [1, 2\nb: 3\n", 2, "check indentation"),
        ("a: 'open\n", 2, "check indentation"),
        ("a: 1\n---\nb: 2\n", 2, "keep one in a file"),
        ("a: \x00", 1, "check indentation"),
        ("[" * 5000, 1, "nested more than"),
        ("a: " + "{b: " * 100 + "1" + "}" * 100, 1, "nested more than"),
    ],
)
def test_refused(text, line, message):
    with pytest.raises(YamlError, match=message) as error:
        parse(text)
    assert error.value.line == line


def test_billion_laughs_is_refused_before_it_unfolds():
    rows = ["a0: &a0 [lol, lol]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    with pytest.raises(YamlError, match="anchors"):
        parse("\n".join(rows))


def test_files(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_bytes("a: Hội An".encode("utf-16"))
    with pytest.raises(YamlError, match="UTF-8"):
        read(path)
    path.write_text("a" * (MAX_BYTES + 1))
    with pytest.raises(YamlError, match="larger than 4 MB"):
        read(path)
    path.write_text("a: Hội An", encoding="utf-8")
    assert read(path).value == {"a": "Hội An"}


PIECES = st.sampled_from(
    [
        "a",
        ":",
        " ",
        "\n",
        "-",
        "[",
        "]",
        "{",
        "}",
        "&",
        "*",
        "!",
        "|",
        ">",
        '"',
        "'",
        "?",
        "%",
        "\t",
        "1",
        "#",
        ",",
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join)))
def test_any_text_is_a_value_or_an_error(text):
    try:
        parse(text)
    except YamlError as error:
        assert error.line >= 1
        assert error.message
