"""Taking out what Word repeats changes how long a page takes, and nothing of what is read."""

import pytest

from mkdocs_govreport.sources import DEFAULT_LIMITS, thinning
from mkdocs_govreport.sources.encoding import decode
from mkdocs_govreport.sources.thinning import thinned
from mkdocs_govreport.sources.web_page import read_html, read_page
from tests.support.distinct import distinct_report
from tests.support.layouts import write
from tests.support.seeds import seeds

REST = "<p>前<b>后</b></p><table><tr><td><span style='color:red'>12</span></td><td>3</td></tr></table>"
NOT_PLAIN = {
    "hidden by its style": "<p><span style='display:none'>7</span><span>8</span></p>",
    "hidden by its style, spelled with an entity": "<p><span style='dis&#112;lay:none'>7</span><span>8</span></p>",
    "hidden by an attribute": "<p><span hidden>7</span><span>8</span></p>",
    "a comment that a tag seems to end": "<!-- <span -->7</span> <p title='-->'>8</p>",
    "a tag in a comment": "<!-- <span lang='a'\n>7</span> --><p>8</p>",
    "a bracket in a value": "<p title='<span>'>7</p><p title='a>b' style='>'>8</p>",
    "a script": "<script>if (1<a && b>2) document.write('<b>' + '</b>')</script><p>8</p>",
    "a tag that does not end": "<p>7<span</p><p>8</p>",
    "tags that overlap": "<p><b>7<p>8</b>9</p>",
    "a note": "<p>12<sup>1</sup> m<span>m</span><sup>2</sup></p>",
    "digits in elements of their own": "<p><span\nlang=EN-US>1</span><font>2</font><o:p></o:p></p>",
    "a bracket that begins no tag": "<p>3 < 4 <5 </p>",
    "an attribute like one of looks": "<p data-style='7' styled width-of='1'>8</p>",
    "looks in the value of another attribute": "<table><tr><td>7</td><td><input value='8 style=red 9'></td></tr></table>",
    "an instruction": "<?xml version='1.0' <b ?><p>8</p>",
    "capitals": "<P><SPAN STYLE='COLOR:red'>7</SPAN></P>",
}


@pytest.fixture
def eager(monkeypatch):
    """Thin every page, however short."""
    monkeypatch.setattr(thinning, "_HEAVY", 0)


def read_as_it_is(data):
    return read_page(decode(data, DEFAULT_LIMITS), "a.html", DEFAULT_LIMITS)


PAGES = seeds(".html")


@pytest.mark.parametrize("number", range(len(PAGES)))
def test_a_report_is_read_as_it_is(number, eager):
    data = PAGES[number]
    thin = thinned(data, DEFAULT_LIMITS)

    assert read_html(data, "a.html", DEFAULT_LIMITS) == read_as_it_is(data)
    assert thin.count(b"\n") == data.count(b"\n")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16"])
@pytest.mark.parametrize("page", NOT_PLAIN.values(), ids=NOT_PLAIN)
def test_a_page_that_is_not_plain_is_read_as_it_is(page, encoding, eager):
    data = (page + REST).encode(encoding, "xmlcharrefreplace")

    assert read_html(data, "a.html", DEFAULT_LIMITS) == read_as_it_is(data)


def test_a_damaged_character_takes_in_nothing(eager):
    data = REST.encode("gb18030").replace("前".encode("gb18030"), "前".encode("gb18030")[:1])
    whole = data + b"<p>" + "办公室按时办结政府信息公开申请。".encode("gb18030") * 300

    assert read_html(whole, "a.html", DEFAULT_LIMITS) == read_as_it_is(whole)
    assert "后" in read_html(whole, "a.html", DEFAULT_LIMITS).blocks[0].text


def test_a_page_of_word_gets_thin():
    data = write(distinct_report("2021"), "word_html")

    assert len(thinned(data, DEFAULT_LIMITS)) < len(data) / 5
