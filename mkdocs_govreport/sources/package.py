"""Packages of XML: the zip files that Word, spreadsheets and LibreOffice save, opened without trusting them.

Only the parts that are asked for are unpacked, each under the limits: what the directory of a zip file
says of sizes may be a lie. The XML may not define entities nor name anything outside.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from lxml import etree

from mkdocs_govreport.model import Text
from mkdocs_govreport.sources.document import SourceError
from mkdocs_govreport.sources.limits import Limits

_CHUNK = 1 << 16
_BROKEN = Text("文件已损坏或不完整", "the file is damaged or incomplete")
_DTD = Text("文件中有不应有的 DTD 定义", "it has a DTD, which such files do not have")
_ENCRYPTED = Text("文件设有密码", "it is protected by a password")
_NOT_A_PACKAGE = Text(
    "文件设有密码，或者只是把旧格式（如 .doc）改了扩展名",
    "it is protected by a password, or an older format such as .doc under a new name",
)
_NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Package:
    """An opened package; `names` are the parts that it has."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Open a package.

        Raises:
            SourceError: `damaged` when it is no zip file, is incomplete or is protected.
        """
        self._limits = limits
        self._unpacked = 0
        if data.startswith(_OLE):
            raise SourceError("damaged", problem=_NOT_A_PACKAGE)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise SourceError("damaged", problem=_BROKEN) from error
        self.names = frozenset(self._zip.namelist())

    def read(self, name: str) -> bytes:
        """Unpack a part.

        Raises:
            SourceError: `damaged` when it is missing or cannot be unpacked, `too-large` above the limits.
        """
        chunks = []
        try:
            if self._zip.getinfo(name).flag_bits & 1:
                raise SourceError("damaged", problem=_ENCRYPTED)
            with self._zip.open(name) as part:
                while chunk := part.read(_CHUNK):
                    self._unpacked += len(chunk)
                    self._limits.check("text_megabytes", self._unpacked)
                    chunks.append(chunk)
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
            raise SourceError("damaged", problem=_BROKEN) from error
        return b"".join(chunks)

    def xml(self, name: str) -> etree._Element:
        """Unpack and parse a part; raises as `read`."""
        return parse_xml(self.read(name))


def parse_xml(data: bytes) -> etree._Element:
    """Parse XML that may be hostile.

    Raises:
        SourceError: `damaged` when it is not well-formed or has a DTD.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
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
