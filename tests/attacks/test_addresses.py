"""Hostile addresses: paths that climb, lines that break, SQL and markup in every parameter."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from itertools import product
from urllib.parse import quote

import pytest

from data.catalogue import Text
from tests.callbacks.town import HERE, ROLES, Town
from tests.effort import TIMES
from tests.kpis.delivered import NOW, city
from tests.kpis.november import NOVEMBER, loaded

CLIMBS = (
    "../app.py", "..%2fapp.py", "%2e%2e/app.py", "%252e%252e%252fapp.py", "..\\app.py", "....//app.py", "/etc/passwd",
    "%2fetc%2fpasswd", "..%00/app.py", "fonts/../../app.py", "tokens.css/../../app.py", "..%c0%afapp.py",
)  # fmt: skip
PLACES = ("/assets/{}", "/_dash-component-suites/dash/{}", "/kpi/{}", "/board/{}", "/sources/{}/quarantine.csv", "/{}")
BREAKS = (
    "\r\nSet-Cookie: stolen=1",
    "\nSet-Cookie: stolen=1",
    "%0d%0aSet-Cookie:%20stolen=1",
    "\r\n\r\n<script>x</script>",
)
SQL = (
    "'; DROP TABLE rollup_dossier; --", "' OR '1'='1", '" OR ""="', "1; ATTACH '/etc/passwd' AS x",
    "x' UNION SELECT 1 --", "$1", "?", "\\'; SELECT 1; --", "read_csv('/etc/passwd')", "%27%20OR%201%3D1", "0x00",
    "\x00", "🏮" * 50,
    "-" * 5000,
)  # fmt: skip
MARKUP = ('"><script>alert(7)</script>', "<img src=x onerror=alert(7)>", "' onmouseover=alert(7) x='",
          "javascript:alert(7)",
          "</title><script>alert(7)</script>", "{{7*7}}", "<svg/onload=alert(7)>")  # fmt: skip
KPI_WORDS = (
    "from",
    "to",
    "area",
    "by",
    "grain",
    "compare",
    "sort",
    "page",
    "has.field",
    "min.received_at",
    "row",
    "why",
    "show",
    "with",
    "filter",
    "areas",
)
PAST = "snapshot"  # asked alone: of one that was never there no page is drawn
SOUND = "from=2026-11-01&to=2026-11-20"


class Running(HTMLParser):
    """Finds what a browser would run: scripts that alert, attributes that react, elements nobody drew."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.script = tag == "script"
        self.found += [f"{tag} {name}" for name, value in attrs if name.startswith("on") or ("alert(7)" in str(value)
                       and name in ("href", "src", "action"))]  # fmt: skip

    def handle_data(self, data: str) -> None:
        if self.script and "alert(7)" in data:
            self.found.append("script")

    def handle_endtag(self, tag: str) -> None:
        self.script = False


def run(page: bytes) -> list[str]:
    """What of a page would run."""
    parser = Running()
    parser.feed(page.decode("utf-8", "replace"))
    return parser.found


def test_what_runs_is_found():
    hostile = b"<script>alert(7)</script><img src=x onerror=alert(7)><a href='javascript:alert(7)'>"
    assert len(run(hostile)) == 3


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("attacked")
    service, writer = loaded(folder)
    made = Town(service, folder)
    made.token_of = {role: made.token(role) for role in ROLES}
    yield made
    made.state.close()
    writer.close()


@pytest.fixture
def client(town):
    town.clock.advance(timedelta(seconds=60))
    return town.client(town.token("steward", town.clock.now()))


@pytest.mark.parametrize(("place", "climb"), list(product(PLACES, CLIMBS)))
def test_no_path_leads_out(client, place, climb):
    answer = client.get(place.format(climb))
    assert answer.status_code in (200, 303, 308, 404, 403), answer.status_code
    assert b"root:" not in answer.data
    assert b"def serve(" not in answer.data, "no source of ours"
    if answer.status_code == 200:
        assert answer.mimetype == "text/html", "a page that says there is none"


@pytest.mark.parametrize("broken", BREAKS)
def test_no_line_of_a_head_is_written_by_a_client(town, client, broken):
    answers = [
        client.get("/sign-in", query_string={"next": f"/{broken}"}),
        client.post("/sign-in", data={"name": "admin", "password": "x", "next": f"/{broken}"}, headers=HERE),
        client.get(f"/kpi/DVC-01.csv?{SOUND}&area={quote(broken)}"),
        client.get(f"/kpi/DVC-01{quote(broken)}.csv"),
        client.get(f"/sources/{quote(broken)}/quarantine.csv"),
        client.get("/audit.csv", query_string={"text": broken}),
        town.client().get(f"/kpi/{quote(broken)}"),
    ]
    for answer in answers:
        assert "stolen" not in (answer.headers.get("Set-Cookie") or "")
        assert not any("\n" in value or "\r" in value for _, value in answer.headers)


@pytest.mark.parametrize("cookie", ["lang", "theme", "lantern", "journey"])
@pytest.mark.parametrize("value", ["x\\r\\nSet-Cookie: stolen=1", "<script>alert(7)</script>", "", "🏮", "a" * 3000])
def test_no_cookie_breaks_a_page(town, cookie, value):
    client = town.client(town.token("analyst", town.clock.now()))
    client.set_cookie(cookie, value)
    answer = client.get("/")
    assert answer.status_code in (200, 303)
    assert b"<script>alert(7)" not in answer.data


