"""The handbook's own words: in both languages, and none that is asked for is missing."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest
import yaml

import handbook
from handbook import models
from handbook.interface import all_words, both, words
from handbook.languages import language_name
from handbook.message import LIBRARY_LANGUAGES

PACKAGE = Path(handbook.__file__).parent
HOOKS = PACKAGE.parent
TEMPLATES = HOOKS.parent / "overrides"
KEYS = list(all_words("zh"))


def fields(phrase: str) -> set[str]:
    """The names of the fields that a phrase has."""
    return {name for _, name, _, _ in Formatter().parse(phrase) if name is not None}


_ENDINGS = (".html", ".txt", ".xml", ".js", ".yml", ".md")


def in_code() -> set[str]:
    """Every key that the code names as a whole."""
    groups = {key.split(".")[0] for key in KEYS}
    found: set[str] = set()
    for file in HOOKS.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                key = re.fullmatch(r"([a-z]+)\.[a-z.-]*[a-z]", node.value)
                # Files are named with a point too.
                if key and key[1] in groups and not node.value.endswith(_ENDINGS):
                    found.add(node.value)
    return found


def in_templates() -> set[str]:
    """Every key that the templates name."""
    text = "".join(file.read_text(encoding="utf-8") for file in TEMPLATES.rglob("*.html"))
    return set(re.findall(r"""words(?:\[|\.get\()["']([a-z.-]+)["']""", text)) | set(
        re.findall(r"""["']((?:frame|foot)\.[a-z.-]+)["']""", text)
    )


@pytest.mark.parametrize("key", KEYS)
def test_a_phrase_stands_in_both_languages_with_the_same_fields(key: str) -> None:
    zh, en = all_words("zh")[key], all_words("en")[key]
    assert fields(zh) == fields(en)
    assert en
    # What is shown of the other language is the name of that language.
    if not key.startswith("frame.language"):
        assert not re.search("[\u4e00-\u9fff]", en)


def test_no_phrase_is_written_twice() -> None:
    text = (PACKAGE / "interface.yml").read_text(encoding="utf-8")
    assert re.findall(r"^([a-z][a-z.-]*):", text, re.MULTILINE) == KEYS
    assert set(yaml.safe_load(text)) == set(KEYS)


def test_every_phrase_that_code_or_templates_name_exists() -> None:
    named = in_code() | in_templates()
    assert len(named) > 50
    assert named - set(KEYS) == set()


def test_every_phrase_is_named_whole_or_by_its_group() -> None:
    """A group is asked for by a part of its keys: a value of a record, or all of the search's."""
    text = "".join(file.read_text(encoding="utf-8") for file in HOOKS.rglob("*.py"))
    groups = tuple(set(re.findall(r"""["']([a-z]+(?:\.[a-z]+)*\.)(?:\{|["'])""", text)))
    named = in_code() | in_templates()
    assert [key for key in KEYS if key not in named and not key.startswith(groups)] == []


@pytest.mark.parametrize(
    ("pattern", "values"),
    [
        pytest.param("kind.{}", get_args(models.Fulfilment), id="kinds of order"),
        pytest.param("source.{}", get_args(models.SourceStatus), id="status of a source"),
        pytest.param("source.{}.means", get_args(models.SourceStatus), id="what it means"),
        pytest.param("status.{}", get_args(models.FactStatus), id="status of a fact"),
        pytest.param("sources.{}", ("copy", "quoted"), id="how a source was read"),
        pytest.param("term.label.{}", ("ui", "seen", "common"), id="label of a term"),
        pytest.param("message.recipient.{}", ("buyer", "seller-support"), id="recipients"),
        pytest.param(
            "window.{}",
            ("customer-return", "warehouse", "removal-lost", "removal-other"),
            id="kinds of claim",
        ),
    ],
)
def test_every_value_of_a_record_has_its_phrase(pattern: str, values: tuple[str, ...]) -> None:
    assert {pattern.format(value) for value in values} <= set(KEYS)


@pytest.mark.parametrize(
    ("zh", "en", "key", "values"),
    [
        pytest.param("来源", "Sources", "sources.title", {}, id="no field"),
        pytest.param(
            "来源 3（官方）",
            "Source 3 (官方)",
            "sources.cite",
            {"number": 3, "status": "官方"},
            id="two fields",
        ),
        pytest.param("：", ": ", "join.colon", {}, id="punctuation"),
        pytest.param("", " ", "join.space", {}, id="Chinese has no space between words"),
    ],
)
def test_words(zh: str, en: str, key: str, values: dict[str, object]) -> None:
    assert words(key, "zh", **values) == zh
    assert words(key, "en", **values) == en


def test_words_in_both_languages() -> None:
    assert both("terminal.port", port=8000) == "端口 8000 用不了 / port 8000 cannot be used"


@pytest.mark.parametrize("key", ["nothing", "meta.due.", ""])
def test_a_phrase_that_does_not_exist_is_an_error(key: str) -> None:
    with pytest.raises(KeyError):
        words(key, "zh")


def test_a_field_that_is_not_given_is_an_error() -> None:
    with pytest.raises(KeyError, match="count"):
        words("meta.sources", "en")


@pytest.mark.parametrize(
    ("tag", "zh", "en"),
    [
        pytest.param("de", "德语", "German", id="language"),
        pytest.param("pt-BR", "巴西葡萄牙语", "Brazilian Portuguese", id="language of a country"),
        pytest.param("en-US", "英语", "English", id="falls back to the language"),
        pytest.param("zh-TW", "繁体中文", "Traditional Chinese", id="script"),
        pytest.param("xx", "xx", "xx", id="unknown"),
    ],
)
def test_names_of_languages(tag: str, zh: str, en: str) -> None:
    assert (language_name(tag, "zh"), language_name(tag, "en")) == (zh, en)


@pytest.mark.parametrize("tag", LIBRARY_LANGUAGES)
def test_every_language_of_the_library_has_a_name(tag: str) -> None:
    assert language_name(tag, "zh") != tag
    assert language_name(tag, "en") != tag
