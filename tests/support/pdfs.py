"""PDF drawn by hand: signs and strokes at given places, to have page breaks and faults where a test wants them."""

from __future__ import annotations

from dataclasses import dataclass, field

HEIGHT, WIDTH = 842, 595
SIZE = 10

_CHINESE = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /UniGB-UCS2-H /DescendantFonts [<< /Type /Font"
    " /Subtype /CIDFontType2 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 0 >>"
    " /DW 1000 /W [1 [500] 814 [500] 2 95 500 814 939 500] >>] >>"
)
_UNMAPPED = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /Odd /Encoding /Identity-H /DescendantFonts [<< /Type /Font"
    " /Subtype /CIDFontType2 /BaseFont /Odd /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    " /DW 1000 >>] >>"
)
_PICTURE = (
    "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
    "\nstream\n0\nendstream"
)


@dataclass
class Sheet:
    """A page; places are in points from the top left."""

    marks: list[str] = field(default_factory=list)
    font: str = "F1"

    def text(self, left: float, top: float, text: str) -> Sheet:
        """Write a line of text."""
        code = text.encode("utf-16-be").hex()
        self.marks.append(f"BT /{self.font} {SIZE} Tf 1 0 0 1 {left} {HEIGHT - top - SIZE} Tm <{code}> Tj ET")
        return self

    def stroke(self, left: float, top: float, right: float, bottom: float) -> Sheet:
        """Draw a rule."""
        self.marks.append(f"{left} {HEIGHT - top} m {right} {HEIGHT - bottom} l S")
        return self

    def picture(self) -> Sheet:
        """Cover the page with a picture."""
        self.marks.append(f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /I1 Do Q")
        return self

    def grid(self, left: float, top: float, widths: list[float], rows: list[tuple[float, list[str]]]) -> float:
        """Draw a table of rows of a height with a text in each cell; return where it ends."""
        edges = [left]
        for width in widths:
            edges.append(edges[-1] + width)
        y = top
        for height, texts in rows:
            self.stroke(left, y, edges[-1], y)
            for edge, text in zip(edges, texts, strict=False):
                if text:
                    self.text(edge + 3, y + 3, text)
            y += height
        self.stroke(left, y, edges[-1], y)
        for edge in edges:
            self.stroke(edge, top, edge, y)
        return y


def pdf(*sheets: Sheet) -> bytes:
    """Write the pages as a file."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(sheets)} /Kids [{' '.join(f'{6 + 2 * n} 0 R' for n in range(len(sheets)))}] >>",
        _CHINESE,
        _UNMAPPED,
        _PICTURE,
    ]
    for number, sheet in enumerate(sheets):
        content = "\n".join(sheet.marks)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {7 + 2 * number} 0 R"
            " /Resources << /Font << /F1 3 0 R /F2 4 0 R >> /XObject << /I1 5 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    return written(objects)


def written(objects: list[str]) -> bytes:
    """Write objects, of which the first is the catalogue, as a file."""
    file = "%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(file))
        file += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    file += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n"
    return f"{file}{file.index('xref')}\n%%EOF\n".encode("latin-1")
