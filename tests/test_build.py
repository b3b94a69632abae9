"""`mkdocs build` and `mkdocs serve` with good and with wrong reports."""

from __future__ import annotations

import hashlib
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.documents import EXAMPLE, changed, sound_text
from tests.support.site import Site

WRONG = changed(sound_text(), ("(一)予以公开 | 14 | 3", "(一)予以公开 | 15 | 3"))


def fingerprint(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path).write({"reports/qinghe/2023.txt": sound_text()})


def test_a_report_becomes_pages(site: Site) -> None:
    built = site.build()
    assert built.error is None
    for address in ("", "reports/", "reports/2023/", "reports/qinghe/", "reports/qinghe/2023/"):
        assert built.page(address) is not None
    assert len(built.page("reports/qinghe/2023/").xpath("//table[contains(@class, 'gr-statutory')]")) == 3


def test_a_wrong_figure_stops_the_build_without_strict(site: Site) -> None:
    site.write({"reports/qinghe/2023.txt": WRONG})
    command = [sys.executable, "-m", "mkdocs", "build", "-f", str(site.configuration())]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    output = done.stdout + done.stderr
    assert done.returncode == 1
    assert "reports/qinghe/2023.txt" in output
    assert "第26行" in output
    assert "“（一）予以公开·自然人”，15 应为 14" in output
    assert "Traceback" not in output


def test_a_failing_build_leaves_the_previous_site_untouched(site: Site) -> None:
    site.build()
    before = fingerprint(site.output)
    site.write({"reports/qinghe/2023.txt": WRONG})
    assert site.build().error is not None
    assert fingerprint(site.output) == before


def test_one_run_prints_the_findings_of_every_report(site: Site) -> None:
    files = {
        f"reports/{path.parent.name}/{path.name}": path.read_bytes()
        for path in (EXAMPLE / "reports-faulty").rglob("*.*")
    }
    built = site.write(files).build()
    assert built.error is not None
    for name in files:
        if not name.startswith(("reports/qinghe", "reports/tanghe")):  # which depend on the registry
            assert name in built.log
    rules = set(re.findall(r"[FIST]\d{3} ([a-z-]+)", built.log))
    assert rules >= {
        "applicant-total", "application-balance", "outcome-total", "missing-table",
        "duplicate-report", "value-form", "not-a-report", "unsupported-format",
    }  # fmt: skip
    assert "11 处错误，站点没有生成" in built.log


def test_warnings_fail_only_a_strict_build(site: Site) -> None:
    site.write(
        {"reports/qinghe/2023.txt": changed(sound_text(), ("(一)予以公开 | 14 | 3 | 0", "(一)予以公开 | 14 | 3 | /"))}
    )
    assert site.build().error is None
    assert site.build(strict=True).error is not None


def test_severities_are_set_by_rule_name(site: Site) -> None:
    site.options = {"rules": {"applicant-total": "warning", "result-total": "off"}}
    built = site.write({"reports/qinghe/2023.txt": WRONG}).build()
    assert built.error is None
    assert "警告 T201 applicant-total" in built.log


def test_an_unknown_rule_or_severity_is_one_clear_line(site: Site) -> None:
    site.options = {"rules": {"no-such-rule": "error"}}
    assert "no-such-rule" in site.build().log
    site.options = {"rules": {"applicant-total": "loud"}}
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(site.configuration())]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert "loud" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_empty_path_of_the_pages_is_refused(site: Site) -> None:
    site.options = {"path": "/"}
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(site.configuration())]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert "path: 不能为空" in done.stderr


def test_the_folder_beside_a_saved_page_is_passed_over(site: Site) -> None:
    built = site.write(
        {"reports/qinghe/2023_files/style.css": "p {}", "reports/qinghe/2023.files/image001.png": b"x"}
    ).build()
    assert built.error is None


def test_many_reports_are_loaded_on_several_processors_alike(site: Site) -> None:
    text = sound_text().split("\n", 2)[2]
    files = {f"reports/a{number}/2023.txt": text for number in range(101)}
    wrong = changed(text, ("(一)予以公开 | 14 | 3", "(一)予以公开 | 15 | 3"))
    built = site.write({**files, "reports/a57/2023.txt": wrong}).build()
    assert built.error is not None
    assert "reports/a57/2023.txt" in built.log
    assert "共 102 个文件：错误 1 处" in built.log


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    site = Site(tmp_path)
    built = site.build()
    assert built.error is not None
    assert "“reports”不存在" in built.log


def test_a_missing_registry_is_named_and_hides_no_report(site: Site) -> None:
    site.options = {"agencies": "agencies.yml"}
    built = site.write({"reports/qinghe/2023.txt": WRONG}).build()
    assert built.error is not None
    assert "agencies.yml" in built.log
    assert "T201 applicant-total" in built.log


