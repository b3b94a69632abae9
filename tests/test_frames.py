"""Pages that are made of another page's frame are what the theme would have made of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Template

from tests.documents import changed, sound_text
from tests.support.site import THEMES, Site

AGENCIES = ("青禾区", "R&D“局”", "栏杆镇", "石鼓县财政局")
YEARS = range(2021, 2025)
FILES = {
    f"reports/{agency}/{year}.txt": changed(sound_text(), ("2023年", f"{year}年"))
    for agency in AGENCIES
    for year in YEARS
}
IDLE = "def on_page_context(context, **_):\n    return context\n"
"""A hook that changes nothing, which the plugin cannot know."""
IRREGULAR = """
from jinja2 import ChoiceLoader, DictLoader

PAGE = "{{ page.title }} {% if '2024' in page.title %}the latest{% endif %} {{ page.content }}"


def on_env(env, **_):
    env.loader = ChoiceLoader([DictLoader({"main.html": PAGE}), env.loader])
    return env
"""


def pages(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): re.sub("Build Date UTC : .*", "", path.read_text(encoding="utf-8"))
        for path in folder.rglob("*.html")
    }


def built(folder: Path, config: dict[str, Any], theme: str = "mkdocs", hook: str = "") -> dict[str, str]:
    site = Site(folder, theme=theme, config=config).write(FILES)
    if hook:
        site.write({"hook.py": hook})
        site.config["hooks"] = ["hook.py"]
    built = site.build()
    assert built.error is None
    return pages(built.output)


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that the theme has rendered."""
    titles: list[str] = []
    render = Template.render

    def noting(template: Template, *args: Any, **kwargs: Any) -> str:
        if template.name == "main.html":
            titles.append(args[0]["page"].title)
        return render(template, *args, **kwargs)

    monkeypatch.setattr(Template, "render", noting)
    return titles


@pytest.mark.parametrize("directories", [True, False], ids=["folders", "files"])
@pytest.mark.parametrize("address", ["", "https://example.org/信息公开/"], ids=["nowhere", "published"])
@pytest.mark.parametrize("theme", THEMES)
def test_pages_are_what_the_theme_would_have_made(
    theme: str, address: str, directories: bool, tmp_path: Path, rendered: list[str]
) -> None:
    config = {"use_directory_urls": directories, **({"site_url": address} if address else {})}
    made = built(tmp_path / "made", dict(config), theme)
    by_theme = len(rendered)

    assert made == built(tmp_path / "rendered", dict(config), theme, hook=IDLE)
    assert len(made) > len(AGENCIES) * len(YEARS)
    assert by_theme < len(rendered) - by_theme - 10


def test_a_theme_that_treats_pages_in_its_own_way_renders_all_of_them(tmp_path: Path, rendered: list[str]) -> None:
    made = built(tmp_path, {}, hook=IRREGULAR)

    reports = {name: page for name, page in made.items() if re.search(r"reports/.+/20\d\d/index", name)}
    assert len(reports) == len(AGENCIES) * len(YEARS)
    assert {name for name, page in reports.items() if "the latest" in page} == {n for n in reports if "/2024/" in n}


def test_templates_of_a_site_render_every_page(tmp_path: Path, rendered: list[str]) -> None:
    site = Site(tmp_path, config={"theme": {"name": "mkdocs", "custom_dir": "overrides"}}).write(FILES)
    site.write(
        {"overrides/main.html": "{% extends 'base.html' %}{% block footer %}<i>{{ page.title[:5] }}</i>{% endblock %}"}
    )
    output = site.build().output

    assert "<i>云川市青禾</i>" in (output / "reports/栏杆镇/2024/index.html").read_text(encoding="utf-8")
    assert len(rendered) > len(AGENCIES) * len(YEARS) + len(AGENCIES)


def test_templates_that_replace_ours_do_not(tmp_path: Path, rendered: list[str]) -> None:
    site = Site(tmp_path, config={"theme": {"name": "mkdocs", "custom_dir": "overrides"}}).write(FILES)
    built = site.write({"overrides/govreport/agency.html": "<b>{{ agency.name }}</b>"}).build()

    assert "<b>栏杆镇</b>" in (built.output / "reports/栏杆镇/index.html").read_text(encoding="utf-8")
    assert len(rendered) <= len(AGENCIES) * len(YEARS)  # and not the pages of agencies, indexes and rules besides


def test_a_report_in_the_nav_is_shown_there_as_active(tmp_path: Path) -> None:
    config = {"nav": [{"首页": "index.md"}, {"我局报告": "reports/栏杆镇/2022.md"}]}
    made = built(tmp_path, config)

    assert made["reports/栏杆镇/2022/index.html"].count("active") > made["reports/栏杆镇/2023/index.html"].count(
        "active"
    )


def test_what_another_plugin_adds_to_a_page_stays_with_it(tmp_path: Path) -> None:
    hook = "def on_page_content(html, page, **_):\n    return html + f'<i>only {page.url}</i>'\n"
    made = built(tmp_path, {}, hook=hook)

    for name, page in made.items():
        if name not in {"404.html", "search.html"}:
            assert page.count("<i>only ") == 1
    assert len({page[page.index("<i>only ") :].split("<")[1] for n, page in made.items() if "<i>only" in page}) > 16
