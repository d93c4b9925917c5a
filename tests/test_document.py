"""Headings, citations, links and blocks of a page, each with its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.document import Directive, Document, Footnote, Heading, Link, parse_document
from handbook.source import SourceFile, Span
from spans import PROPERTY, is_inside, text_at


def parse(text: str, start: int = 0) -> Document:
    return parse_document(SourceFile("docs/x.zh.md", text), start)


@pytest.mark.parametrize(
    ("text", "level", "title", "identifier", "topics"),
    [
        pytest.param("## 为什么 { #why }\n", 2, "为什么", "why", (), id="id"),
        pytest.param("### Why {#why}\n", 3, "Why", "why", (), id="no spaces in the braces"),
        pytest.param("## Why { #why .wide }\n", 2, "Why", "why", (), id="a class too"),
        pytest.param("## Why\n", 2, "Why", None, (), id="no attributes"),
        pytest.param("## Why { .wide }\n", 2, "Why", None, (), id="attributes without an id"),
        pytest.param("# Why { #why }\n", 1, "Why", "why", (), id="first level"),
        pytest.param("###### Why { #why }\n", 6, "Why", "why", (), id="sixth level"),
        pytest.param("## Why { #why } ##\n", 2, "Why", "why", (), id="closing signs"),
        pytest.param("## Why { #why }", 2, "Why", "why", (), id="no line end"),
        pytest.param(
            '## Why { #why topics="a b" }\n', 2, "Why", "why", ("a", "b"), id="topics, quoted"
        ),
        pytest.param("## Why { #why topics=a }\n", 2, "Why", "why", ("a",), id="topic, bare"),
        pytest.param("## Why { topics='a' #why }\n", 2, "Why", "why", ("a",), id="topics first"),
        pytest.param("Why { #why }\n===\n", 1, "Why", "why", (), id="underlined, first level"),
        pytest.param("Why { #why }\n---\n", 2, "Why", "why", (), id="underlined, second level"),
        pytest.param("> ## Why { #why }\n", 2, "Why", "why", (), id="in a quotation"),
        pytest.param("## {name} { #why }\n", 2, "{name}", "why", (), id="braces in the title"),
        # Python-Markdown shows these braces as text, so they are no attributes.
        pytest.param("## 为什么{ #why }\n", 2, "为什么{ #why }", None, (), id="no space before"),
    ],
)
def test_heading(
    text: str, level: int, title: str, identifier: str | None, topics: tuple[str, ...]
) -> None:
    (heading,) = parse(text).headings
    assert (heading.level, heading.title) == (level, title)
    assert (heading.identifier, heading.topics) == (identifier, topics)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("```\n## a { #a }\n```\n", id="fenced code"),
        pytest.param("    ## a { #a }\n", id="indented code"),
        pytest.param("<!--\n## a { #a }\n-->\n", id="comment"),
        pytest.param("##a\n", id="no space after the signs"),
        pytest.param("\\## a\n", id="escaped"),
        pytest.param("####### a\n", id="seven signs"),
    ],
)
def test_what_is_no_heading(text: str) -> None:
    assert parse(text).headings == ()


def test_places_of_a_heading() -> None:
    text = '前言\n\n## 为什么 { #why topics="a b" }\n'
    whole = Span(3, 4, 3, 29)
    assert parse(text).headings == (
        Heading(2, "为什么", "why", ("a", "b"), whole, Span(3, 11, 3, 14), Span(3, 23, 3, 26)),
    )


def test_what_a_heading_lacks_stands_at_the_heading() -> None:
    whole = Span(1, 4, 1, 7)
    assert parse("## Why\n").headings == (Heading(2, "Why", None, (), whole, whole, whole),)


@pytest.mark.parametrize(
    ("text", "footnotes"),
    [
        pytest.param("不退。[^a]\n", [("a", False, 1, 4)], id="in a paragraph"),
        pytest.param("x[^a][^b-2]\n", [("a", False, 1, 2), ("b-2", False, 1, 6)], id="two"),
        pytest.param("- x\n- y[^a]\n", [("a", False, 2, 4)], id="in a list"),
        pytest.param("> x\n> y[^a]\n", [("a", False, 2, 4)], id="in a quotation"),
        pytest.param("## x[^a] { #x }\n", [("a", False, 1, 5)], id="in a heading"),
        pytest.param("**x[^a]**\n", [("a", False, 1, 4)], id="in bold text"),
        pytest.param("/// note | x\ny[^a]\n///\n", [("a", False, 2, 2)], id="in a block"),
        pytest.param(
            "| a[^h] | b |\n|--|--|\n| c | d[^e] |\n",
            [("h", False, 1, 4), ("e", False, 3, 8)],
            id="in a table",
        ),
        pytest.param("`[^a]`\n", [], id="not in code"),
        pytest.param("```\n[^a]\n```\n", [], id="not in fenced code"),
        pytest.param("<!-- [^a] -->\n", [], id="not in a comment of its own"),
        pytest.param("[a](b) [ ^c] [^]\n", [], id="what only looks alike"),
        pytest.param("[^a]: note\n", [("a", True, 1, 1)], id="a definition"),
        pytest.param("x\n\n[^a]: note[^b]\n", [("a", True, 3, 1), ("b", False, 3, 11)], id="both"),
        pytest.param("see [^a]: it says\n", [("a", False, 1, 5)], id="a colon in the sentence"),
    ],
)
def test_footnotes(text: str, footnotes: list[tuple[str, bool, int, int]]) -> None:
    assert parse(text).footnotes == tuple(
        Footnote(name, definition, Span(line, column, line, column + len(name) + 3))
        for name, definition, line, column in footnotes
    )


@pytest.mark.parametrize(
    ("text", "links"),
    [
        pytest.param(
            "看[退款](refund.zh.md#why)。\n", [("退款", "refund.zh.md#why", 7)], id="page"
        ),
        pytest.param("[](phone:us)\n", [("", "phone:us", 4)], id="no text"),
        pytest.param('[a](b "t")\n', [("a", "b", 5)], id="title"),
        pytest.param("[a](b) [c](d)\n", [("a", "b", 5), ("c", "d", 12)], id="two"),
        pytest.param("**[a](b)**\n", [("a", "b", 7)], id="in bold text"),
        pytest.param("| [a](b) |\n|--|\n", [("a", "b", 7)], id="in a table"),
        pytest.param("## [a](b) { #c }\n", [("a", "b", 8)], id="in a heading"),
        pytest.param("[**a**](b)\n", [("**a**", "b", 9)], id="markup in the text"),
        pytest.param("`[a](b)`\n", [], id="not in code"),
        pytest.param("[a][b] [c]\n", [], id="no target"),
    ],
)
def test_links(text: str, links: list[tuple[str, str, int]]) -> None:
    assert parse(text).links == tuple(
        Link(label, target, image=False, span=Span(1, column, 1, column + len(target)))
        for label, target, column in links
    )


def test_an_image_is_told_from_a_link() -> None:
    assert parse("![路](a.svg)\n").links == (
        Link("路", "a.svg", image=True, span=Span(1, 6, 1, 11)),
    )


def test_brackets_around_a_target_are_not_part_of_it() -> None:
    (link,) = parse("[a](<b c>)\n").links
    assert link.target == "b c"


def test_a_link_to_nothing_stands_where_the_link_stands() -> None:
    assert parse("x [a]()\n").links == (Link("a", "", image=False, span=Span(1, 3, 1, 8)),)


def directive(name: str, argument: str, *, closed: bool = True, line: int = 1) -> Directive:
    """A block whose line begins with three slashes and a space."""
    span = Span(line, 5, line, 5 + len(name))
    start = 5 + len(name) + 3
    place = Span(line, start, line, start + len(argument)) if argument else span
    return Directive(name, argument, closed, span, place)


@pytest.mark.parametrize(
    ("text", "directives"),
    [
        pytest.param("/// answer | 结论\nx\n///\n", [directive("answer", "结论")], id="with title"),
        pytest.param("/// stores\n///\n", [directive("stores", "")], id="without argument"),
        pytest.param("/// stores |\n///\n", [directive("stores", "")], id="empty argument"),
        pytest.param("/// note | a | b\n///\n", [directive("note", "a | b")], id="a second bar"),
        pytest.param("/// note | a\n", [directive("note", "a", closed=False)], id="not closed"),
        pytest.param(
            "/// note | a\n\n/// stores\n\n///\n",
            [directive("note", "a", closed=False), directive("stores", "", line=3)],
            id="the inner one is closed",
        ),
        pytest.param(
            "/// note | a\n///\n/// tip | b\n///\n",
            [directive("note", "a"), directive("tip", "b", line=3)],
            id="one after the other",
        ),
        pytest.param("```\n/// note | a\n```\n", [], id="not in fenced code"),
        pytest.param("// note\n", [], id="two slashes"),
        pytest.param("see /// note\n", [], id="not in a sentence"),
        pytest.param("/// two words\n", [], id="no bar before the argument"),
        pytest.param("///\n", [], id="only an end"),
    ],
)
def test_directives(text: str, directives: list[Directive]) -> None:
    assert parse(text).directives == tuple(directives)


def test_a_block_in_a_block_has_more_slashes_outside() -> None:
    outer, inner = parse("//// note | a\n/// tip | b\nx\n///\n////\n").directives
    assert (outer.name, outer.closed) == ("note", True)
    assert (inner.name, inner.closed) == ("tip", True)


def test_a_block_left_open_in_a_closed_one_is_found() -> None:
    outer, inner = parse("//// note | a\n/// tip | b\nx\n////\n").directives
    assert (outer.name, outer.closed) == ("note", True)
    assert (inner.name, inner.closed) == ("tip", False)


@pytest.mark.parametrize("text", ["///note|a\n///\n", "///   note   |   a  \n///\n"])
def test_spaces_in_the_opening_line_do_not_matter(text: str) -> None:
    (found,) = parse(text).directives
    assert (found.name, found.argument, found.closed) == ("note", "a", True)


def test_a_block_in_a_list_keeps_its_place() -> None:
    (found,) = parse("- x\n\n    /// note | a\n    ///\n").directives
    assert found.closed
    assert (found.name_span, found.argument_span) == (Span(3, 9, 3, 13), Span(3, 16, 3, 17))


def test_parsing_starts_below_the_front_matter() -> None:
    text = "---\ntitle: '[^a] [b](c)'\n## x\n---\n## 退 { #d }\n[^e]\n"
    found = parse(text, text.index("## 退"))
    assert [heading.identifier_span for heading in found.headings] == [Span(5, 9, 5, 10)]
    assert found.footnotes == (Footnote("e", definition=False, span=Span(6, 1, 6, 5)),)
    assert found.links == ()


def test_what_is_found_is_in_the_order_of_the_text() -> None:
    text = "[^a]\n\n## b { #b }\n\n- [^c]\n\n    [^d]\n\n[^e]\n\n## f { #f }\n"
    found = parse(text)
    assert [footnote.identifier for footnote in found.footnotes] == ["a", "c", "d", "e"]
    assert [heading.identifier for heading in found.headings] == ["b", "f"]


# Pieces of Markdown, between broken bars.
PIECES = st.sampled_from(
    (
        "# ¦## ¦a¦汉¦😀¦ ¦\n¦\n\n¦{ #a }¦{ #b topics='c d' }¦[^x]¦[^y]:¦[t](u)¦![i](<j k>)¦[v]()¦[¦"
        "](¦)¦`¦```\n¦~~~\n¦/// note | t\n¦///\n¦//// tip\n¦> ¦- ¦1. ¦| ¦|--|\n¦    ¦\t¦<!--¦-->¦**"
        "¦===\n¦---\n¦\\¦<b>¦&amp;¦\x00¦\x0b¦\u2028¦\ufeff"
    ).split("¦")
)


@PROPERTY
@given(st.text() | st.lists(PIECES, max_size=30).map("".join), st.integers(0, 9))
def test_any_text_is_parsed_and_every_place_holds_what_it_names(text: str, start: int) -> None:
    source = SourceFile("docs/x.zh.md", text)
    found = parse_document(source, start)
    for heading in found.headings:
        assert 1 <= heading.level <= 6
        assert heading.title in text_at(source, heading.span)
        if heading.identifier is not None:
            assert text_at(source, heading.identifier_span) == heading.identifier
        if heading.topics:
            assert tuple(text_at(source, heading.topics_span).split()) == heading.topics
        assert is_inside(source, heading.identifier_span)
        assert is_inside(source, heading.topics_span)
    for footnote in found.footnotes:
        assert text_at(source, footnote.span) == f"[^{footnote.identifier}]"
    for link in found.links:
        at = text_at(source, link.span)
        assert at.strip("<>") == link.target or (not link.target and at[:1] in "![")
    for block in found.directives:
        assert text_at(source, block.name_span) == block.name
        assert text_at(source, block.argument_span).strip() == (block.argument or block.name)
