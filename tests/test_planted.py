"""Mistakes planted in a copy of the real content: each is found where it is, and nothing else."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from handbook.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TODAY = "2026-12-01"


@pytest.fixture(scope="module")
def copy(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content alone, in another folder."""
    folder = tmp_path_factory.mktemp("copy") / "内容 copy"
    for name in ("docs", "overrides"):
        shutil.copytree(root / name, folder / name)
    return folder


def plant(root: Path, path: str, old: str, new: str) -> tuple[str, int, int]:
    """Replace the first place of a text; gives the path, line and column of what was put there."""
    file = root / path
    text = file.read_text(encoding="utf-8")
    # Below the front matter, unless the text stands only there.
    body = text.find("\n---\n") + 1
    at = text.find(old, body)
    at = text.index(old) if at == -1 else at
    file.write_text(text[:at] + new + text[at + len(old) :], encoding="utf-8")
    changed = next(
        index for index, pair in enumerate(zip(old, new, strict=False)) if len(set(pair)) > 1
    )
    at += changed
    return path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


@pytest.fixture
def five(copy: Path) -> list[tuple[str, int, str]]:
    """A wrong digit, a broken anchor, an http link, a section in Chinese alone, an expired page."""
    places = [
        (
            *plant(copy, "docs/_data/stores.yml", '"1-888-280-4331"', '"1-888-280-4332"')[:2],
            "display-mismatch",
        ),
        (*plant(copy, "docs/return.en.md", "#check)", "#chek)")[:2], "unknown-anchor"),
        (
            *plant(
                copy,
                "docs/_data/sources.yml",
                "https://www.aboutamazon.com",
                "http://www.aboutamazon.com",
            )[:2],
            "insecure-link",
        ),
        (*plant(copy, "docs/mcf.zh.md", "买家", "顾客")[:2], "section-changed"),
        (*plant(copy, "docs/faq.zh.md", "reviewed: 2026", "reviewed: 2020")[:2], "long-overdue"),
    ]
    return sorted(places)


def run(root: Path, capsys: pytest.CaptureFixture[str], form: str) -> str:
    capsys.readouterr()
    code = main(["--root", str(root), "check", "--today", TODAY, "--format", form, "--ui", "en"])
    assert code == 1
    return capsys.readouterr().out


def from_json(text: str) -> list[tuple[str, int, str]]:
    return [(one["path"], one["line"], one["rule"]) for one in json.loads(text)["findings"]]


def from_text(text: str) -> list[tuple[str, int, str]]:
    heads = re.findall(r"^(docs/\S+?):(\d+):\d+: HB\d+ ([a-z-]+): ", text, re.MULTILINE)
    return [(path, int(line), rule) for path, line, rule in heads]


def from_github(text: str) -> list[tuple[str, int, str]]:
    heads = re.findall(
        r"^::\w+ file=([^,]+),line=(\d+),.*?title=HB\d+ ([a-z-]+)::", text, re.MULTILINE
    )
    return [(path, int(line), rule) for path, line, rule in heads]


def from_sarif(text: str) -> list[tuple[str, int, str]]:
    (ran,) = json.loads(text)["runs"]
    rules = ran["tool"]["driver"]["rules"]
    found = []
    for result in ran["results"]:
        place = result["locations"][0]["physicalLocation"]
        line = place["region"]["startLine"]
        found.append((place["artifactLocation"]["uri"], line, rules[result["ruleIndex"]]["name"]))
    return found


READ: dict[str, Callable[[str], list[tuple[str, int, str]]]] = {
    "json": from_json,
    "text": from_text,
    "github": from_github,
    "sarif": from_sarif,
}


def test_five_mistakes_give_five_findings_in_every_format(
    copy: Path, five: list[tuple[str, int, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    # What changed in one language alone is said of the section that it lies in.
    expected = [place for place in five if place[2] != "section-changed"]
    ((path, line, _),) = [place for place in five if place[2] == "section-changed"]
    lines = (copy / path).read_text(encoding="utf-8").split("\n")
    for form, read in READ.items():
        found = read(run(copy, capsys, form))
        assert [place for place in found if place[2] != "section-changed"] == expected, form
        ((where, first, _),) = [place for place in found if place[2] == "section-changed"]
        assert where == path
        assert first <= line
        assert not any(text.startswith("#") for text in lines[first : line - 1]), form
