"""Nothing that stands in a source does anything on a page: no script, no handler, no request, no foreign element."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from lxml import etree, html
from playwright.sync_api import Browser, sync_playwright

from mkdocs_govreport.prose import Prose
from tests.documents import EXAMPLE, dumped, sound_document
from tests.support.site import THEMES, Site
from tests.test_browser import CHROMIUM, FLAGS, serve

ATTACKS = (
    "<script>pwn()</script>",
    "<img src=x onerror=pwn()>",
    "<img src=//evil.example/a.png srcset='//evil.example/b.png 2x'>",
    '"><svg onload=pwn()>',
    "'><body onload=pwn()>",
    '" onmouseover="pwn()" x="',
    "' autofocus onfocus='pwn()' x='",
    "</title><script>pwn()</script>",
    "</textarea></style></script><script>pwn()</script>",
    "--><script>pwn()</script><!--",
    "<!-- govreport: index --><script>pwn()</script>",
    '<!-- govreport: findings agency="x" year=2024 -->',
    "{{ 7*7 }}{% raw %}",
    "javascript:pwn()",
    "<a href='javascript:pwn()'>a</a>",
    "<a href='JaVa\tScRiPt:pwn()'>a</a>",
    "<a href='&#106;avascript&colon;pwn()'>a</a>",
    "<a href='data:text/html,<script>pwn()</script>'>a</a>",
    "<a href='vbscript:pwn()'>a</a>",
    "[a](javascript:pwn()) [b](<javascript:pwn()>) [c](data:text/html;base64,PHN2Zz4=) [d](&#x6A;avascript:pwn())",
    "![a](http://evil.example/c.png) ![b](x\"onerror=\"pwn())",
    "<a href=http://a.example style='position:fixed;background:url(//evil.example/d)' id=findings name=alert class='md-header'>a</a>",
    "<iframe src=//evil.example></iframe><object data=//evil.example></object><embed src=//evil.example>",
    "<form action=//evil.example><input name=a autofocus onfocus=pwn()><button formaction=javascript:pwn()>b</button></form>",
    "<style>@import '//evil.example/e.css'; body{background:url(//evil.example/f)}</style>",
    "<link rel=stylesheet href=//evil.example/g.css><base href=//evil.example/><meta http-equiv=refresh content='0;//evil.example'>",
    "<video poster=//evil.example/h><source src=//evil.example/i></video><audio src=//evil.example/j autoplay></audio>",
    "<table background=//evil.example/k><tr><td background=//evil.example/l onclick=pwn()>m</td></tr></table>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=pwn()>",
    "<noscript><p title='</noscript><img src=x onerror=pwn()>'>",
    "<details open ontoggle=pwn()>n</details>",
    "```\n<script>pwn()</script>\n```",
    "\ue000applications.total\ue001\ue002\ue003\ue004",
)  # fmt: skip
FOREIGN = ("iframe", "object", "embed", "base", "audio", "video", "math", "textarea", "frame")
LOADING = ("src", "srcset", "poster", "background", "data", "action", "formaction")


def with_all(attack: str) -> dict[str, Any]:
    """A canonical document with an attack in every place in which a report can speak."""
    document = sound_document()
    for field in ("agency", "title", "publisher", "source_url", "published_on"):
        document[field] = f"{attack}"
    document["narrative"] = dict.fromkeys(document["narrative"], f"无事项。{attack}\n\n{attack}")
    document["notes"] = {"applications.new_received.total": attack}
    document["extra_rows"] = [{"part": "applications", "label": attack, "values": [1, 2, 3, 4, 5, 6, attack]}]
    return document


def files(attacks: tuple[str, ...]) -> dict[str, str | bytes]:
    """Reports of every kind; figures that are wrong, so that findings quote cells, labels and names too."""
    text = (EXAMPLE / "reports-faulty/qinghe/2023.txt").read_text(encoding="utf-8")
    found: dict[str, str | bytes] = {}
    agencies = []
    for number, attack in enumerate(attacks):
        line = " ".join(attack.split())
        name = line.replace("/", "∕")[:200]
        found[f"reports/{number}/2024.json"] = dumped({**with_all(attack), "agency_id": f"a{number}"})
        found[f"reports/{name} {number}.txt"] = text.replace("云川市青禾区", f"乙{number}{line}").replace(
            "1846 |", f"{line} |"
        )
        found[f"reports/h{number}/2023.html"] = _page(attack)
        found[f"reports/{name}{number}/2022.md"] = (
            f"---\ntitle: {json.dumps(line)}\nsource_url: {json.dumps(line)}\n---\n\n## 一、总体情况\n\n{attack}\n\n## 五、存在的主要问题及改进情况\n\n无\n"
        )
        agencies.append(
            {"id": f"h{number}", "name": f"丙{number}{line}", "aliases": [f"{line}{number}"], "region": line}
        )
    found["agencies.yml"] = json.dumps({"agencies": agencies}, ensure_ascii=False)
    return found


def _page(attack: str) -> str:
    """A web page that says the attack as text, and holds it as markup."""
    said = attack.replace("&", "&amp;").replace("<", "&lt;")
    return (
        f"<h1>年报</h1><h2>一、总体情况</h2><p>{said}</p>{attack}<h2>二、主动公开政府信息情况</h2>"
        "<table><tr><td>第二十条第（五）项</td></tr><tr><td>信息内容</td><td>本年处理决定数量</td></tr>"
        f"<tr><td>行政许可</td><td>{said}</td></tr><tr><td>{said}</td><td>5</td></tr></table>"
    )


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The portal of all attacks, in each theme."""
    built = {}
    for theme in THEMES:
        # Some together, since pages take time; none of them hides those after it where it is text.
        together = tuple(" ".join(ATTACKS[start::6]) for start in range(6))
        config = {"theme": {**THEMES[theme], "highlightjs": False}}  # which two themes load from elsewhere
        site = Site(tmp_path_factory.mktemp(theme), theme, {"agencies": "agencies.yml"}, config).write(files(together))
        assert site.build(serving=True).error is None
        built[theme] = site.output
    return built


