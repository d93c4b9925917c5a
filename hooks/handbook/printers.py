"""The one list of findings, printed for a terminal, a pull request or a program.

Every printer takes the findings, the files that they lie in (by path; `-` for standard input),
where to write, and the reader's language (None: both).
"""

from __future__ import annotations

import json
import locale
import os
from typing import TYPE_CHECKING, Any, TextIO
from urllib.parse import quote

from wcwidth import wcswidth

from handbook.findings import rules
from handbook.interface import both, words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from handbook.checks.freshness import Due
    from handbook.findings import Edit, Finding, UiLanguage
    from handbook.severity import Severity
    from handbook.source import SourceFile, Span

    Printer = Callable[
        [Sequence[Finding], Mapping[str, SourceFile], TextIO, UiLanguage | None], None
    ]

_SARIF_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_GITHUB_LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}
_SARIF_LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}


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


def print_github(
    findings: Sequence[Finding],
    files: Mapping[str, SourceFile],
    out: TextIO,
    language: UiLanguage | None = None,
) -> None:
    """Annotations of a pull request, as workflow commands of GitHub Actions."""
    del files
    for finding in findings:
        span = finding.span
        place = {
            "file": finding.path,
            "line": span.line,
            "endLine": span.end_line,
            # Columns are read only within one line.
            **(
                {"col": span.column, "endColumn": max(span.end_column, span.column)}
                if span.line == span.end_line
                else {}
            ),
            "title": f"{finding.code} {finding.rule}",
        }
        properties = ",".join(f"{name}={_github_property(value)}" for name, value in place.items())
        text = _github_data(_sentence(finding, language, "\n"))
        print(f"::{_GITHUB_LEVELS[finding.severity]} {properties}::{text}", file=out)


def _sentence(finding: Finding, language: UiLanguage | None, between: str) -> str:
    if language:
        return finding.message(language)
    return finding.message("zh") + between + finding.message("en")


def _github_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _github_property(value: object) -> str:
    return _github_data(str(value)).replace(":", "%3A").replace(",", "%2C")


def print_json(
    findings: Sequence[Finding],
    files: Mapping[str, SourceFile],
    out: TextIO,
    language: UiLanguage | None = None,
) -> None:
    """The findings as the JSON that the contract names, always in both languages."""
    del files, language
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
    _dump(value, out)


def print_sarif(
    findings: Sequence[Finding],
    files: Mapping[str, SourceFile],
    out: TextIO,
    language: UiLanguage | None = None,
) -> None:
    """The findings as SARIF 2.1.0, for code scanning."""
    order = list(rules())
    value = {
        "$schema": _SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "handbook", "rules": _sarif_rules()}},
                "columnKind": "unicodeCodePoints",
                "results": [
                    {
                        "ruleId": finding.code,
                        "ruleIndex": order.index(finding.rule),
                        "level": _SARIF_LEVELS[finding.severity],
                        "message": {"text": _sentence(finding, language, "\n")},
                        "locations": [{"physicalLocation": _sarif_place(finding, files)}],
                        **({"fixes": [_sarif_fix(finding.fix)]} if finding.fix else {}),
                    }
                    for finding in findings
                ],
            }
        ],
    }
    _dump(value, out)


def _sarif_rules() -> list[dict[str, Any]]:
    return [
        {
            "id": rule.code,
            "name": rule.name,
            "shortDescription": {"text": rule.name},
            "fullDescription": {"text": f"{rule.message['zh']}\n{rule.message['en']}"},
            "defaultConfiguration": {"level": _SARIF_LEVELS[rule.severity]},
        }
        for rule in rules().values()
    ]


def _sarif_place(finding: Finding, files: Mapping[str, SourceFile]) -> dict[str, Any]:
    region: dict[str, Any] = _sarif_region(finding.span)
    if source := files.get(finding.path):
        region["snippet"] = {"text": source.text_at(finding.span)}
    return {"artifactLocation": {"uri": quote(finding.path)}, "region": region}


def _sarif_region(span: Span) -> dict[str, Any]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _sarif_fix(edit: Edit) -> dict[str, Any]:
    change = {"deletedRegion": _sarif_region(edit.span), "insertedContent": {"text": edit.text}}
    return {
        "artifactChanges": [
            {"artifactLocation": {"uri": quote(edit.path)}, "replacements": [change]}
        ]
    }


def _dump(value: object, out: TextIO) -> None:
    json.dump(value, out, ensure_ascii=False, indent=1)
    out.write("\n")


def print_due(
    dues: Sequence[Due],
    unmatched: Mapping[str, Sequence[str]],
    today: dt.date,
    out: TextIO,
    language: UiLanguage | None = None,
) -> None:
    """The next reviews, by owner and then by day."""

    def say(key: str, **fields: object) -> str:
        return words(key, language, **fields) if language else both(key, **fields)

    for owner in sorted({one.owner for one in dues}):
        print(say(f"owner.{owner}"), file=out)
        for one in dues:
            if one.owner != owner:
                continue
            days = (one.day - today).days
            when = say("due.days" if days >= 0 else "due.over", days=abs(days))
            sections = len(unmatched.get(one.page.source.path, ()))
            more = "; " + say("due.sections", count=sections) if sections else ""
            print(f"  {one.day}  {one.page.source.path}  {when}{more}", file=out)


def print_due_json(
    dues: Sequence[Due], unmatched: Mapping[str, Sequence[str]], today: dt.date, out: TextIO
) -> None:
    """The next reviews, for a program; days count from today and are negative when overdue."""
    value = {
        "version": 1,
        "today": today.isoformat(),
        "pages": [
            {
                "path": one.page.source.path,
                "page": one.page.slug,
                "owner": one.owner,
                "reviewed": one.reviewed.isoformat(),
                "due": one.day.isoformat(),
                "days": (one.day - today).days,
                "unmatched_sections": list(unmatched.get(one.page.source.path, ())),
            }
            for one in dues
        ],
    }
    _dump(value, out)


PRINTERS: Mapping[str, Printer] = {
    "text": print_text,
    "github": print_github,
    "json": print_json,
    "sarif": print_sarif,
}