def test_nothing_is_written_into_docs_dir(site: Site) -> None:
    site.write({"docs/about.md": "# 关于"})
    before = fingerprint(site.folder / "docs")
    site.build()
    assert fingerprint(site.folder / "docs") == before


def test_report_pages_are_outside_the_nav(site: Site) -> None:
    built = site.build()
    front = built.page("")
    links = {a.get("href") for nav in front.xpath("//*[contains(@class, 'navbar')]") for a in nav.iter("a")}
    assert any(link and link.endswith("reports/") for link in links)
    assert not any("qinghe" in (link or "") for link in links)


def test_tables_are_outside_the_search_index(site: Site) -> None:
    built = site.build()
    index = json.loads((built.output / "search/search_index.json").read_text(encoding="utf-8"))
    text = json.dumps(index, ensure_ascii=False)
    assert "云川市青禾区" in text
    assert "老旧小区" in text  # its prose is found
    assert "危及“三安全一稳定”" not in text


def test_a_report_is_one_entry_of_the_search_index(site: Site) -> None:
    built = site.build()
    entries = json.loads((built.output / "search/search_index.json").read_text(encoding="utf-8"))["docs"]
    (entry,) = [entry for entry in entries if entry["location"].startswith("reports/qinghe/2023/")]
    assert entry["title"] == "云川市青禾区2023年政府信息公开工作年度报告"
    assert "一、总体情况" in entry["text"]
    assert "老旧小区" in entry["text"]


def test_a_page_that_the_site_has_is_kept(site: Site) -> None:
    built = site.write({"docs/index.md": "# 我的首页\n\n<!-- govreport: index -->\n"}).build()
    assert "我的首页" in built.text("")
    assert "青禾区" in built.text("")


BY_TITLE = """
from jinja2 import ChoiceLoader, DictLoader

PAGE = "{{ page.title }}{% if '2022' in page.title %} the one of 2022{% endif %} {{ page.content }}"


def on_env(env, **_):
    env.loader = ChoiceLoader([DictLoader({"main.html": PAGE}), env.loader])
    return env
"""


def test_a_theme_may_treat_a_page_by_its_title(site: Site) -> None:
    years = range(2014, 2024)
    site.write({f"reports/qinghe/{year}.txt": changed(sound_text(), ("2023年", f"{year}年")) for year in years})
    site.config = {"hooks": ["hook.py"]}
    built = site.write({"hook.py": BY_TITLE}).build()
    assert built.error is None
    told = {year for year in years if "the one of 2022" in built.text(f"reports/qinghe/{year}/")}
    assert told == {2022}


def test_titles_of_the_nav_prevail(site: Site) -> None:
    site.config = {"nav": [{"主页": "index.md"}, {"查报告": "reports.md"}]}
    assert "查报告" in built_nav(site)


def built_nav(site: Site) -> str:
    return " ".join(site.build().page("").xpath("string(//*[contains(@class, 'navbar')])").split())


def test_serve_never_dies_of_a_report_and_shows_its_findings(site: Site) -> None:
    built = site.write({"reports/qinghe/2023.txt": WRONG, "reports/x.txt": "会议通知"}).build(serving=True)
    assert built.error is None
    page = built.page("reports/qinghe/2023/")
    cell = page.get_element_by_id("applications.granted.natural_person")
    flag = cell.find("a")
    assert flag.get("href") == "#finding-1"
    assert "应为 14" in page.get_element_by_id("finding-1").text_content()
    assert "reports/x.txt" in built.text("reports/")


def test_serve_survives_strict_mode_and_a_missing_folder(site: Site, tmp_path: Path) -> None:
    assert site.write({"reports/qinghe/2023.txt": WRONG}).build(serving=True, strict=True).error is None
    empty = tmp_path / "empty"
    empty.mkdir()
    built = Site(empty).build(serving=True)
    assert built.error is None
    assert "不存在" in built.text("")


def test_serve_watches_the_sources_and_shows_what_changed(site: Site) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    site.write({"reports/qinghe/2023.txt": WRONG})
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "serve",
        "--livereload",
        "-q",
        "-a",
        f"127.0.0.1:{port}",
        "-f",
        str(site.configuration()),
    ]
    server = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    )
    address = f"http://127.0.0.1:{port}/reports/qinghe/2023/"
    try:
        assert wait_for(address, "应为 14", server)
        site.write({"reports/qinghe/2023.txt": sound_text()})
        assert wait_for(address, "没有发现不符", server)
        site.write({"reports/qinghe/2023.txt": b"\x00\x01"})
        assert wait_for(f"http://127.0.0.1:{port}/reports/", "编码", server)
        assert server.poll() is None
    finally:
        server.terminate()
        server.wait(10)


def wait_for(address: str, text: str, server: subprocess.Popen[bytes]) -> bool:
    """Ask for a page until it holds `text`; false after half a minute or when the server has ended."""
    end = time.monotonic() + 30
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as response:
                if text in response.read().decode():
                    return True
        except OSError:
            pass
        time.sleep(0.1)
    return False
