"""What a file is, told from its first bytes and never from its name."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from data.sources.delivery import SourceError
from data.sources.encoding import detect, marked

HEAD = 65_536
SIGNS = (
    (b"%PDF", "a PDF document", "ask for the table it was printed from, as CSV or XLSX"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "save it as .xlsx"),
    (b"\x1f\x8b", "a gzip archive", "unpack it and try the file inside"),
    (b"\x89PNG", "a picture", "ask for the data behind it, as CSV or XLSX"),
    (b"\xff\xd8\xff", "a picture", "ask for the data behind it, as CSV or XLSX"),
)


def kind(path: Path) -> str:
    """The connector that reads a file: csv, xlsx, parquet, jsonl, geojson or geopackage.

    SourceError, with what to do instead, for a file that is no table.
    """
    head = _head(path)
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"PK\x03\x04"):
        return _zipped(path)
    if head.startswith(b"SQLite format 3\0"):
        return "geopackage"
    if b"OSMHeader" in head[:64]:
        raise SourceError(path.name, "a map of OpenStreetMap, not a table", "export what you need of it as GeoPackage")
    for sign, what, remedy in SIGNS:
        if head.startswith(sign):
            raise SourceError(path.name, f"{what}, not a table", remedy)
    return _text(path, head)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD)
    except FileNotFoundError as error:
        raise SourceError(str(path), "there is no such file", "check the path") from error
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        raise SourceError(str(path), reason, "name one file that may be read") from error
    if not head.strip():
        raise SourceError(path.name, "the file is empty", "try one that holds rows")
    return head


def _zipped(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError) as error:
        raise SourceError(path.name, f"a damaged archive: {error}", "deliver it again") from error
    if "xl/workbook.xml" in names:
        return "xlsx"
    files = [name for name in names if not name.endswith("/")]
    some = ", ".join(files[:3]) + (", …" if len(files) > 3 else "")
    message = f"an archive of {len(files)} files ({some}), not a table"
    raise SourceError(path.name, message, "unzip it and try each table in it")


def _text(path: Path, head: bytes) -> str:
    mark = marked(head)
    encoding = mark[0] if mark else detect(head)
    if b"\0" in head and not encoding.startswith("utf-16"):
        raise SourceError(path.name, "bytes that are no text and no table", "export it as CSV or XLSX")
    text = head[mark[1] if mark else 0 :].decode(encoding, errors="replace").lstrip()
    if not _is_json(text):
        return "csv"
    compact = "".join(text[:20_000].split())
    return "geojson" if '"type":"FeatureCollection"' in compact or '"type":"Feature"' in compact else "jsonl"


def _is_json(text: str) -> bool:
    """Whether the text begins a JSON object or an array of something JSON."""
    if text.startswith("{"):
        rest = text[1:].lstrip()
        return not rest or rest[0] in '"}'
    if not text.startswith("["):
        return False
    rest = text[1:].lstrip()
    if rest[:1] in ("{", "[", '"', "]"):
        return True
    try:
        json.loads(text.splitlines()[0])
    except json.JSONDecodeError:
        return False
    return True
