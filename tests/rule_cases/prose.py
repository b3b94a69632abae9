"""Reports whose prose disagrees with their tables, and neighbours that come near to it."""

from __future__ import annotations

from tests.documents import Files, changed
from tests.rule_cases.case import TEXT, Case

_BEFORE = "转办不超过一个工作日。\n"


def saying(sentence: str) -> Files:
    """The sound report with a sentence more in its first part; 36 applications were new and 2 carried over."""
    return {"reports/青禾区/2023.txt": changed(TEXT, (_BEFORE, f"{_BEFORE}{sentence}\n"))}


CASES = {
    "claimed-figure": Case(
        saying("全年收到政府信息公开申请37件，办结34件。"), saying("全年受理政府信息公开申请38件，办结34件。")
    ),
    "claimed-none": Case(saying("全年未收到政府信息公开申请。"), saying("上年未收到政府信息公开申请。")),
    "claimed-list": Case(
        saying("共发布信息90条：政策文件60条、工作动态40条。"), saying("发布信息90条，其中政策文件60条、工作动态20条。")
    ),
    "claimed-share": Case(
        saying("收到政府信息公开申请36件，其中自然人31件，占88.1%。"),
        saying("收到政府信息公开申请36件，其中自然人31件，占86.1%。"),
    ),
}
