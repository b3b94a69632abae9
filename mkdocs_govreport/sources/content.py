"""What a file is by its first bytes, whatever its name says, and what to do with files that are not read.

Systems that publish reports export web pages under the names of Word and Excel files; people rename
files to get past a form that asks for a certain ending.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from mkdocs_govreport.model import Text
from mkdocs_govreport.sources.package import OLE, OLE_ENCRYPTED

_HEAD = 4096
_PROLOGUE = re.compile(rb"<!--.*?-->|<\?.*?\?>|\x00|^\xef\xbb\xbf|^\xff\xfe|^\xfe\xff", re.DOTALL)
_HTML = re.compile(rb"\s*<(?:!doctype\s+html|html|head|meta|title|body|table|div|p)\b", re.IGNORECASE)
_FLAT = re.compile(rb"\s*<office:document\b")
_MAIL = re.compile(rb"^mime-version:", re.IGNORECASE | re.MULTILINE)
_PACKAGES = (
    (b"mimetypeapplication/vnd.oasis.opendocument.text", ".odt"),
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", ".ods"),
    (b"word/", ".docx"),
    (b"xl/", ".xlsx"),
)
_STREAMS = (("WordDocument".encode("utf-16-le"), ".doc"), ("Workbook".encode("utf-16-le"), ".xls"))
_OFFICE = {
    ".doc", ".docx", ".docm", ".dot", ".dotx", ".wps", ".wpt", ".rtf", ".odt", ".fodt",
    ".xls", ".xlsx", ".xlsm", ".et", ".ods", ".pdf",
}  # fmt: skip
_SAME = (
    {".docx", ".docm", ".dotx"},
    {".doc", ".dot", ".wps", ".wpt"},
    {".xlsx", ".xlsm"},
    {".xls", ".et"},
)

_AS_WORD = Text(
    "请用 Word 或 WPS 打开，选“另存为”，类型选“Word 文档（*.docx）”，把得到的文件放入同一目录。",
    "Open it in Word or WPS, save it as a Word document (.docx), and put that in the same folder.",
)
_AS_SPREADSHEET = Text(
    "请用 Excel 或 WPS 打开，选“另存为”，类型选“Excel 工作簿（*.xlsx）”，把得到的文件放入同一目录。",
    "Open it in Excel or WPS, save it as an Excel workbook (.xlsx), and put that in the same folder.",
)
_ASK = Text(
    "请向制作单位索取原来的 Word 文件（.docx）放入同一目录；从版式文件转换出来的表格容易错格，转换后要逐格核对。",
    "Ask the agency for the Word file (.docx) that it was made from; tables that are converted from a page format"
    " often slip, so check every cell if you convert it.",
)
_PICTURE = Text(
    "图片里的字和数读不出来。请放入原来的 Word 文件（.docx），或照图片录入。",
    "What a picture shows cannot be read. Put in the Word file (.docx) that it was made from, or type it in.",
)
_ARCHIVE = Text(
    "请先解压，把里面的报告放入目录，再移走压缩包。",
    "Unpack it, put the reports into the folder and take the archive away.",
)
_SHORTCUT = Text(
    "这只是快捷方式，不是文件本身。请放入它指向的文件。",
    "This is a shortcut and not the file itself. Put in the file that it leads to.",
)
_OTHER = Text(
    "请另存为 Word 文档（.docx）或网页（.html）后放入同一目录；不是报告的，请移出目录。",
    "Save it as a Word document (.docx) or a web page (.html) in the same folder, or take it away if it is no report.",
)
_REMEDIES = {
    **dict.fromkeys((".doc", ".dot", ".wps", ".wpt", ".rtf", ".pages", ".uot", ".mht", ".mhtml", ".xml"), _AS_WORD),
    **dict.fromkeys((".xls", ".et", ".ett", ".numbers", ".uos"), _AS_SPREADSHEET),
    **dict.fromkeys((".pdf", ".ofd", ".ceb", ".sep", ".caj"), _ASK),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic"), _PICTURE),
    **dict.fromkeys((".zip", ".rar", ".7z", ".tar", ".gz", ".tgz"), _ARCHIVE),
    **dict.fromkeys((".lnk", ".url", ".webloc"), _SHORTCUT),
}


def actual_suffix(data: bytes, file: str) -> str:
    """Return the ending that a file should have: that of its content where its name is one of an office's.

    A package under a password keeps the ending that it has; its reader says what is wrong.
    """
    suffix = PurePosixPath(file).suffix.lower()
    if suffix not in _OFFICE:
        return suffix
    possible = _told(data)
    same = next((group for group in _SAME if suffix in group), {suffix})
    # A file may hold one of another kind; what its name says comes first.
    return suffix if not possible or same & set(possible) else possible[0]


def remedy(suffix: str) -> Text:
    """Return what to do with a file of that ending, which is not read."""
    return _REMEDIES.get(suffix, _OTHER)


def _told(data: bytes) -> list[str]:
    """Return the endings that the content of a file may have, the likeliest first."""
    if data.startswith(b"PK\x03\x04"):
        return [suffix for mark, suffix in _PACKAGES if mark in data]
    if data.startswith(OLE):
        return [] if OLE_ENCRYPTED in data else [suffix for mark, suffix in _STREAMS if mark in data]
    if data.startswith((b"%PDF-", b"{\\rtf")):
        return [".pdf" if data.startswith(b"%") else ".rtf"]
    head = _PROLOGUE.sub(b"", data[:_HEAD])
    if _FLAT.match(head):
        return [".fodt"]
    if _HTML.match(head):
        return [".html"]
    return [".mht"] if _MAIL.search(head) else []
