"""The letter that asks an agency to check its report says what is wrong, where, and what would mend it."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from mkdocs_govreport import cli
from mkdocs_govreport.editions import load_catalogue
from tests.documents import Files, changed, dumped, sound_document, write
from tests.rule_cases import CASES
from tests.rule_cases.case import SOUND, TEXT
from tests.rule_cases.records import FAULTY, NAME, WAIVER, waivers
from tests.support.libreoffice import convert, needs_libreoffice

OTHER = "reports/白石镇/2023.txt"
TWO: Files = {**FAULTY, OTHER: changed(str(FAULTY[NAME]), ("云川市青禾区", "白石镇"))}


def run(folder: Path, files: Files, *arguments: str, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str, str]:
    monkeypatch.chdir(write(folder, files))
    result = CliRunner().invoke(cli.main, ["letter", "reports", *arguments])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def markdown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    code, text, _ = run(tmp_path, FAULTY, "--to", "md", monkeypatch=monkeypatch)
    assert code == 0
    return text


def letter(folder: Path, files: Files, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    return run(folder, files, "--to", "md", *arguments, monkeypatch=monkeypatch)[1]


def document(**figures: int) -> Files:
    report = sound_document()
    report["review_and_litigation"]["review"] |= figures
    return {"reports/宿迁市/2024.json": dumped(report)}


# --- what it says ---------------------------------------------------------------------------------


def test_it_names_agency_year_and_file(markdown: str) -> None:
    assert "云川市青禾区：" in markdown
    assert "2023年政府信息公开工作年度报告" in markdown
    assert "2023.txt" in markdown
    assert "reports/" not in markdown


def test_it_has_both_sides_of_the_sum_and_the_difference(markdown: str) -> None:
    assert (
        "自然人 17 ＋ （一）予以公开·商业企业 3（其余 4 项为 0）＝ 20，而 （一）予以公开·总计 17，两者相差 3"
        in markdown
    )


def test_it_says_where_the_figures_stand(markdown: str) -> None:
    assert "| （一）予以公开·自然人 | 17 | 第26行 |" in markdown


def test_a_value_that_is_proven_is_suggested_and_to_be_checked(markdown: str) -> None:
    assert "“（一）予以公开·自然人”现填 17，应为 14。请核对。" in markdown


def test_candidates_are_listed_where_nothing_is_proven(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = letter(tmp_path, document(total=171), monkeypatch)

    assert "请核对是哪一种" in text
    assert len(re.findall(r"现填 \d+，应为 \d+", text)) > 1
    assert "如果其他数字无误" not in text


def test_one_cause_is_one_matter_with_the_other_sums_that_it_breaks(markdown: str) -> None:
    assert markdown.count("\n## ") == 2  # one matter and the form
    assert "受同一处影响" in markdown


def test_findings_of_a_rule_about_single_cells_are_one_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = changed(TEXT, ("行政许可 | 1846", "行政许可 | /"), ("行政强制 | 4", "行政强制 | /"))

    assert letter(tmp_path, {NAME: text}, monkeypatch).count("\n## ") == 2


def test_codes_of_rules_stand_in_the_note_alone(markdown: str) -> None:
    codes = {rule.code for rule in load_catalogue().rules.values()}
    *body, note = markdown.strip().splitlines()

    assert not codes & set(re.findall(r"[A-Z]\d{3}", "\n".join(body)))
    assert "T201" in note


def test_it_uses_no_jargon_and_claims_no_authority(markdown: str) -> None:
    for word in ("applicant-total", "applications.", "govreport", "正式公文", "责令", "mkdocs"):
        assert word not in markdown


def test_sender_deadline_and_results_are_left_blank(markdown: str) -> None:
    assert "于＿＿＿＿年＿＿月＿＿日前反馈" in markdown
    assert "（发函单位）＿＿" in markdown
    assert "□ 更正为：＿＿" in markdown


def test_it_is_in_english_when_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = letter(tmp_path, FAULTY, monkeypatch, "--language", "en")

    assert '"(1) Granted · Natural persons", which is 17, should be 14' in text
    assert "Please check" in text


def test_markdown_of_a_report_does_not_become_markup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = changed(TEXT, ("行政许可 | 1846", "行政许可 | **一**<b>"))

    assert r"\*\*一\*\*" in letter(tmp_path, {NAME: text}, monkeypatch)


# --- for whom there is one ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "files",
    [SOUND, {**FAULTY, **waivers(WAIVER)}, {"reports/a.txt": TEXT}, {**SOUND, NAME + ".meta.yml": "agnecy: 甲\n"}],
    ids=["nothing wrong", "what stands with a reason", "an info", "what is the site's own"],
)
def test_there_is_no_letter_about(files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, text, said = run(tmp_path, files, "--to", "md", monkeypatch=monkeypatch)

    assert (code, text) == (0, "")
    assert "没有需要核对的问题" in said


def test_each_report_has_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(tmp_path, TWO, "--output", "letters", monkeypatch=monkeypatch)[0] == 0

    assert sorted(path.name for path in Path("letters").iterdir()) == [
        "白石镇-2023-核对函.docx",
        "青禾区-2023-核对函.docx",
    ]


@pytest.mark.parametrize("arguments", [("--to", "docx"), ("--to", "md")])
def test_several_letters_need_a_folder(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, text, said = run(tmp_path, TWO, *arguments, monkeypatch=monkeypatch)

    assert (code, text) == (2, "")
    assert "--output" in said


def test_without_reports_it_could_not_do_its_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(tmp_path, {"reports/青禾区/2023.txt": "通知"}, "--to", "md", monkeypatch=monkeypatch)[0] == 2


# --- as a Word file -------------------------------------------------------------------------------


@pytest.fixture
def word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    run(tmp_path, FAULTY, "--output", "letters", monkeypatch=monkeypatch)
    return tmp_path / "letters" / "青禾区-2023-核对函.docx"


def test_the_word_file_says_what_the_markdown_says(word: Path) -> None:
    opened = docx.Document(io.BytesIO(word.read_bytes()))
    text = "\n".join(paragraph.text for paragraph in opened.paragraphs)
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]

    assert "如果其他数字无误，“（一）予以公开·自然人”现填 17，应为 14。请核对。" in text
    assert "第26行" in cells
    assert "□ 原数无误\n□ 更正为：＿＿＿＿＿" in cells


def test_the_word_file_is_set_as_offices_do(word: Path) -> None:
    opened = docx.Document(io.BytesIO(word.read_bytes()))
    section = opened.sections[0]
    fonts = {
        style.element.rPr.rFonts.get("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}eastAsia")
        for style in (opened.styles["Normal"], opened.styles["Heading 1"])
    }

    size = (section.page_width, section.page_height)
    assert [round(length.mm) for length in size if length is not None] == [210, 297]
    assert fonts == {"仿宋_GB2312", "黑体"}
    assert opened.core_properties.author == ""


def test_the_word_file_is_the_same_each_time(word: Path) -> None:
    first = word.read_bytes()
    CliRunner().invoke(cli.main, ["letter", "reports", "--output", "letters"])

    assert word.read_bytes() == first


@needs_libreoffice
def test_libreoffice_opens_the_word_file(word: Path) -> None:
    text = convert(word, "txt:Text (encoded):UTF8").decode("utf-8-sig")

    assert "关于核对2023年政府信息公开工作年度报告数据的函" in text
    assert "应为 14。请核对。" in text


# --- whatever was found ---------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("rule", [rule for rule in CASES if CASES[rule].broken])
def test_a_letter_about_any_rule_can_be_written(
    rule: str, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = CASES[rule].broken
    options = ["--agencies", "agencies.yml"] if "agencies.yml" in files else []
    code, _, errors = run(
        tmp_path, files, "--to", "md", "--output", "letters", "--language", language, *options, monkeypatch=monkeypatch
    )

    assert code in {0, 2}, errors
    assert "Traceback" not in errors


def test_a_number_of_the_prose_is_told_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = letter(tmp_path, CASES["claimed-figure"].broken, monkeypatch)

    assert "正文写的是" in text
    assert "按报告所填" not in text


def test_a_member_that_was_left_out_is_named_and_no_single_figure_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path, CASES["member-applications"].broken)
    monkeypatch.chdir(folder)
    result = CliRunner().invoke(
        cli.main, ["letter", "reports", "--agencies", "agencies.yml", "--to", "md", "--output", "letters"]
    )
    text = "".join(path.read_text(encoding="utf-8") for path in (folder / "letters").iterdir())

    assert result.exit_code == 0
    assert "像是漏加了" in text
    assert not re.search(r"^\| 1 \| [^|]*：", text, re.MULTILINE)
