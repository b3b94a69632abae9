"""The properties that a Word file of ours has beside its text: custom ones, and a part for those that are long."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_govreport.model import Origin
from mkdocs_govreport.sources.package import Package
from mkdocs_govreport.sources.properties import PREFIX, REPORT_NAMESPACE, Property


def properties_in(package: Package, part: str, file: str) -> Iterator[Property]:
    """Return the properties of the report whose text is in `part`.

    Parts that other programs left are not parsed: whatever is wrong with them does not concern the report.
    """
    listed = [("custom-properties", PREFIX, relation) for relation in package.relations()]
    listed += [("customXml", REPORT_NAMESPACE, relation) for relation in package.relations(part)]
    for kind, sign, relation in listed:
        if relation.kind != kind or relation.part not in package:
            continue
        data = package.read(relation.part)
        if sign.encode() in data:
            for element in package.parse(data).iter("{*}property"):
                text = "".join(str(piece) for piece in element.itertext())
                yield Property(element.get("name") or "", text, Origin(file, text))
