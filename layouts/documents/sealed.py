"""A packed file (DOCX, PPTX, XLSX) without the moment it was packed at: the same parts give the same bytes."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)
UNIX = 3


def sealed(packed: bytes) -> bytes:
    """``packed`` with every entry in its order, dated EPOCH, as if packed on one system."""
    out = BytesIO()
    with ZipFile(BytesIO(packed)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            told = ZipInfo(entry.filename, EPOCH)
            told.compress_type, told.create_system, told.external_attr = ZIP_DEFLATED, UNIX, 0o600 << 16
            target.writestr(told, source.read(entry), compresslevel=6)
    return out.getvalue()
