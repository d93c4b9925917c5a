"""Findings printed for a terminal, with a caret under the place, and as JSON for a program."""

from __future__ import annotations

import io
import json
from textwrap import dedent

import pytest

from handbook.findings import Finding, UiLanguage, Words
from handbook.printers import print_caret, print_json, print_text, ui_language
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
        docs/refund.zh.md:2:5: HB301 unknown-source: 脚注 [^a] 找不到来源：docs/_data/sources.yml 里没有这一条。是不是想写 “b”？
            The footnote [^a] leads to nothing: docs/_data/sources.yml has no such record. Did you mean “b”?
            2 | 不退款。[^a] 完
              |         ^^^^
        共 1 处要改。 / 1 to mend.
        """)  # noqa: E501 - exactly what is printed


def test_in_chinese() -> None:
    assert printed([FOUND, FOUND], "zh") == dedent("""\
        docs/refund.zh.md:2:5: HB301 unknown-source: 脚注 [^a] 找不到来源：docs/_data/sources.yml 里没有这一条。是不是想写 “b”？
            2 | 不退款。[^a] 完
              |         ^^^^
        docs/refund.zh.md:2:5: HB301 unknown-source: 脚注 [^a] 找不到来源：docs/_data/sources.yml 里没有这一条。是不是想写 “b”？
            2 | 不退款。[^a] 完
              |         ^^^^
        共 2 处要改。
        """)  # noqa: E501 - exactly what is printed


def test_in_english() -> None:
    assert printed([FOUND], "en") == dedent("""\
        docs/refund.zh.md:2:5: HB301 unknown-source: The footnote [^a] leads to nothing: docs/_data/sources.yml has no such record. Did you mean “b”?
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
                    "zh": "脚注 [^a] 找不到来源：docs/_data/sources.yml 里没有这一条。"
                    "是不是想写 “b”？",
                    "en": "The footnote [^a] leads to nothing: docs/_data/sources.yml has no such "
                    "record. Did you mean “b”?",
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