def faults(element: html.HtmlElement) -> Iterator[str]:
    """Say what of an element could do something that only a source can have asked for."""
    if element.tag in FOREIGN:
        yield element.tag
    if (
        element.tag == "script"
        and "pwn()" in (element.text or "").replace("mkdocs_page_name", "", 1).partition("\n")[0]
    ):
        yield f"script: {element.text}"
    for name, value in element.attrib.items():
        plain = "".join(value.split()).lower()
        if name.startswith("on") and "pwn" in value:
            yield f"{name}={value}"
        if name in {"href", *LOADING} and plain.startswith(("javascript:", "vbscript:", "data:text")):
            yield f"{name}={value}"
        if name in LOADING and ("evil.example" in plain or plain.startswith("x")):
            yield f"{name}={value}"
        if name in {"style", "name", "class"} and (
            "evil" in plain or (plain in {"alert", "md-header"} and element.tag == "a")
        ):
            yield f"{name}={value}"


@pytest.mark.xdist_group("attacks")
@pytest.mark.parametrize("theme", THEMES)
def test_no_page_holds_what_a_source_asks_for(theme: str, sites: dict[str, Path]) -> None:
    pages = list(sites[theme].rglob("*.html"))
    found = {
        f"{page.relative_to(sites[theme])}: {fault}"
        for page in pages
        for element in html.document_fromstring(page.read_bytes()).iter(etree.Element)
        for fault in faults(element)
    }

    assert len(pages) > 4 * 6
    assert found == set()


@pytest.mark.xdist_group("attacks")
def test_every_page_stays_below_the_site(sites: dict[str, Path], tmp_path: Path) -> None:
    attacks = ("../../../../outside", "/outside", "..", "a/../../../outside", "C:\\outside", "a\x01b", "con?x#y%2e")
    documents = {
        f"reports/{number}.json": dumped({**sound_document(), "agency": f"甲{number}", "agency_id": attack})
        for number, attack in enumerate(attacks)
    }
    site = Site(tmp_path / "a/b/c").write(documents)
    site.folder.mkdir(parents=True, exist_ok=True)
    before = {path for path in tmp_path.rglob("*") if site.output not in path.parents}
    assert site.build(serving=True).error is None

    outside = {path for path in tmp_path.rglob("*") if site.output not in path.parents and path != site.output}
    assert {path.name for path in outside - before} <= {"mkdocs.yml", "docs"}
    assert len(list(site.output.rglob("2024/index.html"))) == len(attacks) + 1  # and the index of the year


@pytest.mark.parametrize(
    ("address", "linked"),
    [
        ("https://www.yunchuan.example/2024.html", True),
        ("HTTP://www.yunchuan.example", True),
        ("javascript:pwn()", False),
        (" javascript:pwn()", False),
        ("//evil.example", False),
        ("/2024.html", False),
        ("data:text/html,x", False),
        ('https://a.example/" onclick=pwn()', False),
        ("ftp://a.example", False),
    ],
)
def test_only_addresses_of_the_web_are_linked(address: str, linked: bool, tmp_path: Path) -> None:
    document = dumped({**sound_document(), "source_url": address})
    page = Site(tmp_path).write({"reports/suqian/2024.json": document}).build(serving=True).page("reports/suqian/2024/")

    assert (address in page.xpath("//dl//a/@href")) is linked


@pytest.mark.parametrize("attack", ATTACKS)
def test_prose_keeps_nothing_but_harmless_elements(attack: str) -> None:
    root = html.fragment_fromstring(Prose().render(f"前文。{attack}\n\n{attack}\n\n后文。"), create_parent="div")

    for element in root.iter():
        assert isinstance(element.tag, str), "a comment"
        assert element.tag not in {*FOREIGN, "script", "style", "img", "svg", "form", "input", "button", "link", "meta"}
        assert set(element.attrib) <= {"href", "title", "rel", "colspan", "rowspan", "start"}
        assert element.get("href", "http://").lower().startswith(("http://", "https://", "mailto:"))
    assert "前文。" in root.text_content()
    if "<style></math>" not in attack:  # what a source hides itself, by a style that it does not close
        assert "后文。" in root.text_content()


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this system")
@pytest.mark.xdist_group("attacks")
@pytest.mark.parametrize("theme", ["mkdocs", "material"])
def test_nothing_happens_when_the_pages_are_opened(theme: str, sites: dict[str, Path]) -> None:
    server = serve(sites[theme])
    address = f"http://127.0.0.1:{server.server_address[1]}"
    with sync_playwright() as playwright:
        browser: Browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page()
        done: list[str] = []
        page.on("dialog", lambda dialog: (done.append(f"dialog on {page.url}"), dialog.dismiss()))
        page.on(
            "request",
            lambda request: (
                None if request.url.startswith((address, "data:image/", "blob:")) else done.append(request.url)
            ),
        )
        page.expose_function("pwn", lambda: done.append(f"script on {page.url}"))
        for file in sorted(sites[theme].rglob("index.html")):
            page.goto(f"{address}/{quote(str(file.parent.relative_to(sites[theme])))}/", wait_until="domcontentloaded")
            done += page.evaluate(
                "Array.from(document.querySelectorAll('*')).flatMap(e => Array.from(e.attributes))"
                ".filter(a => a.name.startsWith('on') && a.value.includes('pwn')).map(a => a.name)"
            )
        browser.close()
    server.shutdown()

    assert done == []
