"""From bytes to text: by what the bytes are, and by what the file declares only where they do not tell.

Declarations are wrong too often: pages declare GB2312 and are GBK, declare a Latin encoding and are
Chinese, or declare nothing.
"""

from __future__ import annotations

import codecs
import re

from mkdocs_govreport.sources.document import SourceError
from mkdocs_govreport.sources.limits import Limits

REPLACEMENT = "\ufffd"
"""What stands where bytes could not be read; it is reported as a residue."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MARKUP_WITHOUT_BOM = {b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}
_NO_ENCODINGS = frozenset({"punycode", "idna", "unicode-escape", "raw-unicode-escape"})  # of names and of programs
_CONTROLS = bytes(sorted({*range(0x20)} - {*b"\t\n\x0b\x0c\r\x1b"}))
_CONTROL_CHARACTER = re.compile("[" + re.escape(_CONTROLS.decode()) + "]")
_SHIFT = b"~{"  # begins Chinese text in HZ, whose bytes are all ASCII
_DAMAGED = 0.001  # share of the bytes that may be wrong in a file that is still read
_SAMPLE = 15_000  # characters that tell an encoding; most of a page is markup
_BEGINNING = 10_000  # bytes that tell of most files in another encoding that they are not UTF-8
_STRANGE = 0.02  # share of its characters beyond ASCII that UTF-8 may have got wrong
_COMMON = 0.9  # share of them that is in everyday use, from which on a text has been read rightly
_GARBLED = (
    0.6  # below which it is UTF-8 that was broken or is mixed with another; of traditional Chinese it is two thirds
)
_FEWEST = 200  # characters beyond ASCII that tell so


def decode(data: bytes, limits: Limits) -> str:
    """Decode a text file: UTF-8, UTF-16 and UTF-32 with their marks, GB18030 with GB2312 and GBK in it, Big5.

    Where no more than one byte in a thousand is wrong, each is read as U+FFFD.

    Raises:
        SourceError: `too-large`, `empty-file` or `undecodable`.
    """
    limits.check("text_megabytes", len(data))
    if not data.strip(b"\xef\xbb\xbf \t\r\n\x00"):
        raise SourceError("empty-file")
    text = _text(data, _DAMAGED * len(data))
    if text is None:
        raise SourceError("undecodable")
    return text


def _text(data: bytes, most: float) -> str | None:
    """Decode a text of which at most so many bytes may be wrong; None where more are."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decoded(data, encoding, most)
    if data[:2] in _MARKUP_WITHOUT_BOM:
        return _decoded(data, _MARKUP_WITHOUT_BOM[data[:2]], most)
    text = _decoded(data, "utf-8", most)
    if text is None or (REPLACEMENT in text and text.count(REPLACEMENT) > _STRANGE * _beyond_ascii(text)):
        # Other encodings never pass for UTF-8, but where most of a page is markup the share of bytes is small.
        return _chinese(data, most)
    return (_as_declared(data) or text) if _SHIFT in data and data.isascii() else text


def _decoded(data: bytes, encoding: str, most: float) -> str | None:
    """Decode with U+FFFD for what is wrong; None where that is too much."""
    if encoding == "utf-8" and data[:_BEGINNING].decode(encoding, "replace").count(REPLACEMENT) > most + 1:
        return None  # the last character may be cut off
    text = data.decode(encoding, "replace")
    damaged = text.count(REPLACEMENT)
    if damaged > most:
        return None
    if encoding.startswith(("utf-16", "utf-32")):
        has_controls = _CONTROL_CHARACTER.search(text) is not None
    else:
        has_controls = len(data.translate(None, _CONTROLS)) < len(data)  # ten times faster than a pattern
    if has_controls:
        text = _CONTROL_CHARACTER.sub(REPLACEMENT, text)
        damaged = text.count(REPLACEMENT)
    return text if damaged <= most else None


def _beyond_ascii(text: str) -> int:
    """Count the characters beyond ASCII."""
    return len(text) - len(text.encode("ascii", "ignore"))


def _chinese(data: bytes, most: float) -> str | None:
    """Decode as GB18030 or Big5; nearly all bytes of one pass for the other, but as characters that nobody uses."""
    text = _decoded(data, "gb18030", most)
    common = _common(text, "gb2312") if text else 0.0
    if common < _COMMON:
        other = _decoded(data, "big5hkscs", most)
        if other and _common(other, "big5") > max(common, _COMMON):
            return other
        declared = _as_declared(data)
        if declared is None and text and common < _GARBLED and _beyond_ascii(text) >= _FEWEST:
            return None
        return declared or text
    return text


def _as_declared(data: bytes) -> str | None:
    """Decode as a page or an XML file declares, if it does and its bytes are of that encoding throughout."""
    from bs4.dammit import EncodingDetector  # late, since hardly any file needs it

    declared = EncodingDetector.find_declared_encoding(data, is_html=True)
    try:
        return data.decode(declared) if declared and codecs.lookup(declared).name not in _NO_ENCODINGS else None
    except (ValueError, LookupError):  # also for a name that no encoding can have
        return None


def _common(text: str, encoding: str) -> float:
    """Return the share of the characters beyond ASCII that the older, smaller `encoding` has."""
    sample = text if text[:_SAMPLE].isascii() else text[:_SAMPLE]
    count = _beyond_ascii(sample)
    return (len(sample.encode(encoding, "ignore")) - len(sample) + count) / (2 * count) if count else 0.0
