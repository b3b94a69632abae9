"""Files of word processors, written by hand: what Word and LibreOffice write, no more of it than is needed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from tests.support.layouts import Cell, Source, Table

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_OTHERS = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEADING_STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{level}"><w:name w:val="heading {level}"/></w:style>' for level in (1, 2)
)


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """Pack files into a zip file; always the same bytes."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for name, content in files.items():
            method = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return output.getvalue()


# --- Word -----------------------------------------------------------------------------------------


def docx(
    body: str,
    *,
    styles: str = _HEADING_STYLES,
    numbering: str = "",
    part: str = "word/document.xml",
    strict: bool = False,
    others: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """Make a Word file of the XML of its body, its styles and its numbering."""
    folder, file = part.rsplit("/", 1)
    relations = _STRICT_RELATIONS if strict else _RELATIONS
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/{part}" ContentType="{_TYPE}.document.main+xml"/>'
            f'<Override PartName="/{folder}/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
            f'<Override PartName="/{folder}/numbering.xml" ContentType="{_TYPE}.numbering+xml"/></Types>'
        ),
        "_rels/.rels": _listing({"officeDocument": part}, relations),
        f"{folder}/_rels/{file}.rels": _listing({"styles": "styles.xml", "numbering": "numbering.xml"}, relations),
        part: f'<w:document xmlns:w="{W}" {_OTHERS}><w:body>{body}<w:sectPr/></w:body></w:document>',
        f"{folder}/styles.xml": f'<w:styles xmlns:w="{W}">{styles}</w:styles>',
        f"{folder}/numbering.xml": f'<w:numbering xmlns:w="{W}">{numbering}</w:numbering>',
    }
    if strict:
        files = {
            name: text.replace(W, STRICT_W).replace(f'"{_RELATIONS}"', f'"{_STRICT_RELATIONS}"')
            for name, text in files.items()
            if isinstance(text, str)
        }
    return packed({**files, **(others or {})})


def _listing(targets: Mapping[str, str], relations: str) -> str:
    items = "".join(
        f'<Relationship Id="r{number}" Type="{relations}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*runs: str, properties: str = "") -> str:
    """A paragraph of runs; a text that is no XML is a run of itself."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(r if r.startswith('<') else run(r) for r in runs if r)}</w:p>"


def numbered(text: str, list_id: int, depth: int = 0) -> str:
    """A paragraph with automatic numbering."""
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>')


def tc(content: str = "", properties: str = "") -> str:
    """A cell of paragraphs, or of one paragraph of text."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<') else p(content)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row of cells; a text that is no XML is a cell of itself."""
    inner = "".join(cell if cell.startswith("<") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def tbl(*rows: str, width: int = 1) -> str:
    """A table of rows."""
    return f"<w:tbl><w:tblPr/><w:tblGrid>{'<w:gridCol/>' * width}</w:tblGrid>{''.join(rows)}</w:tbl>"


def word_table(table: Table, cell: str = "{}") -> str:
    """A table of the form with its spans; `cell` frames the paragraph of each cell that has text."""
    rows = []
    for row in _placed(table):
        cells = []
        for own, columns, rows_below in row:
            merge = '<w:vMerge w:val="restart"/>' * (own is not None and rows_below) + "<w:vMerge/>" * (own is None)
            properties = f'<w:gridSpan w:val="{columns}"/>' * (columns > 1) + merge
            text = own.text if own else ""
            cells.append(tc(cell.format(p(text)) if text else p(), properties))
        rows.append(tr(*cells))
    return tbl(*rows, width=table.width)


def word_body(source: Source, cell: str = "{}") -> str:
    """The body of a Word file of a report; headings by style."""
    blocks = [p(source.title, properties='<w:pStyle w:val="1"/>'), *(p(text) for text in source.introduction)]
    for heading, prose, table in source.parts:
        blocks.append(p(heading, properties='<w:pStyle w:val="2"/>'))
        blocks += [p(text) for text in prose]
        blocks += [word_table(table, cell), p()] if table else []
    return "".join(blocks)


def word(source: Source) -> bytes:
    """A report as Word writes it."""
    return docx(word_body(source))


def word_framed(source: Source) -> bytes:
    """A report whose tables stand in a table that frames the page, the text of cells in content controls."""
    cell = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    return docx(tbl(tr(tc(word_body(source, cell) + p()))), strict=True)


def _placed(table: Table) -> Iterator[list[tuple[Cell | None, int, bool]]]:
    """Return the cells of each row with those that a span from above covers: the cell, its columns, whether it goes on."""
    below: dict[int, tuple[int, int]] = {}
    for row in table.rows:
        placed: list[tuple[Cell | None, int, bool]] = []
        own = list(row)
        column = 0
        above, below = below, {}
        while own or any(start >= column for start in above):
            if column in above or not own:
                column = min(start for start in above if start >= column)
                columns, rows = above[column]
                placed.append((None, columns, rows > 1))
            else:
                cell = own.pop(0)
                columns, rows = cell.columns, cell.rows
                placed.append((cell, columns, rows > 1))
            if rows > 1:
                below[column] = (columns, rows - 1)
            column += columns
        yield placed


# --- OpenDocument -----------------------------------------------------------------------------------

_ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{word}:1.0"'
    for prefix, word in {
        "office": "office", "style": "style", "text": "text", "table": "table", "draw": "drawing", "dc": "meta", "svg": "svg-compatible",
    }.items()
)  # fmt: skip


def odt(text: str, *, automatic: str = "", styles: str = "", others: Mapping[str, str | bytes] | None = None) -> bytes:
    """Make an OpenDocument text of its XML, its automatic styles and its styles."""
    body = f"<office:body><office:text>{text}</office:text></office:body>"
    automatic = f"<office:automatic-styles>{automatic}</office:automatic-styles>"
    files: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f'<office:document-content {_ODF} office:version="1.3">{automatic}{body}</office:document-content>',
        "styles.xml": f'<office:document-styles {_ODF} office:version="1.3"><office:styles>{styles}</office:styles></office:document-styles>',
        "META-INF/manifest.xml": (
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
            '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/></manifest:manifest>'
        ),
    }
    return packed({**files, **(others or {})})


