"""A packed file (DOCX, PPTX, XLSX) without the moment it was packed at: the same parts give the same bytes."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)
UNIX = 3
MOMENTS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def sealed(packed: bytes, at: datetime) -> bytes:
    """``packed`` with every entry in its order, dated EPOCH, as if packed on one system and made ``at``.

    Workbooks inside it, as under the charts of slides, are sealed too.
    """
    out = BytesIO()
    with ZipFile(BytesIO(packed)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            told = ZipInfo(entry.filename, EPOCH)
            # A picture is packed already.
            told.compress_type = ZIP_STORED if entry.filename.endswith(".png") else ZIP_DEFLATED
            told.create_system, told.external_attr = UNIX, 0o600 << 16
            target.writestr(told, _still(entry.filename, source.read(entry), at), compresslevel=6)
    return out.getvalue()


def _still(name: str, content: bytes, at: datetime) -> bytes:
    if name.endswith(".xlsx"):
        return sealed(content, at)
    if name != "docProps/core.xml":
        return content
    return MOMENTS.sub(rb"\g<1>" + f"{at:%Y-%m-%dT%H:%M:%SZ}".encode() + rb"\g<2>", content)
