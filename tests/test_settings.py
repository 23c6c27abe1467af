"""Settings: defaults, refusals with a remedy, and documentation that agrees."""

import dataclasses
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.settings import SETTINGS, Settings, SettingsError, read, secret

DOCUMENT = Path(__file__).parents[1] / "docs" / "settings.md"


def test_defaults():
    assert read({"HOME": "/nowhere", "PORT": "1"}) == Settings(
        city=Path("data/cities/hoian"), store=Path("var/store"), drop=Path("var/drop"),
        state="sqlite:///var/state.db", host="127.0.0.1", port=8050, workers=2,
        threads=32, simulate=True, seed=20260101, poll=0.4, keep=20, undo="local",
        signin=False, proxies=0, secrets=Path("var/secrets"), idle=30, session=12,
        address="http://127.0.0.1:8050", archive=Path("var/reports"), budget=10.0,
    )  # fmt: skip


def test_values_are_read():
    found = read({"LANTERN_PORT": "80", "LANTERN_SIMULATE": "off", "LANTERN_POLL": "2", "LANTERN_STORE": "/srv/l"})
    assert (found.port, found.simulate, found.poll, found.store) == (80, False, 2.0, Path("/srv/l"))
    assert found.address == "http://127.0.0.1:80"  # what is printed leads to where Lantern is
    assert read({"LANTERN_PORT": "80", "LANTERN_ADDRESS": "https://ioc.example.vn"}).address == "https://ioc.example.vn"
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.port = 81


def test_what_a_city_keeps_lies_beside_its_store():
    found = read({"LANTERN_STORE": "/srv/hue/store"})
    assert (found.drop, found.state) == (Path("/srv/hue/drop"), "sqlite:////srv/hue/state.db")
    assert (found.secrets, found.archive) == (Path("/srv/hue/secrets"), Path("/srv/hue/reports"))
    beside = read({"LANTERN_STORE": "var/mine"})  # next to the demonstration's
    assert (beside.drop, beside.state) == (Path("var/mine-drop"), "sqlite:///var/mine-state.db")
    assert (beside.secrets, beside.archive) == (Path("var/mine-secrets"), Path("var/mine-reports"))


def test_what_is_set_stays_where_it_was_set():
    given = {"DROP": "/a", "STATE": "sqlite:////b.db", "SECRETS": "/c", "ARCHIVE": "/d", "STORE": "/srv/hue"}
    found = read({f"LANTERN_{name}": text for name, text in given.items()})
    assert (found.drop, found.state) == (Path("/a"), "sqlite:////b.db")
    assert (found.secrets, found.archive) == (Path("/c"), Path("/d"))


@given(st.lists(st.text("abc-./ ", min_size=1, max_size=6).filter(str.strip), min_size=2, max_size=2))
def test_two_stores_share_nothing(stores):
    one, other = (read({"LANTERN_STORE": store}) for store in stores)
    if one.store != other.store:
        assert one.drop != other.drop and one.state != other.state
        assert one.secrets != other.secrets and one.archive != other.archive


def test_everything_wrong_is_said_at_once():
    with pytest.raises(SettingsError) as error:
        read({"LANTERN_PROT": "80", "LANTERN_ZZ": "1", "LANTERN_WORKERS": "0", "LANTERN_SIMULATE": "yes"})
    assert str(error.value).splitlines() == [
        "LANTERN_PROT: no such setting; did you mean LANTERN_PORT?",
        "LANTERN_ZZ: no such setting; remove it, or see docs/settings.md",
        "LANTERN_WORKERS: '0' does not fit; write a number from 1 to 64",
        "LANTERN_SIMULATE: 'yes' does not fit; write on or off",
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("PORT", "80.0"),
        ("PORT", ""),
        ("PORT", "٣"),
        ("PORT", "9" * 5000),
        ("POLL", "nan"),
        ("POLL", "inf"),
        ("POLL", "0"),
        ("HOST", "a b"),
        ("HOST", ""),
        ("CITY", " "),
        ("KEEP", "0"),
        ("UNDO", "perhaps"),
    ],
)
def test_values_that_do_not_fit(name, text):
    with pytest.raises(SettingsError, match=f"LANTERN_{name}: .* does not fit; write "):
        read({f"LANTERN_{name}": text})


@given(st.sampled_from(SETTINGS), st.text())
def test_any_text_is_read_or_refused(setting, text):
    try:
        found = read({setting.variable: text})
    except SettingsError as error:
        assert setting.variable in str(error)
    else:
        assert isinstance(found, Settings)


def test_the_document_says_what_the_table_says():
    rows = re.findall(r"^\| `(LANTERN_\w+)` \| `(.+?)` \| (.+) \|$", DOCUMENT.read_text(encoding="utf-8"), re.M)
    assert rows == [(setting.variable, setting.default, setting.help) for setting in SETTINGS]


def test_the_table_and_the_model_hold_the_same_names():
    assert [field.name for field in dataclasses.fields(Settings)] == [s.name.lower() for s in SETTINGS]


def test_a_secret_is_a_file_nobody_else_may_read(tmp_path):
    assert secret(tmp_path, "danang") is None
    file = tmp_path / "danang"
    file.write_text("hush\n")
    file.chmod(0o640)
    with pytest.raises(SettingsError, match="chmod 600") as told:
        secret(tmp_path, "danang")
    assert "hush" not in str(told.value)
    file.chmod(0o600)
    assert secret(tmp_path, "danang") == "hush"
