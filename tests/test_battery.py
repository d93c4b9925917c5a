"""Broken and right inputs, each with the one finding that it must give, or none.

The inputs stand in `battery/*.yml`. Each is put into a handbook in miniature of its own, which is
then checked as a whole; ⟦ and ⟧ stand around the range that the finding must cover.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from handbook.checks import check, mechanical
from handbook.content import load
from handbook.findings import rules
from handbook.fixes import changes as edited
from minisite import FILES, minisite, write
from spans import text_at

BATTERY = Path(__file__).parent / "battery"
TODAY = dt.date(2026, 12, 1)
PARAGRAPH = {
    "zh": "请买家打开[联系页](store:US)。\n",
    "en": "Send the buyer to the [contact page](store:US).\n",
}


def cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{file.stem}: {case['name']}")
        for file in sorted(BATTERY.glob("*.yml"))
        for case in yaml.safe_load(file.read_text(encoding="utf-8"))
    ]


def changes(case: dict[str, Any]) -> dict[str, str]:
    """The files that a case changes, with its marks still in them."""
    if "changes" in case:
        return {
            path: replaced(path, change["old"], change["new"])
            for path, change in case["changes"].items()
        }
    if "in" in case:
        return {case["in"]: replaced(case["in"], case.get("old"), case["new"])}
    texts = {language: case[language] for language in ("zh", "en") if language in case}
    if "rule" not in case and "zh" in texts and "en" not in texts:
        texts["en"] = texts["zh"].replace(".zh.md", ".en.md")
    return {
        f"docs/refund.{language}.md": replaced(
            f"docs/refund.{language}.md",
            PARAGRAPH[language],
            PARAGRAPH[language] + "\n" + text + "\n",
        )
        for language, text in texts.items()
    }


def replaced(path: str, old: str | None, new: str) -> str:
    if old is None:
        return new
    text = FILES[path]
    assert text.count(old) == 1, f"{path}: {text.count(old)} times {old!r}"
    return text.replace(old, new)


def match(root: Path, case: dict[str, Any]) -> None:
    """Write what stood there when the languages last matched, with its fingerprints."""
    before = {language: case["matched"][language] for language in ("zh", "en")}
    for path, text in changes(before | {"name": case["name"]}).items():
        write(root, path, text)
    content = load(root)
    for path, text in edited(mechanical(content, TODAY), content.files).items():
        write(root, path, text)
    assert "fingerprints:" in (root / "docs/refund.zh.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("case", cases())
def test_exactly_the_finding(case: dict[str, Any], tmp_path: Path) -> None:
    root = minisite(tmp_path)
    write(root, "docs/route.svg", "<svg/>\n")
    write(root, "mkdocs.yml", "site_url: https://handbook.example.org/fba/\n")
    if "matched" in case:
        match(root, case)
    expected: list[tuple[str, int, int, str]] = []
    for path, marked in changes(case).items():
        if "matched" in case:
            language = path.split(".")[1]
            text = (root / path).read_text(encoding="utf-8")
            old = PARAGRAPH[language] + "\n" + case["matched"][language]
            assert text.count(old) == 1
            marked = text.replace(old, PARAGRAPH[language] + "\n" + case[language])  # noqa: PLW2901 - beside the fingerprints
        start = marked.find("⟦")
        write(root, path, marked.replace("⟦", "").replace("⟧", ""))
        if start != -1:
            line = marked.count("\n", 0, start) + 1
            column = start - marked.rfind("\n", 0, start)
            covered = marked[start + 1 : marked.index("⟧")]
            expected.append((path, line, column, covered))
    if "covers" in case:
        path, _, covered = case["covers"].partition("|")
        text = (root / path).read_text(encoding="utf-8")
        start = text.rindex(covered)
        column = start - text.rfind("\n", 0, start)
        expected.append((path, text.count("\n", 0, start) + 1, column, covered))
    content = load(root)
    today = dt.date.fromisoformat(str(case["today"])) if "today" in case else TODAY
    found = check(content, today=today)
    assert [
        (
            finding.rule,
            finding.path,
            finding.span.line,
            finding.span.column,
            text_at(content.files[finding.path], finding.span),
        )
        for finding in found
    ] == [(case["rule"], *place) for place in expected], [
        finding.message("en") for finding in found
    ]
    if "suggestion" in case:
        assert found[0].suggestion == case["suggestion"]
    if "severity" in case:
        assert found[0].severity == case["severity"]


def test_a_broken_case_names_a_rule_and_marks_a_place() -> None:
    for parameter in cases():
        (case,) = parameter.values
        marked = "covers" in case or any("⟦" in text for text in changes(case).values())
        assert marked == ("rule" in case), case["name"]
        assert case.get("rule") in (None, *rules()), case["name"]
