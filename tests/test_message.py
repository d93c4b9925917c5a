"""A message file is split into its languages, with the place of every blank."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.content import load
from handbook.message import LIBRARY_LANGUAGES, Message, parse_message
from handbook.source import SourceFile
from handbook.yamldoc import parse_yaml
from minisite import HELLO, minisite
from spans import PROPERTY, text_at

if TYPE_CHECKING:
    from pathlib import Path


def parse(text: str, start: int = 0) -> Message:
    source = SourceFile("docs/_messages/hello.md", text)
    return parse_message(source, parse_yaml(source, 0, 0), None, start)


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        pytest.param("", {}, id="empty"),
        pytest.param("no section\n", {}, id="text without a language"),
        pytest.param("## en\n\nHello.\n", {"en": "Hello."}, id="one language"),
        pytest.param(
            "## en\n\nHello.\n\n## zh\n\n您好。\n", {"en": "Hello.", "zh": "您好。"}, id="two"
        ),
        pytest.param("## pt-BR  \nOlá\n", {"pt-BR": "Olá"}, id="spaces after the language"),
        pytest.param("## en\n", {"en": ""}, id="an empty text"),
        pytest.param("## en\n## zh\nx", {"en": "", "zh": "x"}, id="no blank line between"),
        pytest.param("lost\n\n## en\nx\n", {"en": "x"}, id="text before the first language"),
        pytest.param("## en\na\n\n\nb  \n\n", {"en": "a\n\n\nb"}, id="paragraphs are kept"),
        pytest.param("## en\n### x\n# y\n", {"en": "### x\n# y"}, id="other headings are text"),
        pytest.param("## two words\nx\n", {}, id="a heading of two words is no language"),
        pytest.param(
            "## en\n**a** <b> [c](d) `e`\n", {"en": "**a** <b> [c](d) `e`"}, id="no markup"
        ),
    ],
)
def test_texts_by_language(text: str, texts: dict[str, str]) -> None:
    message = parse(text)
    assert {name: one.text for name, one in message.texts.items()} == texts
    assert all(name == one.language for name, one in message.texts.items())


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param("## en\n{a} {b_c}\n", [("a", 2, 1, 4), ("b_c", 2, 5, 10)], id="two"),
        pytest.param("## en\n\n\n汉字{a}\n", [("a", 4, 3, 6)], id="after wide characters"),
        pytest.param("## en\n   {a}\n", [("a", 2, 4, 7)], id="after spaces that are cut off"),
        pytest.param("## en\n \n\t{a}\n", [("a", 3, 2, 5)], id="after a line of spaces"),
        pytest.param("## en\n{{a}}\n", [("a", 2, 2, 5)], id="doubled braces"),
        pytest.param("## en\n{a b} {} {1} { a }\n", [], id="what is no name"),
        pytest.param("## {a}\nx\n", [], id="not in the heading"),
    ],
)
def test_places_of_blanks(text: str, places: list[tuple[str, int, int, int]]) -> None:
    (section,) = parse(text).texts.values()
    assert [
        (blank.name, blank.span.line, blank.span.column, blank.span.end_column)
        for blank in section.placeholders
    ] == places


def test_the_place_of_a_text_is_its_language() -> None:
    message = parse("## en\nx\n\n## pt-BR\ny\n")
    assert [text_at(message.source, one.span) for one in message.texts.values()] == ["en", "pt-BR"]


def test_front_matter_is_not_searched() -> None:
    text = "---\n## de\n---\n\n## en\n{a}\n"
    message = parse(text, start=text.index("\n\n"))
    assert list(message.texts) == ["en"]
    assert text_at(message.source, message.texts["en"].placeholders[0].span) == "{a}"


def test_the_name_is_that_of_the_file() -> None:
    assert parse("").id == "hello"


def test_a_message_of_the_content(tmp_path: Path) -> None:
    content = load(minisite(tmp_path))
    message = content.messages["hello"]
    assert message.meta is not None
    assert message.meta.title.en == "Greeting"
    assert message.meta.placeholders == ("order_id",)
    assert message.source.text == HELLO
    assert message.texts["en"].text == "Hello,\n\nthis is about order {order_id}."
    assert message.texts["zh"].text == "您好。\n\n这是关于订单 {order_id} 的消息。"
    blanks = [one.placeholders[0].span for one in message.texts.values()]
    assert [(span.line, span.column) for span in blanks] == [(30, 21), (36, 8)]


def test_each_language_of_the_library_has_its_own_name() -> None:
    assert len(LIBRARY_LANGUAGES) == 13
    assert len(set(LIBRARY_LANGUAGES)) == 13
    assert list(LIBRARY_LANGUAGES)[:2] == ["en", "zh"]


PIECES = st.sampled_from(
    ["## ", "en", "zh", "\n", "\n\n", " ", "\t", "{a}", "{b_c}", "{", "}", "汉", "😀", "\x0b", "#"]
)


@PROPERTY
@given(st.text() | st.lists(PIECES).map("".join), st.integers(0, 5))
def test_any_text_is_read_and_every_place_holds_what_it_names(text: str, start: int) -> None:
    message = parse(text, start)
    for section in message.texts.values():
        assert text_at(message.source, section.span) == section.language
        assert section.text == section.text.strip()
        assert section.text in text
        for blank in section.placeholders:
            assert text_at(message.source, blank.span) == f"{{{blank.name}}}"