def fodt(text: str) -> bytes:
    """Make an OpenDocument text that is one XML file."""
    return f'<?xml version="1.0"?>\n<office:document {_ODF}><office:body><office:text>{text}</office:text></office:body></office:document>'.encode()


def tp(text: str) -> str:
    """A paragraph of OpenDocument; XML goes in as it is."""
    return f"<text:p>{text if text.startswith('<') else escape(text)}</text:p>"


def open_document_text(source: Source) -> str:
    """The text of an OpenDocument file of a report; headings by level."""
    blocks = [f'<text:h text:outline-level="1">{escape(source.title)}</text:h>', *(tp(t) for t in source.introduction)]
    for heading, prose, table in source.parts:
        blocks.append(f'<text:h text:outline-level="2">{escape(heading)}</text:h>')
        blocks += [tp(text) for text in prose]
        blocks += [open_document_table(table)] if table else []
    return "".join(blocks)


def open_document_table(table: Table) -> str:
    """A table of the form with its spans; what they cover are covered cells."""
    rows = []
    for row in _placed(table):
        cells = []
        for own, columns, _ in row:
            if own is None:
                cells.append("<table:covered-table-cell/>" * columns)
                continue
            spans = f' table:number-columns-spanned="{columns}" table:number-rows-spanned="{own.rows}"'
            covered = "<table:covered-table-cell/>" * (columns - 1)
            cells.append(f"<table:table-cell{spans}>{tp(own.text)}</table:table-cell>{covered}")
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    return (
        f'<table:table><table:table-column table:number-columns-repeated="{table.width}"/>{"".join(rows)}</table:table>'
    )


def open_document(source: Source) -> bytes:
    """A report as LibreOffice writes it."""
    return odt(open_document_text(source))


def ods(sheets: str) -> bytes:
    """Make an OpenDocument spreadsheet of the XML of its sheets."""
    body = f"<office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body>"
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f'<office:document-content {_ODF} office:version="1.3">{body}</office:document-content>',
        }
    )
