"""The one list of findings, printed for a terminal or for a program."""

from __future__ import annotations

import json
import locale
import os
from typing import TYPE_CHECKING, TextIO

from wcwidth import wcswidth

from handbook.interface import both, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handbook.findings import Finding, UiLanguage
    from handbook.source import SourceFile


def ui_language() -> UiLanguage | None:
    """The language of the machine's user; None where it says neither Chinese nor English."""
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    name = next((name for name in names if name), "") or (locale.getlocale()[0] or "")
    if name.lower().startswith("zh"):
        return "zh"
    return "en" if name.lower().startswith("en") else None


def print_text(
    findings: Sequence[Finding],
    files: Mapping[str, SourceFile],
    out: TextIO,
    language: UiLanguage | None = None,
) -> None:
    """Each finding with its line and a caret; in both languages unless one is asked for."""
    for finding in findings:
        span = finding.span
        head = f"{finding.path}:{span.line}:{span.column}: {finding.code} {finding.rule}: "
        if language:
            print(head + finding.message(language), file=out)
        else:
            print(head + finding.message("zh"), file=out)
            print(" " * 4 + finding.message("en"), file=out)
        source = files.get(finding.path)
        if source is not None:
            print_caret(finding, source, out)
    if findings:
        count = len(findings)
        total = words("terminal.total", language, count=count) if language else None
        print(total or both("terminal.total", count=count), file=out)


def print_caret(finding: Finding, source: SourceFile, out: TextIO) -> None:
    """The source line and carets under the range, aligned for wide characters."""
    span = finding.span
    line = source.lines[min(span.line, len(source.lines)) - 1].replace("\t", " ")
    end = span.end_column if span.end_line == span.line else len(line) + 1
    before = line[: span.column - 1]
    marked = line[span.column - 1 : end - 1]
    number = f"{span.line:>5} | "
    print(f"{number}{line}", file=out)
    carets = "^" * max(1, _width(marked))
    print(" " * (len(number) - 2) + "| " + " " * _width(before) + carets, file=out)


def _width(text: str) -> int:
    """Columns of a terminal; control characters count as one."""
    width = wcswidth(text)
    return width if width >= 0 else len(text)


def print_json(findings: Sequence[Finding], out: TextIO) -> None:
    """The findings as the JSON that the contract names."""
    value = {
        "version": 1,
        "findings": [
            {
                "code": finding.code,
                "rule": finding.rule,
                "severity": finding.severity,
                "path": finding.path,
                "line": finding.span.line,
                "column": finding.span.column,
                "end_line": finding.span.end_line,
                "end_column": finding.span.end_column,
                "message": {"zh": finding.message("zh"), "en": finding.message("en")},
                "suggestion": finding.suggestion,
            }
            for finding in findings
        ],
    }
    json.dump(value, out, ensure_ascii=False, indent=1)
    out.write("\n")
