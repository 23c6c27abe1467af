"""Which characters the bytes mean: declared, marked, proved, or the most plausible."""

from __future__ import annotations

import codecs
import re
import unicodedata

from charset_normalizer import from_bytes

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
VIETNAMESE = frozenset("ăâđêôơưĂÂĐÊÔƠƯ")
TONES = re.compile("[aeiouyăâêôơưAEIOUYĂÂÊÔƠƯ][\u0300\u0301\u0303\u0309\u0323]")
ODD = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")


def marked(head: bytes) -> tuple[str, int] | None:
    """Encoding named by a byte order mark and the length of the mark, if there is one."""
    return next(((name, len(mark)) for mark, name in MARKS if head.startswith(mark)), None)


def canonical(name: str) -> str:
    """The codec's own name; LookupError when there is none of that name.

    ``utf-8-sig`` and ``utf-16`` only differ from ``utf-8`` and ``utf-16-le`` by the mark,
    which is taken off anyway.
    """
    found = codecs.lookup(name).name
    return {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "ascii": "utf-8"}.get(found, found)


def detect(sample: bytes) -> str:
    """Name the encoding of a sample that starts at a character.

    UTF-8 proves itself. UTF-16 without a mark shows in its zero bytes. Between single-byte
    encodings a Vietnamese tone mark after a vowel decides for cp1258; else Latin-1 (as
    cp1252 when its extra signs are used) if the text it gives is made of words.
    """
    wide = _wide(sample)
    if wide:
        return wide
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
        return "utf-8"
    except UnicodeDecodeError:
        pass
    if _vietnamese(sample):
        return "cp1258"
    western = "cp1252" if re.search(rb"[\x80-\x9f]", sample) else "latin-1"
    if _western(sample, western):
        return western
    best = from_bytes(sample[:65536]).best()
    return canonical(best.encoding) if best else "latin-1"


def text(raw: bytes, encoding: str) -> str:
    """Decode; cp1258 writes tones as separate marks, which are put together. UnicodeDecodeError."""
    decoded = raw.decode(encoding)
    return unicodedata.normalize("NFC", decoded) if encoding == "cp1258" else decoded


def newline(encoding: str) -> bytes:
    """The bytes of a line feed."""
    return "\n".encode(encoding)


def _wide(sample: bytes) -> str | None:
    pairs = max(len(sample) // 2, 1)
    if sample[1::2].count(0) > 0.4 * pairs:
        return "utf-16-le"
    return "utf-16-be" if sample[0::2].count(0) > 0.4 * pairs else None


def _vietnamese(sample: bytes) -> bool:
    """Whether cp1258 gives letters with tones where they belong and few strangers."""
    decoded = sample.decode("cp1258", errors="replace")
    foreign = [c for c in decoded if ord(c) > 127]
    tones = len(TONES.findall(decoded))
    at_home = tones + sum(c in VIETNAMESE for c in foreign) + sum(c in "àáãèéêìíòóõùúýÀÁÃÈÉÊÌÍÒÓÕÙÚÝ" for c in foreign)
    return tones > 0 and at_home >= 0.8 * len(foreign)


def _western(sample: bytes, encoding: str) -> bool:
    """Whether the bytes give letters and signs, few of them standing in a row."""
    decoded = sample.decode(encoding, errors="replace")
    foreign = sum(ord(c) > 127 for c in decoded)
    in_rows = sum(len(run) for run in re.findall("[\u00a1-\u00ff]{4,}", decoded))
    return "\ufffd" not in decoded and not ODD.search(decoded) and in_rows <= 0.2 * foreign
