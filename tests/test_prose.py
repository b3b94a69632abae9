"""Prose of reports as HTML: harmless, and the same by the short way as by the long one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from mkdocs_govreport.prose import Prose

PIECES = st.sampled_from(
    ["年度报告", "2024年", "1.", "1)", "12.5%", " ", "  ", "\n", "\n\n", "\n\n\n", "- ", "+ ", "：", ":", "*", "_", "`", "#", "=", "\t",
     "<b>", "&amp;", "|", "“引号”", "（一）", "~", "\\", "[a](b)", "    ", "。", ">", "---", "\u00a0", "http://a.example"]
)  # fmt: skip


def long_way(text: str) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mkdocs_govreport.prose._MARKED", re.compile(""))
        return Prose().render(text)


@settings(max_examples=400)
@given(pieces=st.lists(PIECES, max_size=12))
def test_the_short_way_gives_what_the_long_one_does(pieces: list[str]) -> None:
    text = "".join(pieces).strip("\n")
    assert shape(Prose().render(text)) == shape(long_way(text))


def shape(source: str) -> list[tuple[str, str]]:
    """The elements of a piece of HTML with their texts."""
    root = html.fragment_fromstring(source, create_parent="div")
    return [(element.tag, " ".join("".join(element.itertext()).split())) for element in root.iter()]


@pytest.mark.parametrize("text", ["第一段。\n\n第二段，3件。", "（一）主动公开。全年84条。"])
def test_plain_prose_needs_no_converter(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    prose = Prose()
    monkeypatch.setattr("mkdocs_govreport.prose.nh3.clean", lambda *_, **__: pytest.fail("cleaned"))
    assert prose.render(text).count("<p>") == len(text.split("\n\n"))