def asked(texts: tuple[str, ...], turn: int) -> dict[str, str]:
    """A question whose every parameter is hostile; in as many turns as there are texts each has been each."""
    return {word: texts[(turn + place) % len(texts)] for place, word in enumerate(KPI_WORDS)}


def met(paths: tuple[str, ...], turn: int) -> tuple[str, ...]:
    """Which addresses meet the texts of a turn: one after the other; in ``make torture`` all of them."""
    return paths if TIMES > 1 else (paths[turn % len(paths)],)


def test_sql_in_a_parameter_is_a_word(client):
    """The page is drawn, nothing is lost, and no answer holds a row more than an honest question."""
    honest = client.get(f"/kpi/DVC-01.csv?{SOUND}").data.count(b"\n")
    for turn, text in enumerate(SQL):
        paths = met(("/kpi/DVC-01", "/kpi/DVC-01.csv", "/board/egov"), turn)
        for path, words in product(paths, (asked(SQL, turn), {PAST: text})):
            answer = client.get(path, query_string=words)
            assert answer.status_code == 200 or (PAST in words and answer.status_code == 404), (path, words)
            assert b"Parser Error" not in answer.data and b"Traceback" not in answer.data
    assert client.get(f"/kpi/DVC-01.csv?{SOUND}").data.count(b"\n") == honest


@pytest.mark.parametrize(
    ("path", "every"),
    [("/indicators?q={}&domain={}", 4), ("/sources/dossiers?page={}", 2), ("/audit?who={}&text={}&since={}", 1),
     ("/kpi/{}", 1), ("/board/{}", 1), ("/board/egov?area={}", 2), ("/{}", 1)],
)  # fmt: skip
def test_sql_and_markup_in_an_address_are_words(client, path, every):
    """Pages that are long to draw meet one text of several, those of the others all; in ``make torture`` so do they."""
    for text in (*SQL, *MARKUP)[:: 1 if TIMES > 1 else every]:
        answer = client.get(path.replace("{}", quote(text, safe="")))
        assert answer.status_code in (200, 404), (path, text)
        assert run(answer.data) == [], text
        assert b"Traceback" not in answer.data


def test_markup_in_a_parameter_is_a_word(client):
    for turn, text in enumerate(MARKUP):
        paths = met(("/kpi/DVC-01", "/board/egov", "/kpi/DVC-01.svg"), turn)
        for path, words in product(paths, (asked(MARKUP, turn), {PAST: text})):
            page = client.get(path, query_string=words).data
            assert run(page) == [], (path, words)


def test_a_page_of_ours_runs_no_script_but_ours(client):
    policy = client.get("/").headers["Content-Security-Policy"]
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src")).split()[1:]
    assert scripts[0] == "'self'" and all(word.startswith("'sha256-") for word in scripts[1:])
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy


# -- what sources deliver ----------------------------------------------------------------------

HOSTILE = '=1+1 "><script>alert(7)</script><img src=x onerror=alert(7)>'


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory) -> Iterator[Town]:
    """A city whose sources deliver formulas and markup as names."""
    folder = tmp_path_factory.mktemp("spoilt")
    rows = {name: [dict(row) for row in given] for name, given in NOVEMBER.items()}
    for row in rows["dossiers"]:
        row["applicant"] = HOSTILE
    service, writer = city(folder, rows)
    made = Town(service, folder)
    yield made
    made.state.close()
    writer.close()


def test_what_a_source_delivers_is_text_on_the_page(spoilt):
    page = spoilt.by("steward").get(f"/kpi/DVC-01?{SOUND}").text
    assert "Người nộp" in page
    assert "=1+1" in page, "the rows are shown"
    assert run(page.encode()) == []


def test_no_cell_of_a_workbook_computes(spoilt):
    told = spoilt.by("steward").get(f"/kpi/DVC-01.xlsx?{SOUND}&by=area")
    text = _sheets(told.data)
    assert "<v>" in text
    assert "<f" not in text, "a cell with a formula"


def _sheets(data: bytes) -> str:
    """All sheets of a workbook, as it stores them."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/"))


def test_a_name_of_the_city_that_is_a_formula_is_disarmed_in_csv_and_text_in_a_workbook(tmp_path):
    """Names come from the pack, which several people edit."""
    service, writer = loaded(tmp_path)
    kpi = service.catalogue.kpi("DVC-01")
    evil = kpi.model_copy(update={"name": Text(vi="=1+1", en="=1+1"), "owner": Text(vi="@SUM(1)", en="@SUM(1)")})
    service.catalogue = replace(service.catalogue, kpis=service.catalogue.kpis | {kpi.id: evil})
    made = Town(service, tmp_path)
    client = made.by("steward")
    lines = client.get(f"/kpi/DVC-01.csv?{SOUND}").text
    assert "=1+1" in lines
    assert not re.search(r'(^|[,"\n])[=@]', lines.replace("'=", "").replace("'@", ""))
    data = client.get(f"/kpi/DVC-01.xlsx?{SOUND}").data
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert b">=1+1<" in book.read("xl/sharedStrings.xml")
    assert "<f" not in _sheets(data)
    made.state.close()
    writer.close()


def test_nobody_is_told_what_went_wrong_inside(town, monkeypatch):
    client = town.client(town.token("steward", town.clock.now()))
    monkeypatch.setattr(type(town.service), "ask", lambda *a, **k: (_ for _ in ()).throw(RuntimeError("inner secret")))
    told = client.get(f"/kpi/DVC-01.csv?{SOUND}&channel=x{NOW:%S}")
    assert told.status_code == 500
    assert b"inner secret" not in told.data and b"Traceback" not in told.data
