"""The catalogue of rules is whole, and a finding speaks its rule's sentence in both languages."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import pytest
import yaml

import handbook
from handbook.findings import Finding, Words, did_you_mean, in_order, rules
from handbook.messaging.catalogue import message_rules
from handbook.source import Span

PACKAGE = Path(handbook.__file__).parent
RULES = list(rules().values())
NAMES = [rule.name for rule in RULES]

# Functions that take the name of a rule first.
SPEAKERS = {"Finding", "Problem", "missing", "known", "finding_in"}


def strings(file: Path) -> set[str]:
    """Every text that a module writes out."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def spoken(file: Path) -> set[str]:
    """The rules that a module names where it makes a finding."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        function = node.func
        called = function.attr if isinstance(function, ast.Attribute) else ""
        called = function.id if isinstance(function, ast.Name) else called
        first = node.args[0]
        if called in SPEAKERS and isinstance(first, ast.Constant):
            names.add(str(first.value))
    return names


def fields(sentence: str) -> set[str]:
    """The names of the fields that a sentence has."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_every_rule_is_used_and_every_rule_that_is_used_exists() -> None:
    modules = list(PACKAGE.rglob("*.py"))
    written = set().union(*map(strings, modules))
    # The rules for messages are data from their names to what they look for.
    assert set(NAMES) - set(message_rules()) - written == set()
    assert set().union(*map(spoken, modules)) - set(NAMES) == set()


def test_how_serious_is_said_of_rules_that_exist() -> None:
    levels = yaml.safe_load((PACKAGE / "severity.yml").read_text(encoding="utf-8"))
    assert set(levels) - set(NAMES) == set()
    assert set(levels.values()) <= {"warning", "info"}


def test_every_rule_has_its_own_code() -> None:
    codes = [rule.code for rule in RULES]
    assert len(codes) == len(set(codes))
    own = [rule.code for rule in RULES if rule.name not in message_rules()]
    assert own == sorted(own)
    assert all(re.fullmatch(r"HB\d{3}", code) for code in codes)


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_has_a_sentence_in_each_language_with_the_same_fields(name: str) -> None:
    rule = rules()[name]
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    assert rule.severity in ("error", "warning", "info")
    assert set(rule.message) == {"zh", "en"}
    assert re.search("[\u4e00-\u9fff]", rule.message["zh"])
    assert not re.search("[\u4e00-\u9fff]", rule.message["en"])
    assert fields(rule.message["zh"]) == fields(rule.message["en"])


def test_the_catalogue_writes_no_rule_twice() -> None:
    files = (PACKAGE / "rules.yml", PACKAGE / "messaging" / "rules.yml")
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    written = re.findall(r"^([a-z0-9-]+):", text, re.MULTILINE)
    assert written == NAMES


@pytest.mark.parametrize(
    "name", ["rules.yml", "expected.yml", "interface.yml", "messaging/rules.yml"]
)
def test_chinese_sentences_have_chinese_punctuation(name: str) -> None:
    phrases = yaml.safe_load((PACKAGE / name).read_text(encoding="utf-8"))
    # YAML is quoted with the colon that YAML has.
    sentences = {
        key: re.sub(r"`[^`]*`", "", phrase["zh"].replace("“键: 值”", ""))
        for key, phrase in phrases.items()
    }
    half_width = re.compile(r"[\u4e00-\u9fff”}][,;!?()]|[\u4e00-\u9fff”]:")
    assert [key for key, sentence in sentences.items() if half_width.search(sentence)] == []


def finding(rule: str = "missing-partner", **values: str | Words) -> Finding:
    return Finding(rule, "docs/refund.zh.md", Span(1, 1, 1, 4), values)


def test_a_finding_speaks_its_rules_sentence() -> None:
    found = finding(partner="docs/refund.en.md")
    assert (found.code, found.severity) == ("HB201", "error")
    assert found.message("zh") == "这一页没有另一种语言的版本。请新建 docs/refund.en.md。"
    assert found.message("en") == (
        "This page has no version in the other language. Create docs/refund.en.md."
    )


def test_words_that_differ_between_the_languages() -> None:
    found = finding("missing-key", where=Words("这里", "This"), key="title")
    assert found.message("zh") == "这里缺少 “title”。请补上。"
    assert found.message("en") == "This lacks “title”. Add it."


def test_an_empty_hint_leaves_no_space_at_the_end() -> None:
    found = finding("unknown-page", id="x", near=Words("", ""))
    assert found.message("zh") == "没有 “x” 这一页。"
    assert found.message("en") == "There is no page “x”."


def test_values_with_braces_are_taken_as_they_are() -> None:
    found = finding("heading-without-id", title="{x} {")
    assert found.message("en") == (
        "The heading “{x} {” has no id. End the line with `{ #english-id }`, "
        "the same in both languages."
    )


def test_a_value_that_is_not_given_is_an_error() -> None:
    with pytest.raises(KeyError, match="partner"):
        finding().message("zh")


@pytest.mark.parametrize(
    ("wrong", "near"),
    [
        pytest.param("titel", "title", id="two letters swapped"),
        pytest.param("topic", "topics", id="a letter too few"),
        pytest.param("ownerr", "owner", id="a letter too many"),
        pytest.param("colour", None, id="nothing near"),
        pytest.param("", None, id="nothing written"),
    ],
)
def test_did_you_mean(wrong: str, near: str | None) -> None:
    words, suggestion = did_you_mean(wrong, {"title", "topics", "owner"})
    assert suggestion == near
    if near is None:
        assert words == Words("", "")
    else:
        assert words == Words(f"是不是想写 “{near}”？", f"Did you mean “{near}”?")


def test_did_you_mean_does_not_depend_on_the_order() -> None:
    known = ["refund-a", "refund-b", "refund-c"]
    assert did_you_mean("refund", known) == did_you_mean("refund", reversed(known))


def test_findings_are_sorted_by_path_line_column_and_rule_without_repeats() -> None:
    def at(path: str, line: int, column: int, rule: str) -> Finding:
        return Finding(rule, path, Span(line, column, line, column + 1))

    wanted = [
        at("docs/a.md", 2, 1, "page-name"),
        at("docs/a.md", 10, 1, "not-utf8"),
        at("docs/b.md", 1, 1, "yaml-syntax"),
        at("docs/b.md", 1, 5, "bad-value"),
        at("docs/b.md", 1, 5, "missing-key"),
    ]
    assert in_order([*reversed(wanted), wanted[0]]) == wanted
