"""From bytes to text: UTF-8, what the file declares, or GB18030."""

from __future__ import annotations

import codecs
import re

from mkdocs_govreport.sources.document import SourceError
from mkdocs_govreport.sources.limits import Limits

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHINESE = {"gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936"}
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes, limits: Limits, *, is_html: bool = False) -> str:
    """Decode a text file.

    Valid UTF-8 is UTF-8 whatever the file declares, since other encodings hardly ever pass for it;
    GB2312 and GBK are read as GB18030, which contains them.

    Raises:
        SourceError: `too-large`, `empty-file` or `undecodable`.
    """
    limits.check("text_megabytes", len(data))
    if not data.strip(b"\xef\xbb\xbf \t\r\n\x00"):
        raise SourceError("empty-file")
    for encoding in _candidates(data, is_html=is_html):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if not _BINARY.search(text):
            return text
    raise SourceError("undecodable")


def _candidates(data: bytes, *, is_html: bool) -> list[str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return [encoding]
    candidates = ["utf-8"]
    if is_html:
        from bs4.dammit import EncodingDetector  # imported late, since only web pages need it

        declared = EncodingDetector.find_declared_encoding(data, is_html=True)
    else:
        declared = None
    if declared:
        candidates.append("gb18030" if declared.lower() in _CHINESE else declared)
    return [*candidates, "gb18030"]
