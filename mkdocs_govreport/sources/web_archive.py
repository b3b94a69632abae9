"""Web archives (`.mht`): a page with its pictures in one file, as browsers and Word save it.

The file is a message of several parts (RFC 2557), of which the first that is a page is read.
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesHeaderParser

from mkdocs_govreport.sources.document import Document, SourceError
from mkdocs_govreport.sources.encoding import decode
from mkdocs_govreport.sources.limits import Limits
from mkdocs_govreport.sources.web_page import read_page

_HEADER_END = re.compile(rb"\r?\n\r?\n")
_LONGEST_HEADER = 20_000
_MOST_PARTS = 10_000
_DEEPEST = 4  # a page in alternatives, in a page with its pictures
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_ADDRESSES = ("Snapshot-Content-Location", "Content-Location")


def read_archive(data: bytes, file: str, limits: Limits) -> Document:
    """Read the page of a web archive; places are told by table and cell, since lines are not those of the file.

    Raises:
        SourceError: `not-a-report` where there is no page in it, else as for a page.
    """
    if not data.strip():
        raise SourceError("empty-file")
    outer = _header(data)[0]
    for header, body in _parts(data, 0):
        if header.get_content_type() in _PAGES:
            addresses = [_value(message, name) for message in (outer, header) for name in _ADDRESSES]
            page = decode(_unpacked(header, body), limits)
            return read_page(page, file, limits, has_lines=False, address=next(filter(None, addresses), ""))
    raise SourceError("not-a-report")


def _header(data: bytes) -> tuple[Message, int]:
    """Return the header at the beginning of a part, and where its body begins."""
    end = _HEADER_END.search(data, 0, _LONGEST_HEADER)
    position = end.end() if end else min(len(data), _LONGEST_HEADER)
    return BytesHeaderParser().parsebytes(data[:position].lstrip()), position


def _parts(data: bytes, depth: int) -> Iterator[tuple[Message, bytes]]:
    """Yield the parts of a message with their headers, from the first on, those of parts included."""
    header, begin = _header(data)
    boundary = header.get_boundary()
    if header.get_content_maintype() != "multipart" or not boundary:
        yield header, data[begin:]
    elif depth < _DEEPEST:
        for part in data[begin:].split(b"--" + boundary.encode("ascii", "replace"), _MOST_PARTS)[1:]:
            if not part.startswith(b"--"):
                yield from _parts(part.lstrip(b" \t").removeprefix(b"\r").removeprefix(b"\n"), depth + 1)


def _value(header: Message, name: str) -> str:
    return str(header.get(name, ""))  # which is an object of its own where it is not in ASCII


def _unpacked(header: Message, body: bytes) -> bytes:
    encoding = _value(header, "Content-Transfer-Encoding").strip().lower()
    try:
        if encoding == "base64":
            return binascii.a2b_base64(body)
        return quopri.decodestring(body) if encoding == "quoted-printable" else body
    except binascii.Error as error:
        raise SourceError("undecodable") from error
