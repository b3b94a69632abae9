"""What was recognised before makes the next report quicker to read, and changes nothing about it."""

from __future__ import annotations

import pytest

from mkdocs_govreport.recognise import recogniser
from tests.documents import changed, load, sound_text

TEXT = sound_text()
ROW = "(一)予以公开 | 14 | "
OTHERS = {
    "another figure": "(一)予以公开 | 15 | ",
    "a figure as long as a row": "(一)予以公开 | 1400000 | ",
    "a figure of another unit": "(一)予以公开 | 14万元 | ",
    "a figure with a remark": "(一)予以公开 | 14（含上年） | ",
    "a blank": "(一)予以公开 |  | ",
    "a blank with a remark": "(一)予以公开 | /（不适用） | ",
    "no figure": "(一)予以公开 | 若干 | ",
    "another label": "(一)准予公开 | 14 | ",
}


@pytest.mark.parametrize("other", OTHERS)
def test_a_report_is_read_as_if_it_were_the_first(other: str) -> None:
    text = changed(TEXT, (ROW, OTHERS[other]))
    recogniser.cache_clear()
    alone = load(text)
    recogniser.cache_clear()
    load(TEXT)

    assert repr(load(text)) == repr(alone)
