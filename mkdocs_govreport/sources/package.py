"""Packages of XML: the zip files that Word, spreadsheets and LibreOffice save, opened without trusting them.

Only the parts that are asked for are unpacked, each under the limits: what the directory of a zip file
says of sizes may be a lie. The XML may not define entities nor name anything outside.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from lxml import etree

from mkdocs_govreport.model import Text
from mkdocs_govreport.sources.content import OLE, OLE_ENCRYPTED
from mkdocs_govreport.sources.document import SourceError
from mkdocs_govreport.sources.limits import DEFAULT_LIMITS, Limits

_CHUNK = 1 << 16
_BROKEN = Text("文件已损坏或不完整", "the file is damaged or incomplete")
_DTD = Text("文件中有不应有的 DTD 定义", "it has a DTD, which such files do not have")
_ENCRYPTED = Text("文件设有密码", "it is protected by a password")
_NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})
_OTHER_CONTENT = Text("内容与扩展名不符", "its content is not what its name says")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_DIRECTORY_ENTRY = b"PK\x01\x02"
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # others unpack without bound, and no office program writes them
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, NotImplementedError)


class Relation(NamedTuple):
    """What one part of a package says of another: the last word of the relation's type, and the other's name."""

    kind: str
    part: str


class Package:
    """An opened package; `names` are the parts that it has."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Open a package.

        Raises:
            SourceError: `damaged` when it is no zip file, is incomplete or is protected; `too-large` when
                it has too many parts.
        """
        self._limits = limits
        self._unpacked = 0
        if data.startswith(OLE):
            raise protected() if OLE_ENCRYPTED in data else not_as_named()
        limits.check("parts", data.count(_DIRECTORY_ENTRY))
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _ZIP_ERRORS as error:
            raise SourceError("damaged", problem=_BROKEN) from error
        self.names = frozenset(self._zip.namelist())
        self._by_plain_name = {_plain(info.filename): info for info in self._zip.infolist()}
        self._times = Counter(_plain(info.filename) for info in self._zip.infolist())

    def __contains__(self, name: str) -> bool:
        """Whether the package has a part of that name; case does not matter."""
        return _plain(name) in self._by_plain_name

    def read(self, name: str) -> bytes:
        """Unpack a part.

        Raises:
            SourceError: `damaged` when it is missing, is there twice or cannot be unpacked, `too-large` above
                the limits.
        """
        info = self._by_plain_name.get(_plain(name))
        if info is None or self._times[_plain(name)] > 1 or info.compress_type not in _METHODS:
            raise SourceError("damaged", problem=_BROKEN)
        if info.flag_bits & 1:
            raise SourceError("damaged", problem=_ENCRYPTED)
        chunks = []
        try:
            with self._zip.open(info) as part:
                while chunk := part.read(_CHUNK):
                    self._unpacked += len(chunk)
                    self._limits.check("text_megabytes", self._unpacked)
                    chunks.append(chunk)
        except _ZIP_ERRORS as error:
            raise SourceError("damaged", problem=_BROKEN) from error
        return b"".join(chunks)

    def xml(self, name: str) -> etree._Element:
        """Unpack and parse a part; raises as `read` and `parse_xml`."""
        return self.parse(self.read(name))

    def parse(self, data: bytes) -> etree._Element:
        """Parse what was read from a part, under the limits of the package; raises as `parse_xml`."""
        return parse_xml(data, self._limits)

    def relations(self, name: str = "") -> Iterator[Relation]:
        """Return the parts that a part names as its own, or that the package does; outer ones are left out."""
        folder, file = posixpath.split(name)
        listing = posixpath.join(folder, "_rels", f"{file}.rels")
        if listing not in self:
            return
        for element in self.xml(listing):
            target = (element.get("Target") or "").replace("\\", "/")
            if element.get("TargetMode") != "External" and target:
                kind = (element.get("Type") or "").rsplit("/", 1)[-1]
                yield Relation(kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))


def not_as_named() -> SourceError:
    """Return the error of a file that is whole but is not what its name says."""
    return SourceError("damaged", problem=_OTHER_CONTENT)


def protected() -> SourceError:
    """Return the error of a file under a password."""
    return SourceError("damaged", problem=_ENCRYPTED)


def parse_xml(data: bytes, limits: Limits = DEFAULT_LIMITS) -> etree._Element:
    """Parse XML that may be hostile, in UTF-8 or UTF-16, which is all that the formats allow.

    Raises:
        SourceError: `damaged` when it is not well-formed or has a DTD, `too-large` when it has too many elements.
    """
    limits.check("elements", data.count(b"<") - data.count(b"</"))
    encoding = "utf-16" if data.startswith(_UTF_16) else "utf-8"
    parser = etree.XMLParser(
        encoding=encoding, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SourceError("damaged", problem=_BROKEN) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise SourceError("damaged", problem=_DTD)
    return root


class _Events:
    """Keeps what the parser meets since it was last asked; no tree is built."""

    def __init__(self) -> None:
        self.met: list[tuple[str, str, Mapping[str, str]]] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.met.append(("start", tag.rpartition("}")[2], dict(attributes) if attributes else _NO_ATTRIBUTES))

    def end(self, tag: str) -> None:
        self.met.append(("end", tag.rpartition("}")[2], _NO_ATTRIBUTES))

    def data(self, text: str) -> None:
        self.met.append(("text", text, _NO_ATTRIBUTES))

    def doctype(self, *_: str | None) -> None:
        raise SourceError("damaged", problem=_DTD)

    def close(self) -> None:
        pass


def xml_events(data: bytes) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """Walk through XML that may be hostile and large: ("start", tag, attributes), ("text", text, …), ("end", tag, …).

    Tags come without their namespace, attributes with it. Elements cost time but no memory.

    Raises:
        SourceError: `damaged` when it is not well-formed or has a DTD.
    """
    events = _Events()
    target: Any = events  # its stubs ask for methods that lxml does not
    parser = etree.XMLParser(target=target, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        for start in range(0, len(data), _CHUNK):
            parser.feed(data[start : start + _CHUNK])
            met, events.met = events.met, []
            yield from met
        parser.close()
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SourceError("damaged", problem=_BROKEN) from error
    yield from events.met


def _plain(name: str) -> str:
    """Return the name by which parts are told apart: some programs write backslashes, some another case."""
    return name.replace("\\", "/").lstrip("/").lower()
