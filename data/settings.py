"""What the operator decides, read once from the environment: ``LANTERN_PORT=80 lantern run``.

The table below is the only list of settings; `read` refuses a name it does not hold, because a
misspelt setting that silently does nothing is worse than a refusal to start.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from data.catalogue import Catalogue

PREFIX = "LANTERN_"
WORDS = {"on": True, "off": False}


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable: its default as text, what it is for, and how its text becomes a value."""

    name: str
    default: str
    help: str
    parse: Callable[[str], Any]
    remedy: str

    @property
    def variable(self) -> str:
        """Name of the environment variable."""
        return PREFIX + self.name


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, with their defaults where the environment says nothing."""

    city: Path
    store: Path
    drop: Path
    state: str
    host: str
    port: int
    workers: int
    threads: int
    simulate: bool
    seed: int
    poll: float
    keep: int
    undo: str
    signin: bool
    proxies: int
    secrets: Path
    idle: int
    session: int
    address: str
    archive: Path
    budget: float


class SettingsError(Exception):
    """Settings that cannot be used; the message has one line for each, with a remedy."""


def _path(text: str) -> Path:
    if not text.strip() or "\0" in text:
        raise ValueError
    try:
        return Path(text).expanduser()
    except RuntimeError as error:  # ~name where nobody has that name
        raise ValueError from error


def _word(text: str) -> str:
    if not text or any(letter.isspace() for letter in text):
        raise ValueError
    return text


def _whole(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not low <= int(text[:12]) <= high:
            raise ValueError
        return int(text)

    return parse


def _seconds(text: str) -> float:
    number = float(text)
    if not isfinite(number) or not 0.05 <= number <= 3600:
        raise ValueError
    return number


def _switch(text: str) -> bool:
    if text not in WORDS:
        raise ValueError
    return WORDS[text]


def _choice(*words: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in words:
            raise ValueError
        return text

    return parse


SETTINGS: tuple[Setting, ...] = (
    Setting("CITY", "data/cities/hoian", "Folder of the city's pack.", _path, "write a folder"),
    Setting("STORE", "var/store",
            "Folder of the lake and the snapshots.", _path, "write a folder"),
    Setting("DROP", "var/drop", "Folder where sources leave their files.", _path, "write a folder"),
    Setting("STATE", "sqlite:///var/state.db",
            "Database of accounts, sessions and the audit trail, as a URL.", _word,
            "write a URL, such as sqlite:///var/state.db"),
    Setting("HOST", "127.0.0.1",
            "Address to listen on; 0.0.0.0 for every network.", _word, "write an address"),
    Setting("PORT", "8050", "Port to listen on.", _whole(0, 65535), "write a number from 0 to 65535"),
    Setting("WORKERS", "2", "Web processes.", _whole(1, 64), "write a number from 1 to 64"),
    Setting("THREADS", "32", "Threads of each web process; whoever listens to a stream holds none.", _whole(1, 512),
            "write a number from 1 to 512"),
    Setting("SIMULATE", "on",
            "Whether made-up data, marked as such, is delivered for a demonstration.", _switch,
            "write on or off"),
    Setting("SEED", "20260101",
            "Seed of the simulation; the same seed gives the same city.", _whole(0, 2**31 - 1),
            "write a whole number from 0 to 2147483647"),
    Setting("POLL", "0.4", "Seconds between two looks for new files and new snapshots.", _seconds,
            "write seconds from 0.05 to 3600"),
    Setting("KEEP", "20", "Snapshots kept to answer \"as known at\" at once.", _whole(1, 10_000),
            "write a number from 1 to 10000"),
    Setting("UNDO", "local",
            "Who may take a load back on the page of its source, and write remarks in a demonstration: a browser on "
            "this machine, everyone who reaches the page (then a proxy has to ask who it is), or nobody.",
            _choice("local", "on", "off"),
            "write local, on or off"),
    Setting("SIGNIN", "off",
            "Whether a demonstration on this machine asks for a sign-in; every other city always does.", _switch,
            "write on or off"),
    Setting("PROXIES", "0",
            "How many proxies stand in front, each of which tells the address, protocol and host of who asks.",
            _whole(0, 5), "write a number from 0 to 5"),
    Setting("SECRETS", "var/secrets",
            "Folder of secrets, one file each, that only the service may read: that of a sign-in provider has its id "
            "as name, that of who collects /metrics is called metrics.", _path, "write a folder"),
    Setting("IDLE", "30", "Minutes without a request after which somebody is signed out.", _whole(1, 1440),
            "write minutes from 1 to 1440"),
    Setting("SESSION", "12", "Hours after which somebody has to sign in again whatever they did.", _whole(1, 168),
            "write hours from 1 to 168"),
    Setting("ADDRESS", "http://127.0.0.1:8050",
            "Where readers reach Lantern; printed on every report. Left out, this machine at LANTERN_PORT.", _word,
            "write a URL, such as https://ioc.example.vn"),
    Setting("ARCHIVE", "var/reports",
            "Folder of the reports that were issued, and for a while of files to look at.", _path, "write a folder"),
    Setting("BUDGET", "10",
            "Seconds the questions of a page may take; an analysis that takes longer is shown in wider steps and says "
            "so.", _seconds, "write seconds from 0.05 to 3600"),
)  # fmt: skip


def read(environment: Mapping[str, str]) -> Settings:
    """Settings from the variables of ``environment`` that start with LANTERN_.

    SettingsError names every unknown variable and every value that does not fit, with a remedy.
    """
    known = {setting.variable: setting for setting in SETTINGS}
    faults = [
        f"{name}: no such setting; {_near(name, known)}"
        for name in sorted(environment)
        if name.startswith(PREFIX) and name not in known
    ]
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        text = environment.get(setting.variable, setting.default)
        try:
            values[setting.name.lower()] = setting.parse(text)
        except ValueError:
            faults.append(f"{setting.variable}: {text!r} does not fit; {setting.remedy}")
    if faults:
        raise SettingsError("\n".join(faults))
    follows = {"address": f"http://127.0.0.1:{values['port']}"} | _beside(values["store"])
    unset = {name: value for name, value in follows.items() if f"{PREFIX}{name.upper()}" not in environment}
    return Settings(**values | unset)


def _beside(store: Path) -> dict[str, Any]:
    """What a city keeps apart from its store: beside it, under its name too unless it is called store, so that two
    cities share nothing."""
    before = "" if store.name in ("store", "") else f"{store.name}-"
    names = ("drop", "state.db", "secrets", "reports")
    drop, state, secrets, archive = (store.parent / f"{before}{name}" for name in names)
    return {"drop": drop, "state": f"sqlite:///{state}", "secrets": secrets, "archive": archive}


def secret(folder: Path, name: str) -> str | None:
    """The secret of a name, None where there is none; SettingsError for a file that others may read."""
    path = folder / name
    if not path.is_file():
        return None
    if path.stat().st_mode & 0o077:
        raise SettingsError(f"{path}: others may read it; chmod 600 {path}")
    return path.read_text(encoding="utf-8").strip() or None


def loopback(name: str) -> bool:
    """Whether a host name or address is this machine to itself."""
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def demonstrates(settings: Settings, catalogue: Catalogue) -> bool:
    """Whether nobody has to sign in: a demonstration that only this machine can reach, unless LANTERN_SIGNIN is on."""
    return catalogue.city.demonstration and not settings.signin and loopback(settings.host)


def _near(name: str, known: Mapping[str, Setting]) -> str:
    close = get_close_matches(name.removeprefix(PREFIX), [setting.name for setting in known.values()], n=1)
    return f"did you mean {PREFIX}{close[0]}?" if close else "remove it, or see docs/settings.md"
