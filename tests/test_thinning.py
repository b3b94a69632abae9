"""Taking out what Word repeats changes how long a page takes, and nothing of what is read."""

import pytest

from mkdocs_govreport.sources import DEFAULT_LIMITS, SourceError, thinning
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
    "a cell with a paragraph": "<table><tr><td width=9>\n<p\nclass=a><span\nlang=x>7</span></p>\n</td><td><p>8</p></td></tr></table>",
    "a cell with two paragraphs": "<table><tr><td><p>7</p><p>九</p></td><td><p>8</p>\n<p>十</p>\n</td></tr></table>",
    "a cell with more than a paragraph": "<table><tr><td><p>7</p> 件</td><td>共<p>8</p></td></tr></table>",
    "a cell with an empty paragraph": "<table><tr><td><p>&nbsp;</p></td><td colspan=2>\n<p\n></p>\n</td><td>1</td></tr></table>",
    "a cell with a table": "<table><tr><td><p>7</p></td><td><table><tr><td><p>8</p></td><td>9</td></tr></table></td></tr></table>",
    "cells without their ends": "<table><tr><td><p>7<td><p>8</p><td>9</table>",
    "a span over two cells": "<table><tr><td><span>7</td><td>8</span></td><td>9</td></tr></table>",
    "white space between blocks": "<p>7</p>\n\n <p>8</p> \t\n九<pre><p>1</p>\n2\n</pre>",
    "several figures in cells": "<table><tr><td><p>7</p></td><td><p>17</p></td><td title='>7<'><p>8</p>9<p>1,0.5</p>7</td></tr></table>",
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


def test_a_paragraph_that_is_all_of_a_layout_cell_has_the_line_of_its_cell(eager):
    page = b"<table><tr><td>\n<p\nclass=a>one of several lines</p></td></tr></table>" + REST.encode()
    blocks, as_they_are = read_html(page, "a.html", DEFAULT_LIMITS).blocks, read_as_it_is(page).blocks

    assert (blocks[0].text, blocks[0].origin.line) == ("one of several lines", 1)
    assert (as_they_are[0].text, as_they_are[0].origin.line) == ("one of several lines", 3)
    assert blocks[1:] == as_they_are[1:]


def test_what_opens_in_one_cell_and_closes_in_another_counts_for_the_page(eager):
    cells = b"<td>7<b></td>" * 3 + b"<td></b>8</td>" * 2

    assert thinned(b"<table><tr>" + cells + b"</tr></table>", DEFAULT_LIMITS).count(b"<b>") == 3
    assert b"b>" not in thinned(b"<table><tr>" + cells + b"<td></b></td></tr></table>", DEFAULT_LIMITS)


def test_tags_of_a_large_page_are_counted_before_they_are_looked_at(monkeypatch):
    monkeypatch.setattr(thinning, "_LARGE", 0)

    with pytest.raises(SourceError) as caught:
        thinned(b"<td>" * (DEFAULT_LIMITS.tags + 1), DEFAULT_LIMITS)
    assert caught.value.values["option"] == "tags"


def test_a_page_of_word_gets_thin():
    data = write(distinct_report("2021"), "word_html")

    assert len(thinned(data, DEFAULT_LIMITS)) < len(data) / 5
